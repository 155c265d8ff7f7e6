/**
 * Takes a landed change back: its reverse is merged onto the present base, judged, and published like any landing. The
 * tests that came with it go with it; every other is missed as after any change.
 */
import type { Lease } from "@shopfloor/core/io";
import { commitTree, mergeTree, treeOf } from "../git/objects.ts";
import { baseOf, fetch } from "../git/store.ts";
import { withoutOurs, withTrailers } from "../git/trailers.ts";
import type { Base, Judgement } from "./change.ts";
import { baseAt } from "./combine.ts";
import type { Pending } from "./journal.ts";
import { holdLander, type LanderOptions, racesMax } from "./lander.ts";
import { publish, recover } from "./publish.ts";
import { type NotRevertable, type Revertable, revertable } from "./revert-what.ts";
import type { LandingSite } from "./site.ts";

export type Reverted =
	| {
			readonly kind: "reverted";
			/** What the base was moved to. */
			readonly commit: string;
			readonly receipt: string;
			/** By their names in the queue. */
			readonly changes: readonly string[];
			/** Ids of tests that came with it, and went with it. */
			readonly givenUp: readonly string[];
			readonly warnings: readonly string[];
	  }
	/** What came after it touches the same places; a person has to do it. */
	| { readonly kind: "conflict"; readonly files: readonly string[] }
	/** Nothing of it is left in the base. */
	| { readonly kind: "nothing" }
	/** The base would be worse without it. */
	| { readonly kind: "bad"; readonly reasons: readonly string[] }
	/** It is no commit of the base's history, or the first of it. */
	| NotRevertable
	| { readonly kind: "waiting"; readonly why: string };

export interface RevertOptions extends LanderOptions {
	/** A commit of the base's history; a merge is taken back whole. */
	readonly commit: string;
	readonly reason: string;
	/** Everything but publishing. */
	readonly dryRun?: boolean;
}

export async function revert(site: LandingSite, options: RevertOptions): Promise<Reverted> {
	const { signal } = options;
	const lease = await holdLander(site, options);
	try {
		for (let race = 0; race <= racesMax; race++) {
			await fetch(site.store, signal);
			const left = options.dryRun ? undefined : await recover(site, lease);
			if (left?.kind === "waiting") return left;
			const reverted = await revertOnce(site, lease, options);
			if (reverted.kind !== "moved") return reverted;
		}
		return { kind: "waiting", why: `the base moved ${racesMax} times while it was checked` };
	} finally {
		await lease.release();
	}
}

async function revertOnce(
	site: LandingSite,
	lease: Lease,
	options: RevertOptions,
): Promise<Reverted | { readonly kind: "moved" }> {
	const { git } = site.store;
	const base = await baseAt(git, await baseOf(site.store, site.branch));
	const what = await revertable(site, options.commit, base);
	if (what.kind === "void") return what;
	const seconds = Math.floor(site.clock.now() / 1_000);
	const merged = await withoutIt(site, what, base, seconds);
	if (merged.kind === "conflict") return merged;
	if (merged.tree === base.tree) return { kind: "nothing" };
	const { judged, givenUp } = await judgeWithout(site, what, merged.tree, base, options.signal);
	if (judged.kind === "bad") return { kind: "bad", reasons: judged.reasons };
	if (judged.kind === "unknown") return { kind: "waiting", why: judged.why };
	const reason = withoutOurs(options.reason).slice(0, reasonMax);
	const message = withTrailers(`Revert "${what.subject.slice(0, 200)}"\n\n${reason}`, {
		Reverts: what.commit,
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
		reverts: what.changes.map((change) => ({ ...change, reason })),
	};
	const published = options.dryRun ? { kind: "published" as const, warnings: [] } : await publish(site, lease, pending);
	if (published.kind !== "published") return published;
	const changes = what.changes.map(({ id }) => id);
	return {
		kind: "reverted",
		commit: pending.to,
		receipt: judged.receipt,
		changes,
		givenUp,
		warnings: published.warnings,
	};
}

/** As much as the log takes. */
const reasonMax = 2_000;

/** The change backwards, standing on the change itself: that is where the merge finds what both have in common. */
async function withoutIt({ store: { git } }: LandingSite, { commit, parent }: Revertable, base: Base, seconds: number) {
	const before = await treeOf(git, parent);
	const message = `Without ${commit}`;
	return await mergeTree(
		git,
		base.commit,
		await commitTree(git, { tree: before, parents: [commit], message, seconds }),
	);
}

interface Judged {
	readonly judged: Judgement;
	readonly givenUp: readonly string[];
}

/** Which tests it brought is asked only where something is missed: on old changes it takes two runs to find out. */
async function judgeWithout(
	{ judge, store: { git } }: LandingSite,
	{ commit, parent }: Revertable,
	tree: string,
	base: Base,
	signal: AbortSignal | undefined,
): Promise<Judged> {
	const judged = await judge.judge(tree, base, { signal });
	if (judged.kind !== "bad") return { judged, givenUp: [] };
	const change = { before: await baseAt(git, parent), after: await baseAt(git, commit) };
	const brought = await judge.brought?.(change, base, { signal });
	if (brought === undefined) return { judged, givenUp: [] };
	if (brought.kind === "unknown")
		return alsoBad(judged, `which tests came with it could not be found out: ${brought.why}`);
	if (brought.ids.length > givenUpMax)
		return alsoBad(judged, `${brought.ids.length} tests came with it, and no more than ${givenUpMax} may go at once`);
	if (brought.ids.length === 0) return { judged, givenUp: [] };
	return { judged: await judge.judge(tree, base, { givenUp: brought.ids, signal }), givenUp: brought.ids };
}

function alsoBad(judged: Extract<Judgement, { kind: "bad" }>, why: string): Judged {
	return { judged: { ...judged, reasons: [...judged.reasons, why] }, givenUp: [] };
}

/** As many as a receipt names. */
const givenUpMax = 2_000;
