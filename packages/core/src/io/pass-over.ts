/**
 * What a life after a park does not take up. An entry that makes the turn throw counts as handled by nobody, so every
 * life is given it again, and would park again. Which of the entries it was, or whether it was one of them, nobody
 * knows; so all that waited for the turn when the process parked are passed over, and a person is told which.
 *
 * To be done before the log says that the process runs: if it dies in between, it is parked still, and the next one
 * does the same again, under the same ids.
 */
import type { Draft, Entry } from "../model/entry.ts";
import { becauseMax, concerning, cursorOf, type Reader } from "./cursor.ts";
import type { Floor } from "./floor.ts";

/** More would not fit into an alert. */
const namedMax = 10;

export async function passOver({ log, records }: Pick<Floor, "log" | "records">, reader: Reader): Promise<void> {
	const { name } = reader;
	const cursor = cursorOf(records, name);
	const { value } = await cursor.read();
	const [park] = await log.last(1, { type: ["process_parked"], by: name });
	// A park that is in no segment any more took what had waited before it along.
	if (value === null || park === undefined) return;
	const given: Entry[] = [];
	for await (const entry of concerning(log, reader, value.handled + 1, park.seq))
		if (given.push(entry) === becauseMax) break;
	const last = given.at(-1);
	if (last === undefined) return;
	const data = { code: "passed-over", severity: "warning", message: told(name, given), subject: name } as const;
	await log.append([...answers(name, given), { type: "alert", by: name, id: `passed-over:${name}:${park.seq}`, data }]);
	await cursor.update((now) => now && { ...now, handled: Math.max(now.handled, last.seq) });
}

function answers(name: string, given: readonly Entry[]): Draft[] {
	return given
		.filter(({ type }) => type === "trigger")
		.map(({ seq }) => ({
			type: "trigger_done",
			by: name,
			id: `trigger_done:${seq}`,
			data: { trigger: seq, outcome: "failed", detail: `${name} crashed again and again while this waited` },
		}));
}

function told(name: string, given: readonly Entry[]): string {
	const named = given.slice(0, namedMax).map(({ seq, type, by }) => `entry ${seq} (${type} by ${by})`);
	const more = given.length > namedMax ? ` and ${given.length - namedMax} more` : "";
	return `${name} crashed again and again until it was parked. What waited for it then may be why, and is passed over: ${named.join(", ")}${more}. Ask again for what is still wanted.`;
}
