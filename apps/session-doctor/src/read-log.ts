/** The whole log, read for damage: once a day, and whenever a person asks for the doctor. */
import { join } from "node:path";
import { toMs } from "@shopfloor/core";
import { isShopfloorError, notedHead, type Turn, type World } from "@shopfloor/core/io";
import type { Verification } from "./decide.ts";

const everyMs = 86_400_000;

/** Undefined when it is not time. */
export async function readLog(world: World, turn: Turn): Promise<Verification | undefined> {
	if (!(await isTime(world, turn))) return undefined;
	await turn.doing("reading the whole log");
	return await verify(world, turn.signal);
}

/** A disk that does not give the log away is a finding like others: a doctor that ends of it helps nobody. */
async function verify({ floor }: World, signal: AbortSignal): Promise<Verification> {
	let reading = join(floor.stateDir, "anchors", "log-head.json");
	try {
		const head = await notedHead(floor);
		reading = join(floor.stateDir, "experiment-log.jsonl");
		return await floor.log.verify(head === undefined ? [] : [head], signal);
	} catch (error) {
		if (signal.aborted || !isOfTheWorld(error)) throw error;
		// Opening names the file, reading does not.
		const where = (error as NodeJS.ErrnoException).path ?? reading;
		return { unread: { where, what: error.message } };
	}
}

/** What the system answered, by its number, or what core makes of that. */
function isOfTheWorld(error: unknown): error is Error {
	return isShopfloorError(error) || (error instanceof Error && "errno" in error);
}

async function isTime({ floor, clock, name }: World, { because }: Turn): Promise<boolean> {
	if (because.length > 0) return true;
	const { value } = await floor.records.get(`notes/${name}`);
	const last = toMs((value as { verified?: string } | undefined)?.verified ?? "");
	return !(clock.now() - last < everyMs);
}
