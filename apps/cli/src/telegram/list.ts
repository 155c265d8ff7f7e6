import { oneLine, showDuration, telegramPeople } from "@shopfloor/core";
import { instant, ledger } from "@shopfloor/core/io";
import type { Context } from "../context.ts";
import { invocation } from "../examples.ts";
import { jsonText } from "../json.ts";
import { type Cell, table } from "../table.ts";
import { timesFor } from "../times.ts";
import { widthOf } from "../width.ts";
import { withFloor } from "../with-floor.ts";

export async function listPeople(context: Context, { json }: { readonly json?: true }): Promise<void> {
	const { clock, paint, timeZone, out } = context;
	const nowMs = clock.now();
	const { people, pending } = await withFloor(
		context,
		async ({ records }) => (await ledger(records, telegramPeople).read()).value,
	);
	const asking = pending.filter(({ expiresMs }) => expiresMs > nowMs);
	if (json) return context.say(jsonText({ people, asking }));
	if (people.length + asking.length === 0)
		return context.note(
			`nobody may speak to the bot. Who writes to it gets a code: ${invocation} telegram approve <code>`,
		);
	const times = timesFor(nowMs, timeZone);
	const head = ["id", "name", "", ""].map((text): Cell => ({ text, paint: paint.dim }));
	const rows = [
		...people.map(({ id, name, sinceMs, by }): Cell[] => [
			{ text: String(id) },
			{ text: oneLine(name) },
			{ text: `let in ${times.age(instant(sinceMs))} ago` },
			{ text: `by ${oneLine(by)}` },
		]),
		...asking.map(({ id, name, code, expiresMs }): Cell[] => [
			{ text: String(id) },
			{ text: oneLine(name) },
			{ text: `asks with ${code}`, paint: paint.yellow },
			{ text: `for ${showDuration(expiresMs - nowMs)} more` },
		]),
	];
	for (const line of table([head, ...rows], widthOf(out))) context.say(line);
}
