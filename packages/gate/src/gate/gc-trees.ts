/**
 * Gives back what nobody uses: trees whose holder is gone, what killed processes left, old rescued work, installations
 * of old lockfiles. Where others are at work the store is packed all the same, and nothing in it is thrown away: what
 * nothing points to goes only when no tree is in use, and when it has been so for two weeks. A commit that a session is
 * about to name is younger.
 */
import { type FileFloor, isGone, type Lease } from "@shopfloor/core/io";
import { sweepScratch } from "../checks/scratch.ts";
import { trimInstallations } from "../dependencies/trim-installations.ts";
import { waitForGits } from "../git/at-work.ts";
import type { Git } from "../git/git.ts";
import { sweepHalfMadePacks, sweepMemory } from "../git/leftovers.ts";
import { pastStaleLocks } from "../git/locks.ts";
import { findStore, moveRef, type Store } from "../git/store.ts";
import type { Target } from "../git/target.ts";
import { asideOf, listTrees, removeTree } from "../git/trees.ts";
import { type ReceiptStore, receiptStore } from "../receipts/receipt-store.ts";
import { baysLease, baysMax } from "./bay.ts";

export interface GcOptions {
	/** Trees that are given up with whatever is unsaved in them. */
	readonly discard?: readonly string[];
	/** Trees that a session of the configuration has; the bays are the gate's own. */
	readonly keep: (name: string) => boolean;
	readonly receipts?: Pick<ReceiptStore, "trim">;
	readonly dryRun?: boolean;
	readonly signal?: AbortSignal;
}

export interface Swept {
	readonly removed: readonly { readonly name: string; readonly rescued: string | undefined }[];
	/** In use by a living process. */
	readonly busy: readonly string[];
	readonly kept: readonly string[];
	/** Refs of rescued work that were dropped. */
	readonly dropped: number;
	/** Keys of installations that were removed. */
	readonly installations: readonly string[];
	readonly packed: boolean;
	/** What nothing points to went, too. */
	readonly pruned: boolean;
}

/**
 * All that can be given back of what the floor holds for a target, at any time, whoever is at work: for every night.
 * Undefined where nothing was ever done for the target.
 */
export async function collect(
	{ stateDir, leases }: Pick<FileFloor, "stateDir" | "leases">,
	target: Target,
	options: Omit<GcOptions, "receipts">,
): Promise<Swept | undefined> {
	const store = findStore(stateDir, target, leases);
	return store === undefined ? undefined : await gcTrees(store, { ...options, receipts: receiptStore(stateDir) });
}

/** The lease that whoever works in a tree holds. */
export function treeLease({ target }: Pick<Store, "target">, name: string): string {
	return `tree-${target.name}-${name}`;
}

export async function gcTrees(store: Store, options: GcOptions): Promise<Swept> {
	const { receipts, dryRun = false, signal } = options;
	const trees = await sweepTrees(store, options);
	if (dryRun)
		return { ...trees, dropped: await dropOldRescues(store, dryRun), installations: [], packed: false, pruned: false };
	sweepMemory(store.dir);
	sweepScratch();
	receipts?.trim();
	const installations = await trimInstallations(store);
	const dropped = await dropOldRescues(store, dryRun);
	await dropOld(store.git, "refs/shopfloor/sent", sentMax);
	const isIdle = trees.busy.length === 0;
	const packed = await pack(store, isIdle ? whole : meanwhile, signal);
	return { ...trees, dropped, installations, packed, pruned: packed && isIdle };
}

async function sweepTrees(
	store: Store,
	{ discard = [], keep, dryRun = false }: GcOptions,
): Promise<Pick<Swept, "removed" | "busy" | "kept">> {
	const removed: { name: string; rescued: string | undefined }[] = [];
	const busy: string[] = [];
	const kept: string[] = [];
	for (const { name } of await listTrees(store)) {
		const given = discard.includes(name);
		if (!given && (keep(name) || asideOf(name) !== undefined)) ((await isHeld(store, name)) ? busy : kept).push(name);
		else {
			const leases = await takeTree(store, name);
			if (leases === undefined) busy.push(name);
			else
				try {
					const rescued = dryRun
						? undefined
						: await removeTree(store, name, given || isBay(name) ? { unsaved: "discard" } : {});
					removed.push({ name, rescued });
				} finally {
					for (const lease of leases) await lease.release();
				}
		}
	}
	return { removed, busy, kept };
}

async function isHeld({ leases, ...store }: Store, name: string): Promise<boolean> {
	const held = await leases.held(isBay(name) ? baysLease(store) : treeLease(store, name));
	return held.some(({ holder, slot }) => !isGone(holder) && (!isBay(name) || name === `bay-${slot + 1}`));
}

function isBay(name: string): boolean {
	return name.startsWith("bay-");
}

/** Bays are one lease of several slots, of which nobody can choose one: all of them, or none. */
async function takeTree(store: Store, name: string): Promise<readonly Lease[] | undefined> {
	const lease = isBay(name) ? baysLease(store) : treeLease(store, name);
	const slots = isBay(name) ? baysMax : 1;
	const taken: Lease[] = [];
	for (let slot = 0; slot < slots; slot++) {
		const got = await store.leases.tryHold(lease, { slots, ttlMs: 60_000 });
		if (got !== undefined) taken.push(got);
	}
	if (taken.length === slots) return taken;
	for (const got of taken) await got.release();
	return undefined;
}

async function dropOldRescues({ git }: Store, dryRun: boolean): Promise<number> {
	return await dropOld(git, "refs/shopfloor/rescue", rescuesMax, dryRun);
}

async function dropOld(git: Git, under: string, keptMax: number, dryRun = false): Promise<number> {
	const format = "--format=%(refname)%00%(objectname)";
	const lines = (await git.text(["for-each-ref", "--sort=-committerdate", format, under])).split("\n");
	const old = lines.filter((line) => line !== "").slice(keptMax);
	for (const line of old) {
		const [ref = "", commit = ""] = line.split("\0");
		if (!dryRun) await moveRef(git, { ref, from: commit, to: undefined });
	}
	return old.length;
}

/** False where somebody else is at it. */
async function pack({ git, leases, target }: Store, steps: typeof whole, signal?: AbortSignal): Promise<boolean> {
	const lease = await leases.tryHold(`pack-${target.name}`, { slots: 1, ttlMs: 60_000 });
	if (lease === undefined) return false;
	const { gitDir } = git.place;
	try {
		// Of a predecessor that was killed.
		for (const command of ["gc", "repack"]) await waitForGits(gitDir, command);
		sweepHalfMadePacks(gitDir);
		for (const args of steps) await pastStaleLocks(gitDir, () => git.text(args, { timeoutMs: packMs, signal }));
		return true;
	} finally {
		await lease.release();
	}
}

/**
 * Forced, as there is a lease for it and git's own lock may be a dead one's. A pack of what nothing points to keeps its
 * objects' ages; loose, each time that they are packed would make them young.
 */
const whole: readonly (readonly string[])[] = [["gc", "--quiet", "--force", "--cruft", "--prune=2.weeks.ago"]];

/**
 * Small packs and single objects become one, whether anything points to them or not: whatever somebody writes or has
 * just written stays. The large packs are left, so that a night costs what a day brought.
 */
const meanwhile: typeof whole = [
	["pack-refs", "--all"],
	["repack", "-d", "-n", "--quiet", "--geometric=2", "--no-write-bitmap-index"],
];

/** Whoever misses a night's work looks for it within a month. */
const rescuesMax = 200;
/** Those of changes that are open are young. As long as the target has a branch, it is kept by that. */
const sentMax = 1_000;
const packMs = 30 * 60_000;
