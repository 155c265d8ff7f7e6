/**
 * Proof that the log is what was written. Every line's `prev` is the hash of the line before, so one pass names the
 * first entry that was changed, removed, swapped or added. What a chain cannot show by itself, a tail that was cut or
 * a last line that was changed, shows against heads that were noted elsewhere.
 */
import { closeSync, fstatSync } from "node:fs";
import type { Seq } from "../../model/entry.ts";
import { parseEnvelope, parseLine } from "../../model/line.ts";
import { fetchSpilled } from "./blobs.ts";
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
		const { seq, prev } = envelope;
		const fault = chainFault(previous, seq, prev, where, rubbish.at(-1));
		if (fault !== undefined) return fault;
		const parsed = fetchSpilled(files, parseLine(line.toString("utf8")));
		if (parsed.kind === "rubbish") return { seq, where, what: parsed.reason };
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
	seq: Seq,
	prev: string,
	where: string,
	lastRubbish: string | undefined,
): Verification["bad"] {
	// The oldest segment at hand begins with a checkpoint; what stood before it was moved away by a person.
	if (previous === undefined)
		return seq === 1 && prev !== genesis
			? { seq, where, what: "is the first entry and says that it is not" }
			: undefined;
	const expected = previous.seq + 1;
	if (seq > expected) {
		const instead = lastRubbish === undefined ? "" : ` (unreadable: ${lastRubbish})`;
		return { seq: expected, where, what: `is missing: entry ${previous.seq} is followed by ${seq}${instead}` };
	}
	if (seq < expected) return { seq, where, what: `stands after entry ${previous.seq}: swapped, or written twice` };
	if (prev !== previous.hash)
		return { seq: previous.seq, where, what: `was changed: entry ${seq} was chained to a line with another hash` };
	return undefined;
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
