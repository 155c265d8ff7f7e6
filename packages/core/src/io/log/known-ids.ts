/**
 * Which idempotency ids stand in the open segment and the one before it: the window in which a repeated append is
 * recognised. Only drafts that carry an id pay for the look, and only for the bytes they have not seen.
 */
import { closeSync } from "node:fs";
import type { Entry } from "../../model/entry.ts";
import { type Line, parseEnvelope, parseLine } from "../../model/line.ts";
import { entryOf } from "./blobs.ts";
import type { LogFiles } from "./files.ts";
import { linesFrom } from "./lines.ts";
import { openIfThere, sealedBefore } from "./read.ts";
import type { FileId } from "./tail.ts";

const mark = Buffer.from('"id":"');

export class KnownIds {
	readonly #files: LogFiles;
	#file: FileId | undefined;
	#offset = 0;
	#before = new Map<string, Line>();
	#open = new Map<string, Line>();

	constructor(files: LogFiles) {
		this.#files = files;
	}

	/** Under the lock: brings the window up to the segment's end. */
	catchUp(fd: number, file: FileId): void {
		if (file !== this.#file) {
			this.#before = idsOf(sealedBefore(this.#files, fd).at(-1)?.path);
			this.#open = new Map();
			this.#file = file;
			this.#offset = 0;
		}
		this.#offset = collect(fd, this.#offset, this.#open);
	}

	standing(id: string): Entry | undefined {
		const line = this.#open.get(id) ?? this.#before.get(id);
		return line && entryOf(this.#files, line);
	}
}

function idsOf(path: string | undefined): Map<string, Line> {
	const ids = new Map<string, Line>();
	const fd = path === undefined ? undefined : openIfThere(path);
	if (fd === undefined) return ids;
	try {
		collect(fd, 0, ids);
	} finally {
		closeSync(fd);
	}
	return ids;
}

function collect(fd: number, offset: number, ids: Map<string, Line>): number {
	let end = offset;
	for (const found of linesFrom(fd, offset)) {
		end = found.end;
		if (!found.line.includes(mark)) continue;
		const text = found.line.toString("utf8");
		const envelope = parseEnvelope(text);
		if (typeof envelope !== "string" && envelope.id !== undefined) ids.set(envelope.id, parseLine(text));
	}
	return end;
}
