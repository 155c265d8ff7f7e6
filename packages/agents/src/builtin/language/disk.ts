/**
 * The target's files as the compiler may see them: plain files up to a size. What a path shows is remembered for one
 * job, so that all looks of a job see the same, and looked at anew for the next one.
 */
import { createHash } from "node:crypto";
import { readFileSync, realpathSync, statSync } from "node:fs";
import ts from "typescript";

export interface Read {
	/** Without a byte order mark. */
	readonly text: string;
	readonly mark: boolean;
}

export class Disk {
	readonly #stamps = new Map<string, string | undefined>();
	readonly #reads = new Map<string, { readonly stamp: string; readonly read: Read }>();

	/** Forgets what paths looked like; files that are as they were are not read again. */
	lookAnew(): void {
		this.#stamps.clear();
	}

	/** Differs when the file does; undefined where there is no plain file of a size that can be read. */
	stamp(path: string): string | undefined {
		if (!this.#stamps.has(path)) this.#stamps.set(path, stampOf(path));
		return this.#stamps.get(path);
	}

	read(path: string): Read | undefined {
		const stamp = this.stamp(path);
		if (stamp === undefined) return undefined;
		const known = this.#reads.get(path);
		if (known?.stamp === stamp) return known.read;
		const read = readOf(path);
		if (read !== undefined) this.#reads.set(path, { stamp, read });
		return read;
	}

	/** What the compiler's own functions ask of a file system. */
	readonly forCompiler = {
		useCaseSensitiveFileNames: ts.sys.useCaseSensitiveFileNames,
		fileExists: (path: string) => this.stamp(path) !== undefined,
		readFile: (path: string) => this.read(path)?.text,
		readDirectory: ts.sys.readDirectory,
		directoryExists: ts.sys.directoryExists,
		getDirectories: ts.sys.getDirectories,
		realpath: realPath,
	};
}

/** Undefined where nothing is. */
export function realPath(path: string): string {
	try {
		return realpathSync(path);
	} catch {
		// The compiler asks for paths that may not be there, and takes the path itself for an answer.
		return path;
	}
}

export function hashOf(text: string): string {
	return createHash("sha256").update(text).digest("hex");
}

/** The largest declaration files in use have some two megabytes; the compiler's own treats four as too much to edit. */
const bytesMax = 4 * 1024 * 1024;

function stampOf(path: string): string | undefined {
	const found = statSync(path, { throwIfNoEntry: false, bigint: true });
	if (found === undefined || !found.isFile() || found.size > bytesMax) return undefined;
	return [found.dev, found.ino, found.size, found.mtimeNs, found.ctimeNs].join(":");
}

function readOf(path: string): Read | undefined {
	let bytes: Buffer;
	try {
		bytes = readFileSync(path);
	} catch {
		// It went away since it was looked at, or is not ours to read: for the compiler it is not there.
		return undefined;
	}
	const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
	return { text: bytes.toString("utf8", mark ? 3 : 0), mark };
}
