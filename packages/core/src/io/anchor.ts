/**
 * The head of the log, noted outside the log: a chain alone cannot show that its tail was cut. The scheduler notes it
 * at every turn; landed commits and stand-up summaries carry it out of the machine's reach.
 */
import { closeSync, fdatasyncSync } from "node:fs";
import { z } from "zod";
import { Count } from "../model/entry/fields.ts";
import type { RecordKind } from "../model/record-kind.ts";
import type { FileFloor } from "./floor.ts";
import { ledger } from "./ledger.ts";
import { headOf } from "./log/extent.ts";
import { type LogFiles, logFiles } from "./log/files.ts";
import { hashLine } from "./log/hash.ts";
import { lineAt } from "./log/last.ts";
import { openIfThere } from "./log/read.ts";
import type { Head } from "./log/verify.ts";
import { diskError, errnoOf, ShopfloorError } from "./shopfloor-error.ts";

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

/**
 * Notes the present head. Rejects with `bad-record` when the log is shorter than it was at the last note, or has another
 * entry where that one stood; then the old note stays, so that a tail that was cut still shows when the log has grown
 * past it.
 */
export async function noteHead(floor: Pick<FileFloor, "stateDir" | "records">): Promise<void> {
	const files = logFiles(floor.stateDir);
	let head: Head | undefined;
	try {
		head = durableHead(files);
	} catch (error) {
		throw diskError(error, `noting the head of ${files.open}`);
	}
	if (head === undefined) return;
	await ledger(floor.records, anchorKind).update((noted) => {
		if (noted.head !== null && noted.head.seq <= head.seq) refuseAnother(files, noted.head);
		return noted.head?.seq === head.seq ? noted : { head };
	});
}

/** Undefined also when what was read last is not in the log any more: it was a late write into a file that was replaced. */
function durableHead(files: LogFiles): Head | undefined {
	const head = headOf(files);
	if (head === undefined) return undefined;
	const open = openIfThere(files.open);
	try {
		// What is noted must survive a power cut, or the log would look as if it had been cut.
		if (open !== undefined) fdatasyncSync(open);
	} finally {
		if (open !== undefined) closeSync(open);
	}
	return hashAt(files, head.seq) === head.hash ? head : undefined;
}

function refuseAnother(files: LogFiles, noted: Head): void {
	let hash: string | undefined;
	try {
		hash = hashAt(files, noted.seq);
	} catch (error) {
		// A segment that cannot be read is told by verification, and must not keep the note from going on.
		if (errnoOf(error) === undefined) throw error;
	}
	// Also where a person moved its segment away: the chain from its checkpoint on is whole.
	if (hash === undefined || hash === noted.hash) return;
	throw new ShopfloorError(
		"bad-record",
		`entry ${noted.seq} of the log is not the one that was noted as its head: the log was cut or written anew before it`,
	);
}

function hashAt(files: LogFiles, seq: number): string | undefined {
	const line = lineAt(files, seq);
	return line && hashLine(line);
}

export async function notedHead(floor: Pick<FileFloor, "records">): Promise<Head | undefined> {
	return (await ledger(floor.records, anchorKind).read()).value.head ?? undefined;
}
