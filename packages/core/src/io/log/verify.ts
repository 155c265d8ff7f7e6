/**
 * Proof that the log is what was written. Every line's `prev` is the hash of the line before, so one pass names the
 * first entry that was changed, removed, swapped or added. What a chain cannot show by itself, a tail that was cut or
 * a last line that was changed, shows against heads that were noted elsewhere.
 */
import { closeSync, fstatSync } from "node:fs";
import type { Seq } from "../../model/entry.ts";
import { type Envelope, isSpilled, parseEnvelope } from "../../model/line.ts";
import { readSpilled } from "./blobs.ts";
import type { LogFiles } from "./files.ts";
import { genesis, hashLine } from "./hash.ts";
import { linesFrom } from "./lines.ts";
import { openIfThere, sealedBefore } from "./read.ts";

export interface Head {
	readonly seq: Seq;
	readonly hash: string;
}

export interface Verification {
	/** The first entry that is not as it was written; undefined when all is well. */
	readonly bad?: { readonly seq: Seq; readonly where: string; readonly what: string };
	readonly head: Head;
	readonly first: Seq;
	readonly entries: number;
	readonly segments: number;
	/** Lines that are no entries. They do not break the chain, but nobody of ours wrote them. */
	readonly rubbish: readonly string[];
	/** Unfinished bytes behind the last line: a write in progress, or one that its writer did not survive. */
	readonly tornBytes: number;
}

const rubbishNamed = 10;

export function verifyLog(files: LogFiles, anchors: readonly Head[] = []): Verification {
	const noted = new Map(anchors.map(({ seq, hash }) => [seq, hash]));
	const rubbish: string[] = [];
	let previous: Head | undefined;
	let first: Seq = 0;
	let entries = 0;
	let segments = 0;
	let tornBytes = 0;
	let bad: Verification["bad"];

	for (const { path, fd } of segmentsOf(files)) {
		segments++;
		let end = 0;
		let number = 0;
		try {
			for (const found of linesFrom(fd, 0)) {
				end = found.end;
				number++;
				bad = examine(found.line, `${path}:${number}`);
				if (bad !== undefined) break;
			}
			tornBytes = bad === undefined ? fstatSync(fd).size - end : 0;
		} finally {
			closeSync(fd);
		}
		if (bad !== undefined) break;
	}
	const head = previous ?? { seq: 0, hash: genesis };
	bad ??= cutTail(head, anchors);
	return { ...(bad === undefined ? {} : { bad }), head, first, entries, segments, rubbish, tornBytes };

	function examine(line: Buffer, where: string): Verification["bad"] {
		const envelope = parseEnvelope(line.toString("utf8"));
		if (typeof envelope === "string") {
			if (rubbish.length < rubbishNamed) rubbish.push(`${where}: ${envelope}`);
			return undefined;
		}
		const { seq } = envelope;
		const fault = chainFault(previous, envelope, where, rubbish.at(-1)) ?? spillFault(files, envelope, where);
		if (fault !== undefined) return fault;
		const hash = hashLine(line);
		const note = noted.get(seq);
		if (note !== undefined && note !== hash)
			return { seq, where, what: `was changed, or the entries before it were: its hash is ${hash}, noted was ${note}` };
		if (first === 0) first = seq;
		entries++;
		previous = { seq, hash };
		return undefined;
	}
}

function chainFault(
	previous: Head | undefined,
	{ seq, prev, type }: Envelope,
	where: string,
	lastRubbish: string | undefined,
): Verification["bad"] {
	const instead = lastRubbish === undefined ? "" : ` (unreadable: ${lastRubbish})`;
	if (previous === undefined) {
		if (seq === 1)
			return prev === genesis ? undefined : { seq, where, what: "is the first entry and says that it is not" };
		// The oldest segment at hand begins with a checkpoint; what stood before it was moved away by a person.
		if (type === "checkpoint") return undefined;
		return { seq: seq - 1, where, what: `is missing: the log begins with ${seq}, which is no checkpoint${instead}` };
	}
	const expected = previous.seq + 1;
	if (seq > expected)
		return { seq: expected, where, what: `is missing: entry ${previous.seq} is followed by ${seq}${instead}` };
	if (seq < expected) return { seq, where, what: `stands after entry ${previous.seq}: swapped, or written twice` };
	if (prev !== previous.hash)
		return { seq: previous.seq, where, what: `was changed: entry ${seq} was chained to a line with another hash` };
	return undefined;
}

/** Data that this version cannot make sense of is no fault: a newer one may have written it. */
function spillFault(files: LogFiles, { seq, data }: Envelope, where: string): Verification["bad"] {
	const read = isSpilled(data) ? readSpilled(files, data) : undefined;
	return typeof read === "string" ? { seq, where, what: read } : undefined;
}

function cutTail(head: Head, anchors: readonly Head[]): Verification["bad"] {
	const beyond = anchors.filter(({ seq }) => seq > head.seq).sort((a, b) => a.seq - b.seq)[0];
	if (beyond === undefined) return undefined;
	return {
		seq: head.seq + 1,
		where: "end of the log",
		what: `is missing: the log ends at ${head.seq}, but entry ${beyond.seq} was noted`,
	};
}

function* segmentsOf(files: LogFiles): Generator<{ path: string; fd: number }> {
	const open = openIfThere(files.open);
	for (const { path } of sealedBefore(files, open)) {
		const fd = openIfThere(path);
		if (fd !== undefined) yield { path, fd };
	}
	if (open !== undefined) yield { path: files.open, fd: open };
}
