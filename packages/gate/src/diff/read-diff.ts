/**
 * Reads a change from trees and blobs, with four processes of git for any number of files or of changes. A change above the bounds is
 * refused as a whole: rules that saw a part of it would pass the rest.
 */
import { ShopfloorError } from "@shopfloor/core/io";
import { type Git, gitSaid } from "../git/git.ts";
import { contentsOf, isBinary, sizesOf } from "./blobs.ts";
import { type ChangedFile, type Diff, type FileStatus, textBytesMax } from "./diff.ts";
import { Cursor, type RawEntry, readRaw, readSections, type Section, unreadable } from "./patch.ts";

/** Nobody can review more at once. */
export const filesMax = 10_000;
/** Of all texts together, before and after; they are held in memory. */
const bytesMax = 64 * 1024 * 1024;

/** Rejects with `too-large` when the change is above the bounds. */
export async function readDiff(git: Git, base: string, head: string): Promise<Diff> {
	const between = ["--end-of-options", base, head, "--"];
	const entries = readRaw(new Cursor(await git.bytes(["diff-tree", "-z", "--raw", ...compared, ...between])));
	const patch = async () => {
		const args = [...bigFiles, "diff-tree", ...patched, ...compared, ...between];
		const cursor = new Cursor(await git.bytes(args).catch(asTooLarge));
		const sections = readSections(cursor, entries);
		if (!cursor.ended) throw unreadable("there are more patches than changed files");
		return [sections];
	};
	const [files = []] = await readFiles(git, [entries], patch);
	return { base, head, files };
}

export interface CommitPair {
	/** Names of commits in full. No two pairs share a head. */
	readonly base: string;
	readonly head: string;
}

/** Many changes at the cost of one. The bounds hold for all of them together. */
export async function readDiffs(git: Git, pairs: readonly CommitPair[]): Promise<readonly Diff[]> {
	if (pairs.length === 0) return [];
	const input = pairs.map(({ base, head }) => `${head} ${base}\n`).join("");
	const raw = new Cursor(await git.bytes(["diff-tree", "--stdin", "-z", "--raw", ...compared], { input }));
	const byHead = new Map<string, readonly RawEntry[]>();
	while (!raw.ended) byHead.set(raw.until("\0"), readRaw(raw));
	const entries = pairs.map(({ head }) => byHead.get(head) ?? []);
	const patch = async () => {
		const args = [...bigFiles, "diff-tree", "--stdin", ...patched, ...compared];
		const cursor = new Cursor(await git.bytes(args, { input }).catch(asTooLarge));
		// A pair without a difference is not mentioned.
		return pairs.map(({ head }, index) => {
			const some = entries[index] ?? [];
			if (some.length > 0 && cursor.until("\n") !== head) throw unreadable("a commit's name is expected");
			return readSections(cursor, some);
		});
	};
	const files = await readFiles(git, entries, patch);
	return pairs.map(({ base, head }, index) => ({ base, head, files: files[index] ?? [] }));
}

async function readFiles(
	git: Git,
	changes: readonly (readonly RawEntry[])[],
	patch: () => Promise<readonly (readonly Section[])[]>,
): Promise<readonly (readonly ChangedFile[])[]> {
	const entries = changes.flat();
	if (entries.length > filesMax) throw tooLarge(`it changes ${entries.length} files, and ${filesMax} can be read`);
	const sizes = await sizesOf(git, entries.flatMap(blobsOf));
	const texts = [...sizes].filter(([, bytes]) => bytes <= textBytesMax);
	const total = texts.reduce((sum, [, bytes]) => sum + bytes, 0);
	if (total > bytesMax) throw tooLarge(`its files have ${total} bytes, and ${bytesMax} can be read`);
	const ids = texts.map(([id]) => id);
	const [contents, sections] = await Promise.all([contentsOf(git, ids), patch()]);
	return changes.map((some, change) =>
		some.map((entry, index) => changedFile(entry, sections[change]?.[index], sizes, contents)),
	);
}

/** How trees are compared, whatever a configuration or a file of attributes says. */
export const compared: readonly string[] = [
	"-r",
	"-M",
	"-l1000",
	"--full-index",
	"--no-abbrev",
	"--no-ext-diff",
	"--no-textconv",
	"--no-color",
	"--no-indent-heuristic",
	"--ignore-submodules=none",
	"--submodule=short",
];

/** Not `--text`, which would print the lines of a film: git leaves out what is above the threshold or binary. */
export const patched: readonly string[] = [
	"--patch",
	"-U0",
	"--inter-hunk-context=0",
	"--src-prefix=a/",
	"--dst-prefix=b/",
];
export const bigFiles: readonly string[] = ["-c", `core.bigFileThreshold=${textBytesMax}`];

export function asTooLarge(error: unknown): never {
	if (gitSaid(error, /more than can be read at once/)) throw tooLarge("its patch is more than can be read at once");
	throw error;
}

export function tooLarge(why: string): ShopfloorError {
	return new ShopfloorError("too-large", `the change is too large to be judged: ${why}. Split it`);
}

function blobsOf({ modeBefore, idBefore, modeAfter, idAfter }: RawEntry): string[] {
	return [isBlob(modeBefore) ? [idBefore] : [], isBlob(modeAfter) ? [idAfter] : []].flat();
}

function changedFile(
	entry: RawEntry,
	section: Section | undefined,
	sizes: ReadonlyMap<string, number>,
	contents: ReadonlyMap<string, Buffer>,
): ChangedFile {
	const before = isBlob(entry.modeBefore) ? contents.get(entry.idBefore) : undefined;
	const after = isBlob(entry.modeAfter) ? contents.get(entry.idAfter) : undefined;
	const beforeText = asText(before);
	const afterText = asText(after);
	return {
		status: statusOf(entry),
		path: entry.path,
		from: entry.from,
		modeBefore: isThere(entry.modeBefore) ? entry.modeBefore : null,
		modeAfter: isThere(entry.modeAfter) ? entry.modeAfter : null,
		before: beforeText,
		after: afterText,
		bytesBefore: sizes.get(entry.idBefore) ?? 0,
		bytesAfter: sizes.get(entry.idAfter) ?? 0,
		binary: [before, after].some((bytes) => bytes !== undefined && isBinary(bytes)),
		hunks: hunksOf(section, beforeText, afterText),
	};
}

/** Where git showed none, though both sides are text and differ, all of it counts as changed. */
function hunksOf(section: Section | undefined, before: string | null, after: string | null): ChangedFile["hunks"] {
	const hunks = section?.hunks ?? [];
	if (hunks.length > 0 || before === after) return hunks;
	const removed = linesOf(before);
	const added = linesOf(after);
	if (removed.length === 0 && added.length === 0) return [];
	return [{ beforeLine: Math.min(1, removed.length), removed, afterLine: Math.min(1, added.length), added }];
}

function linesOf(text: string | null): string[] {
	return text === null || text === "" ? [] : text.replace(/\n$/, "").split("\n");
}

function statusOf({ status }: RawEntry): FileStatus {
	switch (status) {
		case "A":
			return "added";
		case "D":
			return "deleted";
		case "R":
			return "renamed";
		case "M":
		case "T":
			return "modified";
		default:
			throw unreadable(`it has the status ${JSON.stringify(status)}`);
	}
}

function asText(bytes: Buffer | undefined): string | null {
	return bytes === undefined || isBinary(bytes) ? null : bytes.toString("utf8");
}

const isThere = (mode: string) => !/^0+$/.test(mode);
const isBlob = (mode: string) => isThere(mode) && !mode.startsWith("16");
