/** The files of a run: what it reads, and what it says, which is measured and shown without being read into memory. */
import { closeSync, fstatSync, ftruncateSync, openSync, readSync } from "node:fs";
import { diskError, errnoOf } from "../shopfloor-error.ts";

/** Descriptors of a program's standard streams; the last two may be one. */
export interface Files {
	readonly input: number | "ignore";
	readonly output: number;
	readonly errors: number;
}

interface Paths {
	readonly input?: string;
	readonly output: string;
	readonly errors?: string;
}

export function openFiles({ input, output, errors }: Paths): Files {
	const opened: number[] = [];
	const open = (path: string, flags: string) => {
		try {
			const fd = openSync(path, flags, 0o600);
			opened.push(fd);
			return fd;
		} catch (error) {
			for (const fd of opened) closeSync(fd);
			throw diskError(error, `opening ${path}`);
		}
	};
	const fd = open(output, "w+");
	return {
		input: input === undefined ? "ignore" : open(input, "r"),
		output: fd,
		errors: errors === undefined ? fd : open(errors, "w+"),
	};
}

export function closeFiles(files: Files): void {
	for (const fd of [...said(files), files.input]) if (fd !== "ignore") closeSync(fd);
}

export function sizeOf(files: Files): number {
	return said(files).reduce((sum, fd) => sum + fstatSync(fd).size, 0);
}

export function cutBack(files: Files, bytesMax: number): void {
	for (const fd of said(files)) if (fstatSync(fd).size > bytesMax) ftruncateSync(fd, bytesMax);
}

export function tailOf(files: Files): string {
	return said(files)
		.map((fd) => endOf(fd, tailBytes))
		.join("");
}

/** The last bytes of a file as text; undefined where there is none. */
export function endOfFile(path: string, bytesMax: number): string | undefined {
	let fd: number;
	try {
		fd = openSync(path, "r");
	} catch (error) {
		if (errnoOf(error) === "ENOENT") return undefined;
		throw error;
	}
	try {
		return endOf(fd, bytesMax);
	} finally {
		closeSync(fd);
	}
}

/** Those it writes to. */
function said({ output, errors }: Files): number[] {
	return [...new Set([output, errors])];
}

/** Enough to see what it was about, little enough for a log line's blob. */
const tailBytes = 8 * 1024;

function endOf(fd: number, bytesMax: number): string {
	const { size } = fstatSync(fd);
	const bytes = Buffer.alloc(Math.min(size, bytesMax));
	const read = readSync(fd, bytes, 0, bytes.length, size - bytes.length);
	// A character that the cut goes through is left out.
	let from = 0;
	while (size > bytesMax && from < 4 && ((bytes[from] ?? 0) & 0xc0) === 0x80) from++;
	return bytes.subarray(from, read).toString("utf8");
}
