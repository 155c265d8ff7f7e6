/**
 * Worktrees: one folder of files for each session and each bay of the gate, all on one object store. Making one costs a
 * hundred times what using it again costs, so they are kept and reset.
 *
 * What lies in a tree was written by an agent and its tools. The factory's git never asks the tree where its repository
 * is: the directory under `store.git/worktrees/`, which the agent cannot write, is named on every call, and so is an
 * index outside of the tree. The `.git` file in it is only for those who look, and is written anew each time.
 *
 * `git worktree add` trips over itself when it runs twice at once, and leaves half an entry when it is killed; one lease
 * keeps adding, removing and pruning apart. It is held for milliseconds: files are written afterwards, by the tree's own
 * user alone.
 */
import {
	chmodSync,
	copyFileSync,
	existsSync,
	lstatSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { basename, dirname, join, sep } from "node:path";
import { crashAt, diskError, isShopfloorError, ShopfloorError } from "@shopfloor/core/io";
import { waitForGits } from "./at-work.ts";
import { Git, gitSaid } from "./git.ts";
import { commitTree, factory, nothing } from "./objects.ts";
import { snapshot } from "./snapshot.ts";
import { amongTrees, moveRef, type Store } from "./store.ts";
import { readTrailers } from "./trailers.ts";

export interface WorkTree {
	readonly name: string;
	readonly dir: string;
	/** On this tree's files, with this tree's index. */
	readonly git: Git;
}

export interface Wanted {
	/** A commit, whose files the tree gets; its HEAD is set to it, and is on no branch. */
	readonly commit: string;
	/** Other files than the commit's: what a bay is given to check. */
	readonly tree?: string;
	/** Folders that are not cleaned, as patterns from the top: `/node_modules`. */
	readonly keep?: readonly string[];
	/** What becomes of files that are in no commit. Default `salvage`. */
	readonly unsaved?: "salvage" | "discard";
}

export interface Prepared {
	readonly tree: WorkTree;
	/** Where what was unsaved went: a ref of the store, or a folder where git could not take it. */
	readonly rescued: string | undefined;
}

/** For whoever holds the tree's seat alone: its files become those of a commit, whatever they were. */
export async function prepareTree(store: Store, name: string, wanted: Wanted): Promise<Prepared> {
	try {
		return await prepare(store, name, wanted);
	} catch (error) {
		throw diskError(error, `preparing the tree ${name}`);
	}
}

async function prepare(store: Store, name: string, wanted: Wanted): Promise<Prepared> {
	const tree = workTreeOf(store, name);
	await outlive(store, tree);
	const rescued = wanted.unsaved === "discard" ? undefined : await rescue(store, tree);
	if (!isSound(store, tree)) await add(store, tree, wanted.commit);
	writeFileSync(openMark(tree), "");
	writeGitFile(store, tree);
	await tree.git.text(["update-ref", "--no-deref", "HEAD", wanted.commit]);
	crashAt("tree.reset.before");
	await reset(tree, wanted.tree ?? wanted.commit);
	await clean(tree, wanted.keep ?? []);
	showIndex(store, tree);
	rmSync(openMark(tree));
	return { tree, rescued };
}

/** Whatever somebody made of it meanwhile: a link would lead the writing out of the tree. */
function writeGitFile(store: Store, { dir, name }: WorkTree): void {
	const path = join(dir, ".git");
	if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory()) removeFolder(path);
	else rmSync(path, { force: true });
	writeFileSync(path, `gitdir: ${adminOf(store, name)}\n`);
}

/** What git cannot take would be in the way of every later use: it is put aside as it is, and the tree is made anew. */
async function rescue(store: Store, tree: WorkTree): Promise<string | undefined> {
	try {
		return await salvage(store, tree);
	} catch (error) {
		if (!isShopfloorError(error, "bad-tree")) throw error;
		return putAside(tree);
	}
}

function putAside({ dir, name }: WorkTree): string {
	const folder = dirname(dir);
	const numbers = readdirSync(folder)
		.flatMap((other) => (asideOf(other) === name ? [Number(other.slice(name.length + unsavedMark.length))] : []))
		.sort((one, other) => one - other);
	for (const number of numbers.slice(0, Math.max(0, numbers.length + 1 - asidesMax)))
		removeFolder(`${dir}${unsavedMark}${number}`);
	const aside = `${dir}${unsavedMark}${(numbers.at(-1) ?? 0) + 1}`;
	renameSync(dir, aside);
	return aside;
}

/** Each may hold a disk's worth of rubbish; whoever misses something looks for it before it happened thrice more. */
const asidesMax = 3;
const unsavedMark = ".unsaved-";

/** Of whose tree these are files that were put aside; undefined where they are those of a tree in use. */
export function asideOf(name: string): string | undefined {
	return /^(.+)\.unsaved-\d+$/.exec(name)?.[1];
}

/** A predecessor that was killed may have left a git that still writes; what a dead git locked is free. */
export async function outlive(store: Store, tree: WorkTree): Promise<void> {
	const admin = adminOf(store, tree.name);
	const locks = [`${indexOf(tree)}.lock`, join(admin, "HEAD.lock")];
	if (![...locks, openMark(tree)].some((path) => existsSync(path))) return;
	await waitForGits(admin);
	for (const lock of locks) rmSync(lock, { force: true });
}

/** There while the tree's files are being changed: `git clean` locks nothing. */
function openMark(tree: WorkTree): string {
	return `${indexOf(tree)}.open`;
}

/** Who runs git in the tree, to look, gets an index of their own: without one every file would seem to be deleted. */
function showIndex(store: Store, tree: WorkTree): void {
	const shown = join(adminOf(store, tree.name), "index");
	rmSync(`${shown}.lock`, { force: true });
	copyFileSync(indexOf(tree), shown);
}

/** One that was prepared before, as it is. */
export function workTreeOf(store: Store, name: string): WorkTree {
	const dir = join(store.dir, "trees", name);
	const git = new Git({ gitDir: adminOf(store, name), workTree: dir, index: join(store.dir, "indexes", name) });
	return { name, dir, git };
}

function adminOf({ git }: Store, name: string): string {
	return join(git.place.gitDir, "worktrees", name);
}

function indexOf({ git }: WorkTree): string {
	return git.place.index ?? "";
}

/** Whole, and pointing at each other. */
function isSound(store: Store, { name, dir }: WorkTree): boolean {
	const admin = adminOf(store, name);
	if (!existsSync(dir) || ["HEAD", "commondir", "gitdir"].some((file) => !existsSync(join(admin, file)))) return false;
	if (existsSync(join(admin, "locked"))) return false;
	return readFileSync(join(admin, "gitdir"), "utf8").trim() === join(dir, ".git");
}

async function add(store: Store, tree: WorkTree, commit: string): Promise<void> {
	await amongTrees(store, async () => {
		if (isSound(store, tree)) return;
		if (existsSync(adminOf(store, tree.name))) await waitForGits(store.git.place.gitDir, "worktree");
		remove(store, tree);
		mkdirSync(join(store.dir, "trees"), { recursive: true, mode: 0o700 });
		mkdirSync(join(store.dir, "indexes"), { recursive: true, mode: 0o700 });
		crashAt("tree.add.before");
		await store.git.text(["worktree", "add", "--quiet", "--detach", "--no-checkout", tree.dir, commit]);
		crashAt("tree.add.after");
		if (!isSound(store, tree))
			throw new ShopfloorError("git-failed", `git made the worktree ${tree.dir} under another name than ${tree.name}`);
	});
}

/** Files first: an entry without files is swept, files without an entry might be somebody's work. */
function remove(store: Store, tree: WorkTree): void {
	rmSync(indexOf(tree), { force: true });
	rmSync(`${indexOf(tree)}.lock`, { force: true });
	rmSync(openMark(tree), { force: true });
	if (existsSync(tree.dir)) removeFolder(tree.dir);
	crashAt("tree.remove.between");
	rmSync(adminOf(store, tree.name), { recursive: true, force: true });
}

function removeFolder(dir: string): void {
	openFolders(dir);
	rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
}

async function reset({ git }: WorkTree, treeish: string): Promise<void> {
	const args = ["read-tree", "--reset", "-u", treeish];
	try {
		await git.text(args);
	} catch (error) {
		if (gitSaid(error, /index file|bad signature|smaller than expected|sha1 signature|corrupt/i))
			rmSync(git.place.index ?? "");
		// A folder without rights, or a file where a folder goes.
		else if (gitSaid(error, /Permission denied|unable to unlink|cannot|failed to/i))
			openFolders(git.place.workTree ?? "");
		else throw error;
		await git.text(args);
	}
}

/** Also nested repositories, ignored files, and folders that were closed to us. */
async function clean({ git, dir }: WorkTree, keep: readonly string[]): Promise<void> {
	const args = ["clean", "-ffdxq", ...keep.flatMap((pattern) => ["-e", pattern])];
	const { code } = await git.answer(args, { answers: [0, 1] });
	if (code === 0) return;
	openFolders(dir);
	await git.text(args);
}

/** Names are bytes here: also a folder whose name is no text has to go. */
function openFolders(dir: string | Buffer): void {
	chmodSync(dir, 0o700);
	for (const entry of readdirSync(dir, { withFileTypes: true, encoding: "buffer" }))
		if (entry.isDirectory()) openFolders(Buffer.concat([Buffer.from(dir), Buffer.from(sep), entry.name]));
}

/** Keeps what is in no commit as one of its own, under a ref; undefined when everything is saved. */
export async function salvage(store: Store, tree: WorkTree): Promise<string | undefined> {
	if (!isSound(store, tree) || !existsSync(indexOf(tree))) return undefined;
	await outlive(store, tree);
	const head = await tree.git.text(["rev-parse", "HEAD"]);
	const taken = await snapshot(tree, rescueLimits);
	if (taken.kind === "refused")
		throw new ShopfloorError(
			"bad-tree",
			`${tree.dir} holds unsaved work that cannot be saved (${taken.why}). Look at it; \`shopfloor worktree gc --discard ${tree.name}\` gives it up.`,
		);
	if (taken.tree === (await tree.git.text(["rev-parse", `${head}^{tree}`])))
		if ((await isKept(store, head)) || (await isOurs(store, head))) return undefined;
	const seconds = Math.floor(Date.now() / 1_000);
	const message = `Unsaved work of ${tree.name}\n\nFound in its worktree when it was to be used again.`;
	const commit = await commitTree(store.git, { tree: taken.tree, parents: [head], message, author: factory, seconds });
	const ref = `refs/shopfloor/rescue/${tree.name}/${commit.slice(0, 12)}`;
	await moveRef(store.git, { ref, from: nothing, to: commit });
	return ref;
}

/** Somebody who commits in the tree by hand is on no branch: such a commit is as unsaved as a file. */
async function isKept({ git }: Store, commit: string): Promise<boolean> {
	return (await git.text(["for-each-ref", "--count=1", `--contains=${commit}`])) !== "";
}

/** What a cycle came to was judged; where its branch was dropped, nobody wants it. */
async function isOurs({ git }: Store, commit: string): Promise<boolean> {
	const [committer, ...message] = (await git.text(["log", "-1", "--format=%cn <%ce>%n%B", commit])).split("\n");
	return (
		committer === `${factory.name} <${factory.email}>` && readTrailers(message.join("\n"))["Session"] !== undefined
	);
}

/** Whatever somebody may have worked on for a night; more is rubbish that a tool made. */
const rescueLimits = { files: 50_000, bytes: 1024 * 1024 * 1024, fileBytes: 256 * 1024 * 1024 };

export interface TreeSight {
	readonly name: string;
	readonly dir: string;
	/** The commit it stands on; undefined when its entry is damaged. */
	readonly head: string | undefined;
	readonly changed: Date;
}

export async function listTrees(store: Store): Promise<TreeSight[]> {
	return await Promise.all(
		namesOf(store).map(async (name) => {
			const tree = workTreeOf(store, name);
			const head = isSound(store, tree) ? await tree.git.text(["rev-parse", "HEAD"]) : undefined;
			return { name, dir: tree.dir, head, changed: changedOf([indexOf(tree), tree.dir]) };
		}),
	);
}

function namesOf({ dir, git }: Store): string[] {
	const folders = [join(dir, "trees"), join(git.place.gitDir, "worktrees")];
	return [...new Set(folders.flatMap((folder) => (existsSync(folder) ? readdirSync(folder) : [])))].sort();
}

function changedOf(paths: readonly string[]): Date {
	const found = paths.find((path) => existsSync(path));
	return found === undefined ? new Date(0) : lstatSync(found).mtime;
}

/** For whoever holds the tree's seat: it goes, and what was unsaved in it is kept unless it is to be given up. */
export async function removeTree(
	store: Store,
	name: string,
	{ unsaved = "salvage" }: Pick<Wanted, "unsaved"> = {},
): Promise<string | undefined> {
	const tree = workTreeOf(store, basename(name));
	await outlive(store, tree);
	const rescued = unsaved === "discard" ? undefined : await salvage(store, tree);
	await amongTrees(store, async () => remove(store, tree));
	return rescued;
}
