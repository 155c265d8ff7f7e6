/** What a killed process leaves in a store. Each has its owner's name in it, and goes when that one is gone. */
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { isGone, leftoversIn, sweep as sweepLeftovers } from "@shopfloor/core/io";

/** `store.git` half made, and files that were to last for a moment. */
export function sweepStore(dir: string, gitDir: string): void {
	sweep(dir, /^store\.git\.(.+)$/);
	sweep(gitDir, /^passing-(?:index|excludes)\.(.+?)(?:\.lock)?$/);
}

/** Entries of worktrees that a git was killed over. For whoever may add and remove trees. */
export function sweepHalfMadeTrees(gitDir: string): void {
	const folder = join(gitDir, "worktrees");
	for (const name of existsSync(folder) ? readdirSync(folder) : [])
		if (!namesCommit(join(folder, name, "HEAD"))) rmSync(join(folder, name), { recursive: true, force: true });
}

/**
 * Packs that a killed git was writing: git names nobody in them. For whoever packs alone, and then those of other packers
 * are nobody's; with one of them in the way git would collect nothing any more. Those of a fetch may be of one that lives,
 * for as long as none takes.
 */
export function sweepHalfMadePacks(gitDir: string): void {
	const folder = join(gitDir, "objects/pack");
	for (const name of existsSync(folder) ? readdirSync(folder) : []) {
		const path = join(folder, name);
		if (name.startsWith(".tmp-") || (name.startsWith("tmp_") && ageOf(path) > fetchMsMax))
			rmSync(path, { force: true });
	}
}

const fetchMsMax = 24 * 60 * 60_000;

function ageOf(path: string): number {
	const stat = statSync(path, { throwIfNoEntry: false });
	return stat === undefined ? 0 : Date.now() - stat.mtimeMs;
}

function namesCommit(head: string): boolean {
	return existsSync(head) && /^(ref: |(?!0{40})[0-9a-f]{40})/.test(readFileSync(head, "utf8"));
}

export function passing(gitDir: string, what: "index" | "excludes", owner: string): string {
	return join(gitDir, `passing-${what}.${owner}`);
}

/** Files that were to replace others, in the folders of what is remembered about the target. */
export function sweepMemory(dir: string): void {
	for (const entry of readdirSync(dir, { withFileTypes: true }))
		if (entry.isDirectory() && !heldByLeases.has(entry.name)) sweepLeftovers(leftoversIn(join(dir, entry.name)));
}

/** Whoever sweeps these holds a lease: they are not files of ours. */
const heldByLeases = new Set(["store.git", "trees", "installations"]);

function sweep(folder: string, pattern: RegExp): void {
	if (!existsSync(folder)) return;
	for (const name of readdirSync(folder)) {
		const owner = pattern.exec(name)?.[1];
		if (owner !== undefined && isGone(owner)) rmSync(join(folder, name), { recursive: true, force: true });
	}
}
