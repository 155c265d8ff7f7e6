/**
 * What every commit of a range brings, also what a later one takes away again: the history is pushed with it. A line of
 * a merge counts when none of its parents has it.
 */
import type { Git } from "../git/git.ts";
import { contentsOf, sizesOf } from "./blobs.ts";
import { textBytesMax } from "./diff.ts";
import { Cursor, type RawEntry, readRaw, readSections, type Section, unreadable } from "./patch.ts";
import { asTooLarge, bigFiles, compared, patched, tooLarge } from "./read-diff.ts";

export interface AddedText {
	readonly commit: string;
	/** Null for what is in no file: the message of the commit. */
	readonly path: string | null;
	readonly lines: readonly AddedLine[];
	/** It brings bytes that are too many to be searched. */
	readonly unread: boolean;
}

interface AddedLine {
	/** From 1; null where the text has no lines, as in a binary file. */
	readonly line: number | null;
	readonly text: string;
}

/** A change is one commit; whoever brings this many brings somebody else's history. */
const commitsMax = 1_000;
const bytesMax = 64 * 1024 * 1024;

/** Rejects with `too-large` above the bounds. */
export async function readAddedText(git: Git, base: string, head: string): Promise<readonly AddedText[]> {
	const commits = await commitsOf(git, base, head);
	if (commits.length === 0) return [];
	const input = commits.flatMap(({ id, parents }) =>
		parents.length === 0 ? [id] : parents.map((parent) => `${id} ${parent}`),
	);
	const args = [...bigFiles, "diff-tree", "--stdin", "--root", "-z", "--raw", ...patched, ...compared];
	const answer = await git.bytes(args, { input: `${input.join("\n")}\n`, bytesMax }).catch(asTooLarge);
	const compares = readCompares(new Cursor(answer));
	const texts = commits.flatMap(({ id, parents, message }) => [
		{ commit: id, path: null, lines: numbered(message.split("\n"), 1), unread: false },
		...inAll(id, Math.max(1, parents.length), compares),
	]);
	return [...texts, ...(await binariesIn(git, compares))];
}

interface Commit {
	readonly id: string;
	readonly parents: readonly string[];
	readonly message: string;
}

async function commitsOf(git: Git, base: string, head: string): Promise<Commit[]> {
	const format = "--format=%H%x00%P%x00%an <%ae>%n%cn <%ce>%n%B%x00";
	const range = ["--end-of-options", `${base}..${head}`, "--"];
	const args = ["log", "-z", "--no-show-signature", "--no-color", `--max-count=${commitsMax + 1}`, format, ...range];
	const fields = (await git.bytes(args, { bytesMax }).catch(asTooLarge)).toString("utf8").split("\0");
	const commits: Commit[] = [];
	// Four fields each: `-z` ends each commit with one more NUL.
	for (let at = 0; at + 2 < fields.length; at += 4)
		commits.push({
			id: fields[at] ?? "",
			parents: (fields[at + 1] ?? "").split(" ").filter((parent) => parent !== ""),
			message: fields[at + 2] ?? "",
		});
	if (commits.length > commitsMax) throw tooLarge(`it brings more than ${commitsMax} commits`);
	return commits;
}

interface Compare {
	readonly commit: string;
	readonly entry: RawEntry;
	readonly section: Section;
}

function readCompares(cursor: Cursor): Compare[] {
	const compares: Compare[] = [];
	while (!cursor.ended) {
		const commit = cursor.until("\0");
		if (!/^[0-9a-f]{40,64}$/.test(commit)) throw unreadable("a commit's name is expected");
		const entries = readRaw(cursor);
		cursor.skip("\0");
		const sections = readSections(cursor, entries);
		for (const [index, entry] of entries.entries()) {
			const section = sections[index];
			if (section !== undefined) compares.push({ commit, entry, section });
		}
	}
	return compares;
}

function inAll(commit: string, parents: number, compares: readonly Compare[]): AddedText[] {
	const byPath = new Map<string, Map<string, { readonly added: AddedLine; times: number }>>();
	for (const compare of compares) {
		if (compare.commit !== commit) continue;
		const lines = byPath.get(compare.entry.path) ?? new Map();
		byPath.set(compare.entry.path, lines);
		for (const added of compare.section.hunks.flatMap((hunk) => numbered(hunk.added, hunk.afterLine))) {
			const key = String(added.line);
			const seen = lines.get(key) ?? { added, times: 0 };
			seen.times += 1;
			lines.set(key, seen);
		}
	}
	return [...byPath].map(([path, lines]) => ({
		commit,
		path,
		lines: [...lines.values()].filter(({ times }) => times === parents).map(({ added }) => added),
		unread: false,
	}));
}

/** A NUL in front makes any text a binary file. It has no lines to compare; all of it is searched. */
async function binariesIn(git: Git, compares: readonly Compare[]): Promise<AddedText[]> {
	const binaries = compares.filter(({ entry, section }) => section.binary && !/^0+$/.test(entry.modeAfter));
	const sizes = await sizesOf(
		git,
		binaries.map(({ entry }) => entry.idAfter),
	);
	const small = [...sizes].filter(([, bytes]) => bytes <= textBytesMax);
	const total = small.reduce((sum, [, bytes]) => sum + bytes, 0);
	if (total > bytesMax) throw tooLarge(`its binary files have ${total} bytes, and ${bytesMax} can be searched`);
	const contents = await contentsOf(
		git,
		small.map(([id]) => id),
	);
	return binaries.map(({ commit, entry }) => {
		const bytes = contents.get(entry.idAfter);
		return {
			commit,
			path: entry.path,
			lines: bytes === undefined ? [] : [{ line: null, text: bytes.toString("latin1").replaceAll("\0", "\n") }],
			unread: bytes === undefined,
		};
	});
}

function numbered(lines: readonly string[], first: number): AddedLine[] {
	return lines.map((text, index) => ({ line: first + index, text }));
}
