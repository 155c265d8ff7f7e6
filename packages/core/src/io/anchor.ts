/**
 * The head of the log, noted outside the log: a chain alone cannot show that its tail was cut. The scheduler notes it
 * at every turn; landed commits and stand-up summaries carry it out of the machine's reach.
 */
import { z } from "zod";
import { Count } from "../model/entry/fields.ts";
import type { RecordKind } from "../model/record-kind.ts";
import type { FileFloor } from "./floor.ts";
import { ledger } from "./ledger.ts";
import { logExtent } from "./log/extent.ts";
import type { Head } from "./log/verify.ts";

const Noted = z.strictObject({ head: z.strictObject({ seq: Count, hash: z.string().length(64) }).nullable() });

const anchorKind: RecordKind<z.infer<typeof Noted>> = {
	key: "anchors/log-head",
	schema: Noted,
	empty: { head: null },
	faults: ({ head: before }, { head: next }) =>
		before !== null && (next?.seq ?? 0) < before.seq
			? [`the head of the log went back from ${before.seq} to ${next?.seq ?? 0}`]
			: [],
};

/** Notes the present head. Rejects with `bad-record` when the log is shorter than it was at the last note. */
export async function noteHead(floor: Pick<FileFloor, "stateDir" | "records">): Promise<void> {
	const { head } = logExtent(floor);
	if (head === undefined) return;
	await ledger(floor.records, anchorKind).update((noted) => (noted.head?.seq === head.seq ? noted : { head }));
}

export async function notedHead(floor: Pick<FileFloor, "records">): Promise<Head | undefined> {
	return (await ledger(floor.records, anchorKind).read()).value.head ?? undefined;
}
