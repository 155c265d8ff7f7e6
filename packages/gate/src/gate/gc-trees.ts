/**
 * Gives back what nobody uses: trees whose holder is gone, what killed processes left, old rescued work. Only here does
 * git collect garbage, when no tree is in use, and only what nothing has pointed to for two weeks: a commit that a
 * session is about to name is younger.
 */

import { join } from "node:path";
import type { Lease } from "@shopfloor/core/io";
import { sweepScratch } from "../checks/scratch.ts";
import { sweepMemory } from "../git/leftovers.ts";
import { moveRef, type Store } from "../git/store.ts";
import { listTrees, removeTree } from "../git/trees.ts";
import type { ReceiptStore } from "../receipts/receipt-store.ts";
import { baysLease, baysMax } from "./bay.ts";
import { keepNewest } from "./keep-newest.ts";

export interface GcOptions {
	/** Trees that are given up with whatever is unsaved in them. */
	readonly discard?: readonly string[];
	/** Trees that a session of the configuration has; the bays are the gate's own. */
	readonly keep: (name: string) => boolean;
	readonly receipts?: Pick<ReceiptStore, "trim">;
	readonly dryRun?: boolean;
}

export interface Swept {
	readonly removed: readonly { readonly name: string; readonly rescued: string | undefined }[];
	/** In use by a living process. */
	readonly busy: readonly string[];
	readonly kept: readonly string[];
	/** Refs of rescued work that were dropped. */
	readonly dropped: number;
	readonly packed: boolean;
}

/** The lease that whoever works in a tree holds. */
export function treeLease({ target }: Pick<Store, "target">, name: string): string {
	return `tree-${target.name}-${name}`;
}

export async function gcTrees(
	store: Store,
	{ discard = [], keep, receipts, dryRun = false }: GcOptions,
): Promise<Swept> {
	const removed: { name: string; rescued: string | undefined }[] = [];
	const busy: string[] = [];
	const kept: string[] = [];
	for (const { name } of await listTrees(store)) {
		const given = discard.includes(name);
		if (!given && keep(name)) ((await isHeld(store, name)) ? busy : kept).push(name);
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
	if (!dryRun) {
		sweepMemory(store.dir);
		sweepScratch();
		// Runs may have theirs mounted.
		if (busy.length === 0) keepNewest(join(store.dir, "installations"), installationsMax);
		receipts?.trim();
	}
	const dropped = await dropOldRescues(store, dryRun);
	const packed = busy.length === 0 && !dryRun;
	if (packed) await store.git.text(["gc", "--quiet", `--prune=${unreachableFor}`], { timeoutMs: packMs });
	return { removed, busy, kept, dropped, packed };
}

async function isHeld({ leases, ...store }: Store, name: string): Promise<boolean> {
	return (await leases.held(treeLease(store, name))).length > 0;
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
	const format = "--format=%(refname)%00%(objectname)";
	const lines = (await git.text(["for-each-ref", "--sort=-committerdate", format, "refs/shopfloor/rescue"])).split(
		"\n",
	);
	const old = lines.filter((line) => line !== "").slice(rescuesMax);
	for (const line of old) {
		const [ref = "", commit = ""] = line.split("\0");
		if (!dryRun) await moveRef(git, { ref, from: commit, to: undefined });
	}
	return old.length;
}

/** Those of the lockfiles of late; a large one has half a gigabyte. */
const installationsMax = 5;
/** Whoever misses a night's work looks for it within a month. */
const rescuesMax = 200;
const unreachableFor = "2.weeks.ago";
const packMs = 30 * 60_000;
