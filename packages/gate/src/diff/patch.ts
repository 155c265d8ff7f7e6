/**
 * Reads what `git diff-tree` writes. Names are taken from the raw part, which is NUL-separated and quotes nothing; the
 * patch part is matched to it by order, and its lines are counted as the `@@` lines say. So no file name and no line of
 * a file can pass for something else.
 */
import { ShopfloorError } from "@shopfloor/core/io";
import type { Hunk } from "./diff.ts";

export interface RawEntry {
	readonly modeBefore: string;
	readonly modeAfter: string;
	readonly idBefore: string;
	readonly idAfter: string;
	/** A letter of git's: A, D, M, R, T. */
	readonly status: string;
	readonly path: string;
	readonly from: string | null;
}

export interface Section {
	readonly hunks: readonly Hunk[];
	readonly binary: boolean;
}

/** Entries up to whatever else follows: a patch, the next commit or the end. */
export function readRaw(cursor: Cursor): RawEntry[] {
	const entries: RawEntry[] = [];
	while (cursor.startsWith(":")) {
		const [modeBefore = "", modeAfter = "", idBefore = "", idAfter = "", score = ""] = cursor
			.until("\0")
			.slice(1)
			.split(" ");
		const status = score.charAt(0);
		const first = cursor.until("\0");
		const moved = status === "R" || status === "C";
		const path = moved ? cursor.until("\0") : first;
		entries.push({ modeBefore, modeAfter, idBefore, idAfter, status, path, from: status === "A" ? null : first });
	}
	return entries;
}

/** One per entry, in the same order. */
export function readSections(cursor: Cursor, entries: readonly RawEntry[]): Section[] {
	return entries.map((entry) => {
		const section = readSection(cursor);
		if (!changesType(entry)) return section;
		// Git writes a file that became a symlink as one that goes and one that comes.
		const second = readSection(cursor);
		return {
			hunks: [...section.hunks, ...second.hunks],
			binary: section.binary || second.binary,
		};
	});
}

export class Cursor {
	readonly #bytes: Buffer;
	#at = 0;

	constructor(bytes: Buffer) {
		this.#bytes = bytes;
	}

	get ended(): boolean {
		return this.#at >= this.#bytes.length;
	}

	startsWith(text: string): boolean {
		return this.#bytes.toString("latin1", this.#at, this.#at + text.length) === text;
	}

	/** The text before the next such byte, which is passed over. */
	until(end: "\0" | "\n"): string {
		const at = this.#bytes.indexOf(end, this.#at, "latin1");
		if (at === -1) throw unreadable("it ends in the middle of a line");
		const text = this.#bytes.toString("utf8", this.#at, at);
		this.#at = at + 1;
		return text;
	}

	skip(text: string): boolean {
		if (!this.startsWith(text)) return false;
		this.#at += text.length;
		return true;
	}
}

/** What git wrote is not what it promises; better no answer than one about a part of the change. */
export function unreadable(why: string): ShopfloorError {
	return new ShopfloorError("git-failed", `the answer of git diff-tree cannot be read: ${why}`);
}

function readSection(cursor: Cursor): Section {
	if (!cursor.startsWith("diff --git ")) throw unreadable("there are fewer patches than changed files");
	cursor.until("\n");
	let binary = false;
	while (!cursor.ended && headerForm.some((start) => cursor.startsWith(start)))
		if (cursor.until("\n").startsWith("Binary files ")) binary = true;
	const hunks: Hunk[] = [];
	while (cursor.startsWith("@@ ")) hunks.push(readHunk(cursor));
	return { hunks, binary };
}

const headerForm = ["old mode ", "new mode ", "deleted file mode ", "new file mode ", "similarity index "]
	.concat(["dissimilarity index ", "rename from ", "rename to ", "copy from ", "copy to ", "index ", "Binary files "])
	.concat(["--- ", "+++ "]);

function readHunk(cursor: Cursor): Hunk {
	const head = cursor.until("\n");
	const numbers = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(head);
	if (numbers === null) throw unreadable("a hunk does not tell its lines");
	return {
		beforeLine: Number(numbers[1]),
		removed: readLines(cursor, "-", Number(numbers[2] ?? 1)),
		afterLine: Number(numbers[3]),
		added: readLines(cursor, "+", Number(numbers[4] ?? 1)),
	};
}

function readLines(cursor: Cursor, mark: "-" | "+", count: number): string[] {
	const lines: string[] = [];
	while (lines.length < count) {
		if (!cursor.skip(mark)) throw unreadable("a hunk has fewer lines than it says");
		lines.push(cursor.until("\n"));
	}
	// "\ No newline at end of file"
	if (cursor.startsWith("\\ ")) cursor.until("\n");
	return lines;
}

function changesType({ status, modeBefore, modeAfter }: RawEntry): boolean {
	return (
		status === "T" || (!isNone(modeBefore) && !isNone(modeAfter) && modeBefore.slice(0, 2) !== modeAfter.slice(0, 2))
	);
}

const isNone = (mode: string) => /^0+$/.test(mode);
