/**
 * Writing to the target: refs move, all or none, and only from where they are thought to stand. It is the one way in which
 * the factory changes a person's repository.
 */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { folderOf, notCommitted } from "./checkout.ts";
import { firstLines } from "./git.ts";
import { looksMax, takeStaleLock } from "./locks.ts";
import type { Move, Store } from "./store.ts";
import { takeBack } from "./take-back.ts";
import type { Target } from "./target.ts";

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
		pushed: code === 0 ? ({ kind: "pushed" } as const) : await whyNot(target, stdout.toString("utf8"), stderr, moves),
		stderr,
	};
}

async function whyNot(target: Target, stdout: string, stderr: string, moves: readonly Move[]): Promise<Pushed> {
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
	return { kind: "refused", why: await explain(cause, target, moves) };
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

async function explain(cause: string, target: Target, [move]: readonly Move[]): Promise<string> {
	const lock = join(target.address, ".git", "index.lock");
	// The receiver does not say what kept it from the checkout.
	if (/Up-to-date check failed|update working tree/.test(cause) && target.kind === "local" && existsSync(lock))
		return `${lock} is there. ${takeItAway}`;
	if (/staged changes|[Uu]ncommitted|not up to date|would be overwritten|local modifications/.test(cause)) {
		const branch = move?.ref.replace("refs/heads/", "") ?? "the branch";
		const folder = target.kind === "local" ? await folderOf(target, branch) : undefined;
		return notCommitted(folder ?? target.address, branch);
	}
	return cause.trim().slice(0, 500);
}

const takeItAway = "If no git works there, one that died left it: take that file away";
