/**
 * Where the log ends: what the next entry's seq and `prev` are. Called under the lock, so that what it repairs
 * cannot be somebody's write in progress.
 */
import {
	closeSync,
	existsSync,
	fdatasyncSync,
	fstatSync,
	ftruncateSync,
	openSync,
	readSync,
	type Stats,
	writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { Seq } from "../../model/entry.ts";
import { parseEnvelope } from "../../model/line.ts";
import { crashAt } from "../crash-point.ts";
import { uniqueName } from "../process-identity.ts";
import { type LogFiles, sealedSegments } from "./files.ts";
import { genesis, hashLine } from "./hash.ts";
import { linesBackwards, newline } from "./lines.ts";

export interface Tail {
	readonly file: FileId;
	readonly size: number;
	readonly seq: Seq;
	/** Hash of the last entry's line. */
	readonly hash: string;
}

/** Tells a file from another that got the same inode number after it was gone. */
export type FileId = string;

export function fileId({ dev, ino, birthtimeMs }: Stats): FileId {
	return `${dev}:${ino}:${birthtimeMs}`;
}

export interface Repair {
	readonly code: "torn-tail" | "log-missing";
	readonly message: string;
}

/** The tail of the open segment, repaired where a writer died in the middle of a line. */
export function findTail(
	files: LogFiles,
	fd: number,
	stats: Stats,
): { readonly tail: Tail; readonly repairs: readonly Repair[] } {
	const file = fileId(stats);
	const usual = lastOf(fd, stats.size);
	if (usual !== undefined) return { tail: { file, size: stats.size, ...usual }, repairs: [] };
	const repairs: Repair[] = [];
	const size = endsWhole(fd, stats.size) ? stats.size : mendTornTail(files, fd, stats.size, repairs);
	const last = lastEnvelope(fd, size) ?? lastSealed(files, repairs) ?? { seq: 0, hash: genesis };
	return { tail: { file, size, ...last }, repairs };
}

/** Most lines are shorter. */
const lookBytes = 2_048;

/** What stands last when all is as it should be, in one read: every append behind somebody else's needs it. */
function lastOf(fd: number, size: number): Pick<Tail, "seq" | "hash"> | undefined {
	const bytes = Buffer.allocUnsafe(Math.min(size, lookBytes));
	const count = readSync(fd, bytes, 0, bytes.length, size - bytes.length);
	if (count < bytes.length || bytes.at(-1) !== newline) return undefined;
	const start = bytes.lastIndexOf(newline, -2) + 1;
	if (start === 0 && bytes.length < size) return undefined;
	const line = bytes.subarray(start, -1);
	const envelope = parseEnvelope(line.toString("utf8"));
	return typeof envelope === "string" ? undefined : { seq: envelope.seq, hash: hashLine(line) };
}

function endsWhole(fd: number, size: number): boolean {
	const last = Buffer.alloc(1);
	return size === 0 || (readSync(fd, last, 0, 1, size - 1) === 1 && last[0] === newline);
}

function mendTornTail(files: LogFiles, fd: number, size: number, repairs: Repair[]): number {
	const whole = endOfLastLine(fd, size);
	const torn = Buffer.alloc(size - whole);
	readSync(fd, torn, 0, torn.length, whole);
	const aside = join(files.asideDir, `torn-${whole}-${uniqueName()}.bin`);
	writeFileSync(aside, torn, { flush: true, mode: 0o600 });
	crashAt("tail.cut.before");
	ftruncateSync(fd, whole);
	fdatasyncSync(fd);
	repairs.push({
		code: "torn-tail",
		message: `a writer died in the middle of a line; the ${torn.length} unfinished, never acknowledged bytes at offset ${whole} were moved to ${aside}`,
	});
	return whole;
}

/** Where the last whole line of the first `size` bytes ends. */
export function endOfLastLine(fd: number, size: number): number {
	for (const { line, start } of linesBackwards(fd, size)) return start + line.length + 1;
	return 0;
}

function lastEnvelope(fd: number, size: number): Pick<Tail, "seq" | "hash"> | undefined {
	for (const { line } of linesBackwards(fd, size)) {
		const envelope = parseEnvelope(line.toString("utf8"));
		// Rubbish that somebody wrote into the file is left for `log verify` to name.
		if (typeof envelope !== "string") return { seq: envelope.seq, hash: hashLine(line) };
	}
	return undefined;
}

function lastSealed(files: LogFiles, repairs: Repair[]): Pick<Tail, "seq" | "hash"> | undefined {
	const newest = sealedSegments(files).at(-1);
	if (newest === undefined || !existsSync(newest.path)) return undefined;
	const fd = openSync(newest.path, "r");
	try {
		const last = lastEnvelope(fd, fstatSync(fd).size);
		if (last !== undefined)
			repairs.push({
				code: "log-missing",
				message: `${files.open} is empty although sealed history ends at entry ${last.seq}; entries after it may be lost. Restore the file from a backup if you have one; the log goes on from there.`,
			});
		return last;
	} finally {
		closeSync(fd);
	}
}
