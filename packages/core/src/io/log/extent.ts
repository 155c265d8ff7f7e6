/** How far the log reaches and how large it is, without reading it. */
import { closeSync, fstatSync, statSync } from "node:fs";
import { parseEnvelope } from "../../model/line.ts";
import type { FileFloor } from "../floor.ts";
import { type LogFiles, logFiles } from "./files.ts";
import { hashLine } from "./hash.ts";
import { segmentsBackwards } from "./last.ts";
import { linesBackwards } from "./lines.ts";
import { openIfThere, sealedBefore } from "./read.ts";
import type { Head } from "./verify.ts";

export interface LogExtent {
	/** The last entry, of whatever type; undefined while there is none. */
	readonly head: Head | undefined;
	readonly bytes: number;
	readonly segments: number;
}

export function logExtent({ stateDir }: Pick<FileFloor, "stateDir">): LogExtent {
	const files = logFiles(stateDir);
	const sizes = [...sealedPaths(files), files.open].map((path) => statSync(path, { throwIfNoEntry: false })?.size);
	const there = sizes.filter((size) => size !== undefined);
	return { head: headOf(files), bytes: there.reduce((sum, size) => sum + size, 0), segments: there.length };
}

export function headOf(files: LogFiles): Head | undefined {
	for (const fd of segmentsBackwards(files)) {
		try {
			const head = lastOf(fd, fstatSync(fd).size);
			if (head !== undefined) return head;
		} finally {
			closeSync(fd);
		}
	}
	return undefined;
}

function sealedPaths(files: LogFiles): string[] {
	const open = openIfThere(files.open);
	try {
		return sealedBefore(files, open).map(({ path }) => path);
	} finally {
		if (open !== undefined) closeSync(open);
	}
}

function lastOf(fd: number, size: number): Head | undefined {
	for (const { line } of linesBackwards(fd, size)) {
		const envelope = parseEnvelope(line.toString("utf8"));
		if (typeof envelope !== "string") return { seq: envelope.seq, hash: hashLine(line) };
	}
	return undefined;
}
