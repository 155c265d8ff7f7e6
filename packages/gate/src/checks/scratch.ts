/**
 * A folder for one run: its output, a home, a place for temporary files, and for its report. It lies outside of every
 * tree under a name that nobody can guess, and short, because sockets in it have names of at most 108 bytes.
 */
import {
	chmodSync,
	lstatSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { errnoOf, isGone, type Mount, uniqueName } from "@shopfloor/core/io";

export interface Scratch {
	readonly output: string;
	readonly errors: string;
	readonly home: string;
	readonly temp: string;
	/** The program writes its report into it. */
	readonly report: string;
	readonly mounts: readonly Mount[];
	remove(): void;
}

export function makeScratch(): Scratch {
	const dir = mkdtempSync(join(tmpdir(), prefix));
	writeFileSync(join(dir, "owner"), uniqueName());
	const [home, temp, report] = ["home", "tmp", "report"].map((name) => {
		mkdirSync(join(dir, name), { mode: 0o700 });
		return join(dir, name);
	}) as [string, string, string];
	// Runners listen on localhost; the machine's own file may name what a branch need not know.
	writeFileSync(join(dir, "hosts"), "127.0.0.1 localhost\n::1 localhost\n");
	return {
		output: join(dir, "output"),
		errors: join(dir, "errors"),
		home,
		temp,
		report,
		mounts: [
			...[home, temp, report].map((path): Mount => ({ kind: "writable", from: path, to: path })),
			{ kind: "read-only", from: join(dir, "hosts"), to: "/etc/hosts" },
		],
		remove: () => remove(dir),
	};
}

/** For reconciliation: those whose owner was killed. Returns how many of them are gone. */
export function sweepScratch(): number {
	const left = readdirSync(tmpdir())
		.filter((name) => name.startsWith(prefix))
		.map((name) => join(tmpdir(), name))
		.filter(isLeft);
	for (const dir of left) remove(dir);
	return left.length;
}

const prefix = "shopfloor-run-";

function isLeft(dir: string): boolean {
	const stat = lstatSync(dir, { throwIfNoEntry: false });
	if (stat === undefined || !stat.isDirectory() || stat.uid !== process.getuid?.()) return false;
	const owner = ownerOf(dir);
	// One without an owner is being made or removed: by somebody who lives, unless that was long ago.
	return owner === undefined ? Date.now() - stat.mtimeMs > unownedMsMax : isGone(owner);
}

const unownedMsMax = 24 * 60 * 60_000;

function ownerOf(dir: string): string | undefined {
	try {
		return readFileSync(join(dir, "owner"), "utf8") || undefined;
	} catch (error) {
		if (errnoOf(error) !== "ENOENT") throw error;
		return undefined;
	}
}

function remove(dir: string): void {
	try {
		rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
	} catch (error) {
		if (errnoOf(error) !== "EACCES") throw error;
		openFolders(dir);
		rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
	}
}

/** A program may have closed folders of its own to everybody. */
function openFolders(dir: string | Buffer): void {
	chmodSync(dir, 0o700);
	for (const entry of readdirSync(dir, { withFileTypes: true, encoding: "buffer" }))
		if (entry.isDirectory()) openFolders(Buffer.concat([Buffer.from(dir), slash, entry.name]));
}

const slash = Buffer.from("/");
