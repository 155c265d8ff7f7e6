/**
 * Drafts to bytes. All that can be done before the lock is held is done before: what remains under it is a copy and
 * a hash per line.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Draft, draftFaults, type Seq } from "../../model/entry.ts";
import { lineBytesMax, type Spilled } from "../../model/line.ts";
import { replaceFileNow } from "../durable.ts";
import { ShopfloorError } from "../shopfloor-error.ts";
import type { LogFiles } from "./files.ts";
import { hashLine } from "./hash.ts";

/** The middle of a line, from `"type"` to the end of the data. */
export interface Prepared {
	readonly draft: Draft;
	readonly body: string;
}

/** Larger than any honest entry; a gigabyte of output belongs into a file. */
const dataBytesMax = 16 * 1024 * 1024;
/** Room for seq, ts and prev around the body. */
const frameBytes = 160;
/** Of one UTF-16 unit. */
const utf8BytesMost = 3;

/** Refuses the whole batch if one draft does not fit. Data too large for a line is spilled here. */
export function prepare(files: LogFiles, drafts: readonly Draft[]): Prepared[] {
	for (const draft of drafts) if (draftFaults(draft).length > 0) throw badDrafts(drafts);
	return drafts.map((draft) => ({ draft, body: encodeBody(files, draft) }));
}

function badDrafts(drafts: readonly Draft[]): ShopfloorError {
	const faults = drafts.flatMap((draft, index) =>
		draftFaults(draft).map(({ at, message }) => `  draft ${index + 1} (${draft.type}), ${at}: ${message}`),
	);
	return new ShopfloorError(
		"bad-draft",
		["these entries do not fit the log; none of them was written:", ...faults].join("\n"),
	);
}

function encodeBody(files: LogFiles, draft: Draft): string {
	const data = JSON.stringify(draft.data);
	const body = bodyText(draft, data);
	if (fitsLine(body)) return body;
	return bodyText(draft, JSON.stringify(spill(files, data)));
}

/** Counting bytes costs as much as writing them, and hardly a line is anywhere near the limit. */
function fitsLine(body: string): boolean {
	const room = lineBytesMax - frameBytes;
	return body.length * utf8BytesMost <= room || Buffer.byteLength(body) <= room;
}

function bodyText({ type, by, id }: Draft, data: string): string {
	const idText = id === undefined ? "" : `,"id":${JSON.stringify(id)}`;
	return `"type":"${type}","by":${JSON.stringify(by)}${idText},"data":${data}`;
}

/** The file is durable before the line that names it. The same data twice is one file. */
function spill(files: LogFiles, data: string): Spilled {
	const bytes = Buffer.byteLength(data);
	if (bytes > dataBytesMax)
		throw new ShopfloorError(
			"too-large",
			`an entry's data is ${bytes} bytes; the most that the log takes is ${dataBytesMax}. Write it to a file and log its name.`,
		);
	const hash = hashLine(data);
	const path = blobPath(files, hash);
	if (!existsSync(path)) replaceFileNow(path, data);
	return { $spilled: hash, bytes };
}

export function blobPath(files: LogFiles, hash: string): string {
	return join(files.blobDir, `${hash}.json`);
}

export interface Encoded {
	readonly bytes: Buffer;
	/** Of each line, the hash of the line before it. */
	readonly prevs: readonly string[];
	/** Of the last line. */
	readonly hash: string;
}

/** Lines for a batch, chained from `tail`. Under the lock, so each line is put in its place at once and hashed there. */
export function encodeLines(
	prepared: readonly Prepared[],
	tail: { readonly seq: Seq; readonly hash: string },
	ts: string,
): Encoded {
	const prevs: string[] = [];
	let { seq, hash } = tail;
	let room = 0;
	for (const { body } of prepared) room += body.length * utf8BytesMost + frameBytes;
	const bytes = Buffer.allocUnsafeSlow(room);
	const time = `,"ts":"${ts}",`;
	let end = 0;
	for (const { body } of prepared) {
		seq += 1;
		prevs.push(hash);
		const start = end;
		end += bytes.write(`{"seq":${seq}${time}${body},"prev":"${hash}"}\n`, start);
		hash = hashLine(bytes.subarray(start, end - 1));
	}
	return { bytes: bytes.subarray(0, end), prevs, hash };
}
