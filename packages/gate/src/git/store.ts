/**
 * The object store: one bare repository of the factory's own for each target. Every worktree hangs on it, and what is
 * made is made in it. Nothing in it is configured by the target, and no agent can write to it.
 *
 * The target's base branch is the only main there is (ADR 9). The store mirrors the target's branches under
 * `refs/remotes/target/`, and its tags where they are in nobody's way; the factory's own branches are `refs/heads/`
 * until the target has them.
 */
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { crashAt, type Lease, type Leases, ShopfloorError, uniqueName } from "@shopfloor/core/io";
import { firstLines, Git, type GitOptions, gitSaid } from "./git.ts";
import { sweepHalfMadeTrees, sweepStore } from "./leftovers.ts";
import { looksMax, pastStaleLocks } from "./locks.ts";
import { commitOf, nothing } from "./objects.ts";
import { sha256, type Target, unusable } from "./target.ts";

export interface Store {
	readonly target: Target;
	/** Of everything that the factory keeps about this target. */
	readonly dir: string;
	readonly git: Git;
	readonly leases: Leases;
}

export async function openStore(stateDir: string, target: Target, leases: Leases): Promise<Store> {
	const store = storeAt(stateDir, target, leases);
	const { gitDir } = store.git.place;
	mkdirSync(store.dir, { recursive: true, mode: 0o700 });
	sweepStore(store.dir, gitDir);
	if (!existsSync(gitDir)) await create(gitDir);
	return store;
}

/** Only where it is there already: nothing is made, and the target is not asked. */
export function findStore(stateDir: string, target: Target, leases: Leases): Store | undefined {
	const store = storeAt(stateDir, target, leases);
	return existsSync(store.git.place.gitDir) ? store : undefined;
}

function storeAt(stateDir: string, target: Target, leases: Leases): Store {
	const dir = join(stateDir, "repositories", target.name);
	return { target, dir, git: new Git({ gitDir: join(dir, "store.git") }), leases };
}

/** Whole or not at all: who dies in the middle leaves a folder that is swept, and no store. */
async function create(gitDir: string): Promise<void> {
	const temporary = `${gitDir}.${uniqueName()}`;
	mkdirSync(temporary);
	const git = new Git({ gitDir: temporary });
	await git.text(["init", "--bare", "--quiet", "--template="]);
	// For those who run git in a worktree themselves: agents, and people who look.
	for (const [key, value] of own) await git.text(["config", key, value]);
	crashAt("store.rename.before");
	try {
		renameSync(temporary, gitDir);
	} catch (error) {
		rmSync(temporary, { recursive: true, force: true });
		// Another process was quicker, and its store is as good.
		if (!existsSync(gitDir)) throw error;
	}
}

const own = [
	["gc.auto", "0"],
	["maintenance.auto", "false"],
	["core.hooksPath", "/dev/null"],
	["core.fsmonitor", "false"],
	["receive.autogc", "false"],
] as const;

/** Where a branch of the target stands in the store. */
export function mirrored(branch: string): string {
	return `refs/remotes/target/${branch}`;
}

/** Where the commit of a branch that the target was given is kept, whatever becomes of the branch there. */
export function sent(branch: string): string {
	return `refs/shopfloor/sent/${branch}`;
}

/** Where a tag of the target stands in the store. In `refs/tags` any command that is given a name would find it first. */
function mirroredTag(tag: string): string {
	return `refs/shopfloor/target/tags/${tag}`;
}

/** Notes travel with the target; those that came from it stand here until they are joined with ours. */
export const notes = { ours: "refs/notes/shopfloor", theirs: "refs/notes/shopfloor-target" } as const;

export interface FetchLimits {
	readonly silenceMs: number;
	readonly timeoutMs: number;
}

/** The server counts and the client sorts objects without a word for minutes where there are millions. */
const fetchLimits: FetchLimits = { silenceMs: 5 * 60_000, timeoutMs: 3 * 60 * 60_000 };

/** Brings what the target has. Rejects with `target-unreachable` when it cannot be asked now, or stops answering. */
export async function fetch(
	{ git, target, leases }: Store,
	signal?: AbortSignal,
	limits: FetchLimits = fetchLimits,
): Promise<void> {
	const lease = await holdMirror({ target, leases }, signal);
	try {
		await pastDeath(
			{ git, target, leases },
			[
				"fetch",
				"--quiet",
				"--progress",
				"--prune",
				"--no-tags",
				"--no-write-fetch-head",
				"--no-auto-maintenance",
				"--end-of-options",
				target.address,
				`+refs/heads/*:${mirrored("*")}`,
				`+refs/tags/*:${mirroredTag("*")}`,
				`+${notes.ours}*:${notes.theirs}*`,
			],
			{ transport: true, signal, ...limits },
		);
	} catch (error) {
		throw unreachable(target, error);
	} finally {
		await lease.release();
	}
}

/**
 * A branch that the target was just given stands in the store from now on, unless somebody moved it already. A look that
 * began before it was there would take it away again: that one is waited for.
 */
export async function mirror(store: Store, branch: string, commit: string, signal?: AbortSignal): Promise<void> {
	const lease = await holdMirror(store, signal);
	try {
		await moveRef(store.git, { ref: mirrored(branch), from: undefined, to: commit });
	} finally {
		await lease.release();
	}
}

/** Two at once would trip over each other's refs. */
async function holdMirror({ target, leases }: Pick<Store, "target" | "leases">, signal?: AbortSignal): Promise<Lease> {
	return await leases.hold(`fetch-${target.name}`, { slots: 1, ttlMs: 60_000, ...(signal ? { signal } : {}) });
}

/**
 * Whatever a process that was killed left in the store must not be in the way of every later look at the target: locks,
 * half a worktree, a git that still brings the same things.
 */
async function pastDeath(
	store: Pick<Store, "git" | "target" | "leases">,
	args: readonly string[],
	options: GitOptions,
) {
	const { gitDir } = store.git.place;
	for (let look = 0; ; look++) {
		try {
			return await pastStaleLocks(gitDir, () => store.git.text(args, options));
		} catch (error) {
			if (look === looksMax) throw error;
			// Git wants to see the commits of all worktrees, and one that is half made names none.
			if (gitSaid(error, /bad object worktrees\//)) await amongTrees(store, async () => sweepHalfMadeTrees(gitDir));
			else if (!gitSaid(error, /cannot lock ref '[^']+': (is at \w+ but expected|reference already exists)/))
				throw error;
		}
	}
}

/** Adding, removing and sweeping worktrees is for one at a time. */
export async function amongTrees<T>(
	{ target, leases }: Pick<Store, "target" | "leases">,
	work: () => Promise<T>,
): Promise<T> {
	const lease = await leases.hold(`trees-${target.name}`, { slots: 1, ttlMs: 30_000 });
	try {
		return await work();
	} finally {
		await lease.release();
	}
}

function unreachable(target: Target, error: unknown): unknown {
	if (gitSaid(error, /shallow/))
		return unusable(`${target.address} is a shallow repository`, "Complete it: git fetch --unshallow, in it.");
	if (gitSaid(error, /mismatched algorithms/)) return sha256(target.address);
	if (gitSaid(error, /dubious ownership/))
		return unusable(
			`${target.address} belongs to another account, and git refuses it`,
			`If you trust it: git config --global --add safe.directory ${target.address}`,
		);
	if (target.kind === "local" && !existsSync(target.address))
		return unusable(
			`${target.address} is not there any more`,
			"Say where it is now: repository.path, or --repository.",
		);
	if (!(error instanceof ShopfloorError) || error.code !== "git-failed") return error;
	return new ShopfloorError(
		"target-unreachable",
		`${error.message}. Nothing was changed; it is tried again. If the repository moved, say where it is now: repository.path.`,
		{ cause: error },
	);
}

/** The commit on which the target's branch stands, as of the last fetch. Rejects with `bad-repository`. */
export async function baseOf({ git, target }: Store, branch: string): Promise<string> {
	const found = await commitOf(git, mirrored(branch));
	if (found !== undefined) return found;
	const there = (await git.text(["for-each-ref", "--format=%(refname:lstrip=3)", "--count=20", mirrored("")])).split(
		"\n",
	);
	if (there[0] === "")
		throw unusable(`${target.address} has no commit yet`, "Make a first one; the crew works on top of something.");
	throw unusable(
		`${target.address} has no branch "${branch}"`,
		`There are: ${there.join(", ")}. Name the base: repository.base, or --base.`,
	);
}

/**
 * A branch of the target, or one of the factory's that the target does not have yet, or a commit by its id, or one some steps before such (`main~2`); undefined
 * when there is none of that name. With `tags` also a tag of the target: to look at. What lands is never one.
 */
export async function findCommit(
	{ git }: Store,
	name: string,
	{ tags = false }: { readonly tags?: boolean } = {},
): Promise<string | undefined> {
	for (const ref of [mirrored(name), `refs/heads/${name}`, ...(tags ? [mirroredTag(name)] : [])]) {
		const found = await commitOf(git, ref);
		if (found !== undefined) return found;
	}
	return /^[0-9a-f]{7,40}([~^][~^0-9]*)?$/.test(name) ? await commitOf(git, name) : undefined;
}

export interface Move {
	/** In full: `refs/heads/main`. */
	readonly ref: string;
	/** Where it must stand; undefined when it must not be there. */
	readonly from: string | undefined;
	/** Where it goes; undefined to take it away. */
	readonly to: string | undefined;
}

/** Moves a ref of the store if it stands where it is thought to. False when it does not. */
export async function moveRef(git: Git, { ref, from, to }: Move): Promise<boolean> {
	const args = to === undefined ? ["-d", ref, from ?? nothing] : [ref, to, from ?? nothing];
	return await pastStaleLocks(git.place.gitDir, async () => {
		const { code, stderr } = await git.answer(["update-ref", ...args], { answers: [0, 1, 128] });
		if (code === 0) return true;
		if (/unable to resolve reference|but expected|already exists|reference is missing/i.test(stderr)) return false;
		throw git.failed(`moving ${ref}: ${stderr.trim()}`);
	});
}

/** What must be there, and is not: rejects with `bad-store`. Reads every object's name, not every object. */
export async function examineStore({ git, dir }: Store): Promise<void> {
	const { code, stdout, stderr } = await git.answer(["fsck", "--connectivity-only", "--no-dangling", "--no-progress"], {
		answers: [0, 1, 2, 3, 4, 5, 6, 7, 8, 128],
		timeoutMs: 10 * 60_000,
	});
	if (code === 0) return;
	throw new ShopfloorError(
		"bad-store",
		`the factory's object store ${join(dir, "store.git")} is damaged: ${firstLines(`${stderr}\n${stdout}`)}. Nothing is landed. Move that folder away; it is fetched anew, and what the target does not have is lost with it.`,
	);
}
