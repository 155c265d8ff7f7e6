/** Commits and trees, made and compared without a checkout. */
import { rmSync } from "node:fs";
import { uniqueName } from "@shopfloor/core/io";
import { Git, type Place } from "./git.ts";
import { passing } from "./leftovers.ts";

export interface Person {
	readonly name: string;
	readonly email: string;
}

/** Whoever wrote it, the factory commits: names, mails and dates of a commit are not for an agent to choose. */
export const factory: Person = { name: "Shopfloor", email: "shopfloor@localhost" };

export interface NewCommit {
	readonly tree: string;
	readonly parents: readonly string[];
	readonly message: string;
	readonly author?: Person;
	/** Seconds since 1970. */
	readonly seconds: number;
}

export async function commitTree(
	git: Git,
	{ tree, parents, message, author = factory, seconds }: NewCommit,
): Promise<string> {
	const date = `@${seconds} +0000`;
	return await git.text(["commit-tree", tree, ...parents.flatMap((parent) => ["-p", parent])], {
		input: message.endsWith("\n") ? message : `${message}\n`,
		env: {
			GIT_AUTHOR_NAME: author.name,
			GIT_AUTHOR_EMAIL: author.email,
			GIT_AUTHOR_DATE: date,
			GIT_COMMITTER_NAME: factory.name,
			GIT_COMMITTER_EMAIL: factory.email,
			GIT_COMMITTER_DATE: date,
		},
	});
}

export type Merged =
	| { readonly kind: "clean"; readonly tree: string }
	| { readonly kind: "conflict"; readonly files: readonly string[] };

/** What comes of merging two commits; nothing is checked out and no ref moves. */
export async function mergeTree(git: Git, ours: string, theirs: string): Promise<Merged> {
	const { code, stdout } = await git.answer(
		["merge-tree", "--write-tree", "-z", "--name-only", "--no-messages", ours, theirs],
		{ answers: [0, 1] },
	);
	const [tree = "", ...files] = stdout.toString("utf8").split("\0");
	if (code === 0) return { kind: "clean", tree };
	return { kind: "conflict", files: [...new Set(files.filter((file) => file !== ""))] };
}

export async function treeOf(git: Git, commit: string): Promise<string> {
	return await git.text(["rev-parse", "--verify", "--quiet", "--end-of-options", `${commit}^{tree}`]);
}

/** The full name of a commit, or undefined when there is none of that name. */
export async function commitOf(git: Git, name: string): Promise<string | undefined> {
	const { code, stdout } = await git.answer(
		["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`],
		{ answers: [0, 1, 128] },
	);
	return code === 0 ? stdout.toString("utf8").trim() : undefined;
}

export async function isAncestor(git: Git, older: string, younger: string): Promise<boolean> {
	return (await git.answer(["merge-base", "--is-ancestor", older, younger], { answers: [0, 1] })).code === 0;
}

/** Where two lines of history part; undefined when they have nothing in common. */
export async function mergeBase(git: Git, one: string, other: string): Promise<string | undefined> {
	const { code, stdout } = await git.answer(["merge-base", one, other], { answers: [0, 1] });
	return code === 0 ? stdout.toString("utf8").trim() : undefined;
}

/** The bytes of a file in a commit or tree; undefined where there is no such file. */
export async function readBlob(git: Git, treeish: string, path: string): Promise<Buffer | undefined> {
	const entry = (await git.fields(["ls-tree", "-z", treeish, "--", path]))[0];
	const [, type, id] = entry === undefined ? [] : (entry.split("\t")[0] ?? "").split(" ");
	return type === "blob" && id !== undefined ? await git.bytes(["cat-file", "blob", id]) : undefined;
}

export interface TreeEntry {
	readonly mode: string;
	readonly type: string;
	readonly id: string;
	readonly path: string;
}

/** Every file of a tree, with folders opened. Rejects with `bad-tree` where a name is not text. */
export async function listTree(git: Git, treeish: string): Promise<TreeEntry[]> {
	return (await git.names(["ls-tree", "-r", "-z", "--full-tree", treeish])).map((line) => {
		const tab = line.indexOf("\t");
		const [mode = "", type = "", id = ""] = line.slice(0, tab).split(" ");
		return { mode, type, id, path: line.slice(tab + 1) };
	});
}

/** A tree with some files replaced by those of another, or taken away where that one lacks them. */
export async function withFilesOf(git: Git, tree: string, other: string, paths: readonly string[]): Promise<string> {
	if (paths.length === 0) return tree;
	const wanted = new Set(paths);
	const entries = new Map(
		(await listTree(git, other)).filter(({ path }) => wanted.has(path)).map((entry) => [entry.path, entry]),
	);
	const lines = paths.map((path) => {
		const entry = entries.get(path);
		return entry === undefined ? `0 ${nothing}\t${path}` : `${entry.mode} ${entry.id}\t${path}`;
	});
	return await edited(git, tree, lines);
}

/** A tree with these texts in it; null takes a file away. */
export async function withTexts(git: Git, tree: string, texts: ReadonlyMap<string, string | null>): Promise<string> {
	const lines: string[] = [];
	for (const [path, text] of texts) {
		const id = text === null ? nothing : await git.text(["hash-object", "-w", "--stdin"], { input: text });
		lines.push(`${text === null ? "0" : "100644"} ${id}\t${path}`);
	}
	return lines.length === 0 ? tree : await edited(git, tree, lines);
}

async function edited(git: Git, tree: string, lines: readonly string[]): Promise<string> {
	return await withIndex({ gitDir: git.place.gitDir }, async (inIndex) => {
		await inIndex.text(["read-tree", tree]);
		await inIndex.text(["update-index", "-z", "--index-info"], { input: `${lines.join("\0")}\0` });
		return await inIndex.text(["write-tree"]);
	});
}

/** The name of no object: what a ref that is not there has, to compare-and-swap. */
export const nothing = "0".repeat(40);

/** An index for a moment, that nobody else sees. */
export async function withIndex<T>(place: Omit<Place, "index">, work: (git: Git) => Promise<T>): Promise<T> {
	const index = passing(place.gitDir, "index", uniqueName());
	try {
		return await work(new Git({ ...place, index }));
	} finally {
		rmSync(index, { force: true });
		rmSync(`${index}.lock`, { force: true });
	}
}
