/** How far the log reaches and how large it is, without reading it. */
import { closeSync, fstatSync } from "node:fs";
import { parseEnvelope } from "../../model/line.ts";
import type { FileFloor } from "../floor.ts";
import { logFiles } from "./files.ts";
import { hashLine } from "./hash.ts";
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
	const open = openIfThere(files.open);
	const sealed = sealedBefore(files, open).map(({ path }) => openIfThere(path));
	let head: Head | undefined;
	let bytes = 0;
	let segments = 0;
	for (const fd of [open, ...sealed.reverse()]) {
		if (fd === undefined) continue;
		try {
			const { size } = fstatSync(fd);
			bytes += size;
			segments++;
			head ??= lastOf(fd, size);
		} finally {
			closeSync(fd);
		}
	}
	return { head, bytes, segments };
}

function lastOf(fd: number, size: number): Head | undefined {
	for (const { line } of linesBackwards(fd, size)) {
		const envelope = parseEnvelope(line.toString("utf8"));
		if (typeof envelope !== "string") return { seq: envelope.seq, hash: hashLine(line) };
	}
	return undefined;
}
