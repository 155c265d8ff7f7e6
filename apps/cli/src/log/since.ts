/**
 * Everything since a moment. Entries stand in the order in which they were written, and clocks jump: one that is dated
 * earlier may stand among younger ones. So the search does not end there, but where a long run of entries is older.
 */
import type { Entry, Seq } from "@shopfloor/core";
import { type EventLog, type Filter, matches } from "@shopfloor/core/io";

/** The newest that match, oldest first. What it costs grows with what was written since, not with the log. */
export async function lastSince(
	log: EventLog,
	count: number,
	where: Filter & { readonly since: string },
): Promise<readonly Entry[]> {
	const unbroken = await log.last(count, where);
	if (unbroken.length >= count) return unbroken;
	const found: Entry[] = [];
	for await (const entry of log.read(await beginning(log, where.since))) {
		if (!matches(entry, where)) continue;
		found.push(entry);
		if (found.length > count) found.shift();
	}
	return found;
}

/** Hours of an idle factory, and more than it writes before its clock is put right. */
const runEntries = 500;
const strideGrowth = 4;

/** Where a run of older entries begins, behind which nobody looks; found in growing strides from the end. */
async function beginning(log: EventLog, since: string): Promise<Seq> {
	const [newest] = await log.last(1);
	for (let stride = runEntries; ; stride *= strideGrowth) {
		const from = (newest?.seq ?? 0) - stride + 1;
		if (from <= 1) return 1;
		if (await isOlder(log, from, since)) return from;
	}
}

async function isOlder(log: EventLog, from: Seq, since: string): Promise<boolean> {
	let seen = 0;
	for await (const { ts } of log.read(from)) {
		if (ts >= since) return false;
		if (++seen >= runEntries) break;
	}
	return true;
}
