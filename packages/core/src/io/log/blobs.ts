/** From a line to its entry, with data that was spilled fetched back. */
import { readFileSync } from "node:fs";
import type { Entry } from "../../model/entry.ts";
import { type Line, type Spilled, withData } from "../../model/line.ts";
import { errnoOf } from "../shopfloor-error.ts";
import { blobPath } from "./encode.ts";
import type { LogFiles } from "./files.ts";
import { hashLine } from "./hash.ts";

/** A spilled line becomes a whole one, or rubbish with the reason when its data is gone or was changed. */
export function fetchSpilled(files: LogFiles, line: Line): Line {
	if (line.kind !== "spilled") return line;
	const read = readSpilled(files, line.spilled);
	return typeof read === "string" ? { kind: "rubbish", reason: read } : withData(line.envelope, read.data);
}

/** The data, or why it cannot be had. */
export function readSpilled(files: LogFiles, { $spilled: hash }: Spilled): { readonly data: unknown } | string {
	if (!/^[0-9a-f]{64}$/.test(hash)) return "names a spilled file that is no hash";
	let text: string;
	try {
		text = readFileSync(blobPath(files, hash), "utf8");
	} catch (error) {
		if (errnoOf(error) !== "ENOENT") throw error;
		return `its data is gone: there is no file ${hash}.json among the blobs`;
	}
	if (hashLine(text) !== hash) return `its data was changed: ${hash}.json does not have its hash`;
	return { data: JSON.parse(text) };
}

export function entryOf(files: LogFiles, line: Line): Entry | undefined {
	const whole = fetchSpilled(files, line);
	return whole.kind === "entry" ? whole.entry : undefined;
}
