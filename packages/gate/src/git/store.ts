/**
 * The object store: one bare repository of the factory's own for each target. Every worktree hangs on it, and what is
 * made is made in it. Nothing in it is configured by the target, and no agent can write to it.
 *
 * The target's base branch is the only main there is (ADR 9). The store mirrors the target's branches under
 * `refs/remotes/target/`, and holds the factory's own under `refs/heads/`.
 */
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { crashAt, type Leases, ShopfloorError, uniqueName } from "@shopfloor/core/io";
import { Git, gitSaid } from "./git.ts";
import { sweepHalfMadeTrees, sweepStore } from "./leftovers.ts";
import { looksMax, pastStaleLocks, takeStaleLock } from "./locks.ts";
import { commitOf, nothing } from "./objects.ts";
import { takeBack } from "./take-back.ts";
import { type Target, unusable } from "./target.ts";

export interface Store {
	readonly target: Target;
	/** Of everything that the factory keeps about this target. */
	readonly dir: string;
	readonly git: Git;
	readonly leases: Leases;
}

export async function openStore(stateDir: string, target: Target, leases: Leases): Promise<Store> {
	const dir = join(stateDir, "repositories", target.name);
	const gitDir = join(dir, "store.git");
	const git = new Git({ gitDir });
	mkdirSync(dir, { recursive: true, mode: 0o700 });
	sweepStore(dir, gitDir);
	if (!existsSync(gitDir)) await create(gitDir);
	return { target, dir, git, leases };
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

/** Notes travel with the target; those that came from it stand here until they are joined with ours. */
export const notes = { ours: "refs/notes/shopfloor", theirs: "refs/notes/shopfloor-target" } as const;

/** Brings what the target has. Rejects with `target-unreachable` when it cannot be asked now. */
export async function fetch({ git, target, leases }: Store, signal?: AbortSignal): Promise<void> {
	// Two at once would trip over each other's refs.
	const lease = await leases.hold(`fetch-${target.name}`, { slots: 1, ttlMs: 60_000, ...(signal ? { signal } : {}) });
	try {
		await pastDeath(
			{ git, target, leases },
			[
				"fetch",
				"--quiet",
				"--prune",
				"--no-tags",
				"--no-write-fetch-head",
				"--no-auto-maintenance",
				"--end-of-options",
				target.address,
				`+refs/heads/*:${mirrored("*")}`,
				`+${notes.ours}*:${notes.theirs}*`,
			],
			signal,
		);
	} catch (error) {
		throw unreachable(target, error);
	} finally {
		await lease.release();
	}
}

/**
 * Whatever a process that was killed left in the store must not be in the way of every later look at the target: locks,
 * half a worktree, a git that still brings the same things.
 */
async function pastDeath(
	store: Pick<Store, "git" | "target" | "leases">,
	args: readonly string[],
	signal?: AbortSignal,
) {
	const { gitDir } = store.git.place;
	for (let look = 0; ; look++) {
		try {
			return await pastStaleLocks(gitDir, () => store.git.text(args, { transport: true, signal }));
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

/** A branch of the target or of the factory, or a commit by its id; undefined when there is none of that name. */
export async function findCommit({ git }: Store, name: string): Promise<string | undefined> {
	for (const ref of [mirrored(name), `refs/heads/${name}`]) {
		const found = await commitOf(git, ref);
		if (found !== undefined) return found;
	}
	return /^[0-9a-f]{7,40}$/.test(name) ? await commitOf(git, name) : undefined;
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

export type Pushed =
	| { readonly kind: "pushed" }
	/** It stands elsewhere than was thought: somebody else moved it. */
	| { readonly kind: "moved" }
	/** The target does not want it, and says why. */
	| { readonly kind: "refused"; readonly why: string }
	| { readonly kind: "unreachable"; readonly why: string };

/** Moves refs of the target, all or none, and only from where they are thought to stand. */
export async function push(store: Store, moves: readonly Move[], signal?: AbortSignal): Promise<Pushed> {
	for (let look = 0; ; look++) {
		const { pushed, stderr } = await pushOnce(store, moves, signal);
		if (pushed.kind === "pushed" || pushed.kind === "unreachable") return pushed;
		const isMended = await mend(store.target, moves, stderr);
		if (!isMended || pushed.kind === "moved" || look === looksMax) return pushed;
	}
}

/** What a receiver that was killed, or came too late, left in a repository on this machine. True when there was something. */
async function mend(target: Target, moves: readonly Move[], said: string): Promise<boolean> {
	if (target.kind === "remote") return false;
	let isMended = takeStaleLock(target.address, said);
	for (const { to } of moves) if (to !== undefined && (await takeBack(target, to))) isMended = true;
	return isMended;
}

async function pushOnce({ git, target }: Store, moves: readonly Move[], signal: AbortSignal | undefined) {
	const leases = moves.map(({ ref, from }) => `--force-with-lease=${ref}:${from ?? ""}`);
	const specs = moves.map(({ ref, to }) => `${to ?? ""}:${ref}`);
	const args = [
		"push",
		"--porcelain",
		"--atomic",
		"--no-verify",
		...leases,
		...receiver(target),
		"--end-of-options",
		target.address,
		...specs,
	];
	const { code, stdout, stderr } = await git.answer(args, { transport: true, answers: [0, 1, 128], signal });
	return {
		pushed: code === 0 ? ({ kind: "pushed" } as const) : whyNot(target, stdout.toString("utf8"), stderr),
		stderr,
	};
}

function whyNot(target: Target, stdout: string, stderr: string): Pushed {
	const lines = stdout.split("\n").filter((line) => line.startsWith("!"));
	const refusals = lines.map((line) => line.split("\t").slice(1).join(" "));
	if (refusals.length === 0) return { kind: "unreachable", why: firstLines(stderr) };
	const lock = /Unable to create '([^']+\.lock)': File exists/.exec(stderr)?.[1];
	if (lock !== undefined) return { kind: "refused", why: `${resolve(lock)} is there. ${takeItAway}` };
	if (refusals.some((line) => /stale info|fetch first|non-fast-forward|cannot lock ref|incorrect old value/.test(line)))
		return { kind: "moved" };
	// Two may move it in the same moment; then the receiver says only that it could not.
	if (/cannot lock ref '[^']+': (is at \w+ but expected|reference already exists)/.test(stderr))
		return { kind: "moved" };
	const cause = refusals.find((line) => !/atomic push failed/.test(line)) ?? refusals[0] ?? "";
	return { kind: "refused", why: explain(cause, target) };
}

/**
 * In a repository on this machine the base is often checked out by the person. Its files follow when nothing in them is
 * uncommitted; else the push is refused. Hooks of the target may lie among files that a change wrote.
 */
function receiver({ kind }: Target): string[] {
	if (kind === "remote") return [];
	const settings = [
		"receive.denyCurrentBranch=updateInstead",
		"core.hooksPath=/dev/null",
		"core.fsmonitor=false",
		"gc.auto=0",
	];
	return [`--receive-pack=git ${settings.map((setting) => `-c ${setting}`).join(" ")} receive-pack`];
}

function explain(cause: string, { kind, address }: Target): string {
	const lock = join(address, ".git", "index.lock");
	// The receiver does not say what kept it from the checkout.
	if (/Up-to-date check failed|update working tree/.test(cause) && kind === "local" && existsSync(lock))
		return `${lock} is there. ${takeItAway}`;
	if (/staged changes|[Uu]ncommitted|not up to date|would be overwritten|local modifications/.test(cause))
		return `the branch is checked out in ${address}, where something is not committed. Commit or stash it there, or check out another branch`;
	return cause.trim().slice(0, 500);
}

const takeItAway = "If no git works there, one that died left it: take that file away";

function firstLines(text: string): string {
	return text.trim().split("\n").slice(0, 5).join("\n").slice(0, 1_000);
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
