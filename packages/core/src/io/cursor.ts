/** How far a process has handled the log, and what waits for it behind that. */
import { z } from "zod";
import { Count } from "../model/entry/fields.ts";
import type { Entry, Seq } from "../model/entry.ts";
import type { EventLog } from "./event-log.ts";
import { type Ledger, ledger } from "./ledger.ts";
import type { Records } from "./records.ts";

/** Where a process stands between two lives; null before its first turn. */
const Cursor = z.object({ handled: Count, turnedAt: z.number() }).nullable();
export type Cursor = z.infer<typeof Cursor>;

export function cursorOf(records: Records, name: string): Ledger<Cursor> {
	return ledger(records, { key: `cursors/${name}`, schema: Cursor, empty: null, faults: () => [] });
}

export interface Reader {
	readonly name: string;
	/** True for entries that call for a turn at once. */
	wakes?(entry: Entry): boolean;
}

/** The longest a turn lets entries pile up; more are handled in the next. */
export const becauseMax = 500;

export function concerns(reader: Reader, entry: Entry): boolean {
	return entry.by !== reader.name && (reader.wakes?.(entry) ?? false);
}

/** What concerns the reader, both ends included. */
export async function* concerning(
	log: Pick<EventLog, "read">,
	reader: Reader,
	from: Seq,
	to: Seq,
): AsyncGenerator<Entry> {
	for await (const entry of log.read(from)) {
		if (entry.seq > to) return;
		if (concerns(reader, entry)) yield entry;
	}
}
