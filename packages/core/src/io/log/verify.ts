/**
 * Proof that the log is what was written. Every line's `prev` is the hash of the line before, so one pass names the
 * first entry that was changed, removed, swapped or added. What a chain cannot show by itself, a tail that was cut or
 * a last line that was changed, shows against heads that were noted elsewhere.
 */
import { closeSync, fstatSync, statSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import type { Seq } from "../../model/entry.ts";
import { type Envelope, isSpilled, parseEnvelope } from "../../model/line.ts";
import { errnoOf } from "../shopfloor-error.ts";
import { readSpilled } from "./blobs.ts";
import { type LogFiles, sealedPath } from "./files.ts";
import { genesis, hashLine } from "./hash.ts";
import { linesFrom } from "./lines.ts";
import { firstSeq, openIfThere, sealedBefore } from "./read.ts";

export interface Head {
	readonly seq: Seq;
	readonly hash: string;
}

export interface Verification {
	/** The first entry that is not as it was written; undefined when all is well. What follows counts what is before it. */
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
/** After so many bytes others have their turn: a process that verifies goes on showing that it lives. */
const turnBytes = 256 * 1024;

/** `anchors` are heads that were noted elsewhere; all of them must stand in the log. */
export async function verifyLog(
	files: LogFiles,
	anchors: readonly Head[] = [],
	signal?: AbortSignal,
): Promise<Verification> {
	let chain = new Chain(files, bySeq(anchors));
	let segments = 0;
	let tornBytes = 0;
	let path = files.open;
	try {
		for (let segment = nextSegment(files, 0); segment !== undefined; ) {
			const { fd, first, isOpen } = segment;
			path = segment.path;
			try {
				const before = chain.copy();
				tornBytes = await readSegment(segment, chain, signal);
				if (isOpen && !isPartOfLog(files, fd)) {
					// Replaced meanwhile: what was read may be a late write of somebody who lost the lock.
					chain = before;
					segment = nextSegment(files, first);
					continue;
				}
			} finally {
				closeSync(fd);
			}
			segments++;
			if (isOpen || chain.bad !== undefined) break;
			segment = nextSegment(files, first);
		}
	} catch (error) {
		chain.bad = unreadable(error, chain.head.seq + 1, path);
	}
	const { bad = cutTail(chain.head, anchors), head, first, entries, rubbish } = chain;
	return { ...(bad === undefined ? {} : { bad }), head, first, entries, segments, rubbish, tornBytes };
}

/** What cannot be read is not known to be as it was written; a person must see to the file first. */
function unreadable(error: unknown, seq: Seq, path: string): Verification["bad"] {
	const code = errnoOf(error);
	if (code === undefined) throw error;
	// Opening names the file, reading does not.
	const where = (error as NodeJS.ErrnoException).path ?? path;
	return { seq, where, what: `cannot be read: the system answered ${code}` };
}

interface OneSegment {
	readonly path: string;
	readonly fd: number;
	readonly isOpen: boolean;
	/** Sealed segments up to here were read. */
	readonly first: Seq;
}

/** Bytes of an unfinished last line. */
async function readSegment({ fd, path }: OneSegment, chain: Chain, signal: AbortSignal | undefined): Promise<number> {
	let end = 0;
	let number = 0;
	let turnAt = turnBytes;
	for (const found of linesFrom(fd, 0)) {
		end = found.end;
		chain.examine(found.line, `${path}:${++number}`);
		if (chain.bad !== undefined) return 0;
		if (end < turnAt) continue;
		turnAt = end + turnBytes;
		await setImmediate();
		signal?.throwIfAborted();
	}
	return fstatSync(fd).size - end;
}

/** Everything up to where it has come. What is bad is not counted, and nothing is read behind it. */
class Chain {
	readonly #files: LogFiles;
	readonly #noted: ReadonlyMap<Seq, readonly string[]>;
	#previous: Head | undefined;
	#beforePrevious: Head | undefined;
	first: Seq = 0;
	entries = 0;
	rubbish: string[] = [];
	bad: Verification["bad"];

	constructor(files: LogFiles, noted: ReadonlyMap<Seq, readonly string[]>) {
		this.#files = files;
		this.#noted = noted;
	}

	copy(): Chain {
		const copy = new Chain(this.#files, this.#noted);
		copy.#previous = this.#previous;
		copy.#beforePrevious = this.#beforePrevious;
		return Object.assign(copy, { first: this.first, entries: this.entries, rubbish: [...this.rubbish], bad: this.bad });
	}

	get head(): Head {
		return this.#previous ?? { seq: 0, hash: genesis };
	}

	examine(line: Buffer, where: string): void {
		const envelope = parseEnvelope(line.toString("utf8"));
		if (typeof envelope === "string") {
			if (this.rubbish.length < rubbishNamed) this.rubbish.push(`${where}: ${envelope}`);
			return;
		}
		const { seq } = envelope;
		const hash = hashLine(line);
		this.bad =
			chainFault(this.#previous, envelope, where, this.rubbish.at(-1)) ??
			spillFault(this.#files, envelope, where) ??
			this.#noteFault({ seq, hash }, where);
		if (this.bad === undefined) this.#count({ seq, hash });
		// Only its successor could tell that it was changed.
		else if (this.bad.seq === this.#previous?.seq && this.bad.seq !== seq) this.#uncount();
	}

	#noteFault({ seq, hash }: Head, where: string): Verification["bad"] {
		const note = this.#noted.get(seq)?.find((noted) => noted !== hash);
		if (note === undefined) return undefined;
		const what = `was changed, or the entries before it were: its hash is ${hash}, noted was ${note}`;
		return { seq, where, what };
	}

	#count(head: Head): void {
		if (this.entries === 0) this.first = head.seq;
		this.entries++;
		this.#beforePrevious = this.#previous;
		this.#previous = head;
	}

	#uncount(): void {
		this.entries--;
		this.#previous = this.#beforePrevious;
		if (this.entries === 0) this.first = 0;
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

/** Several may be noted for one entry, and each of them counts. */
function bySeq(heads: readonly Head[]): ReadonlyMap<Seq, readonly string[]> {
	const hashes = new Map<Seq, string[]>();
	for (const { seq, hash } of heads) hashes.set(seq, [...(hashes.get(seq) ?? []), hash]);
	return hashes;
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

/** The oldest segment that begins after `first`, the open one last. */
function nextSegment(files: LogFiles, after: Seq): OneSegment | undefined {
	const open = openIfThere(files.open);
	const next = sealedBefore(files, open).find(({ first }) => first > after);
	if (next === undefined)
		return open === undefined ? undefined : { path: files.open, fd: open, isOpen: true, first: after };
	if (open !== undefined) closeSync(open);
	const fd = openIfThere(next.path);
	// Moved away by a person since the folder was listed.
	return fd === undefined ? nextSegment(files, next.first) : { ...next, fd, isOpen: false };
}

/** Still the open segment, or sealed since. */
function isPartOfLog(files: LogFiles, fd: number): boolean {
	const first = firstSeq(fd);
	return [files.open, ...(first === undefined ? [] : [sealedPath(files, first)])].some((path) => isSame(path, fd));
}

function isSame(path: string, fd: number): boolean {
	const now = statSync(path, { throwIfNoEntry: false });
	const mine = fstatSync(fd);
	return now?.ino === mine.ino && now.dev === mine.dev;
}
