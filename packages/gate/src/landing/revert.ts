/** Takes a landed change back: its reverse is merged onto the present base, judged, and published like any landing. */
import type { Lease } from "@shopfloor/core/io";
import { commitTree, isAncestor, mergeTree, treeOf } from "../git/objects.ts";
import { baseOf, fetch } from "../git/store.ts";
import { withTrailers } from "../git/trailers.ts";
import { baseAt } from "./combine.ts";
import type { Pending } from "./journal.ts";
import { publish, recover } from "./publish.ts";
import { type LandingSite, laneOf } from "./site.ts";

export type Reverted =
	| {
			readonly kind: "reverted";
			readonly commit: string;
			readonly receipt: string;
			readonly warnings: readonly string[];
	  }
	/** What came after it touches the same places; a person has to do it. */
	| { readonly kind: "conflict"; readonly files: readonly string[] }
	/** Nothing of it is left in the base. */
	| { readonly kind: "nothing" }
	| { readonly kind: "bad"; readonly reasons: readonly string[] }
	| { readonly kind: "waiting"; readonly why: string };

export interface RevertOptions {
	/** A commit of the base's history with one parent, or a merge that is taken back whole. */
	readonly commit: string;
	/** The change it was, for the log. */
	readonly change: string;
	readonly reason: string;
	readonly signal?: AbortSignal;
}

export async function revert(site: LandingSite, options: RevertOptions): Promise<Reverted> {
	const { signal } = options;
	const lease = await site.leases.hold(`lander-${laneOf(site)}`, {
		slots: 1,
		ttlMs: 60_000,
		...(signal ? { signal } : {}),
	});
	try {
		await fetch(site.store, signal);
		const left = await recover(site, lease);
		if (left?.kind === "waiting") return left;
		return await revertOnce(site, lease, options);
	} finally {
		await lease.release();
	}
}

async function revertOnce(site: LandingSite, lease: Lease, options: RevertOptions): Promise<Reverted> {
	const { git } = site.store;
	const { commit, change, reason, signal } = options;
	const base = await baseAt(git, await baseOf(site.store, site.branch));
	if (!(await isAncestor(git, commit, base.commit))) return { kind: "nothing" };
	// The change backwards, standing on the change itself: that is where the merge finds what both have in common.
	const before = await treeOf(git, `${commit}^`);
	const seconds = Math.floor(site.clock.now() / 1_000);
	const backwards = await commitTree(git, { tree: before, parents: [commit], message: `Without ${change}`, seconds });
	const merged = await mergeTree(git, base.commit, backwards);
	if (merged.kind === "conflict") return merged;
	if (merged.tree === base.tree) return { kind: "nothing" };
	const judged = await site.judge.judge(merged.tree, base, { signal });
	if (judged.kind === "bad") return judged;
	if (judged.kind === "unknown") return { kind: "waiting", why: judged.why };
	const subject = await git.text(["log", "-1", "--format=%s", commit]);
	const message = withTrailers(`Revert "${subject.slice(0, 200)}"\n\n${reason.slice(0, 2_000)}`, {
		Reverts: commit,
		Receipt: judged.receipt,
		"Log-Head": site.logHead(),
	});
	const pending: Pending = {
		branch: site.branch,
		from: base.commit,
		to: await commitTree(git, { tree: merged.tree, parents: [base.commit], message, seconds }),
		tree: merged.tree,
		receipt: judged.receipt,
		changes: [],
		reverts: [{ id: change, commit, reason: reason.slice(0, 2_000) }],
	};
	const published = await publish(site, lease, pending);
	if (published.kind === "waiting") return published;
	if (published.kind === "moved") return { kind: "waiting", why: "the base moved meanwhile" };
	return { kind: "reverted", commit: pending.to, receipt: judged.receipt, warnings: published.warnings };
}
