/**
 * Looks whether the base is as good as when it was last looked at, with nothing remembered: a flake that
 * passed once, or what a check met only where it landed, shows afterwards. If it is worse, the landing that made it so is searched by
 * halves and taken back. What a person put there is never touched: it is told.
 */

import { commitOf, isAncestor, treeOf } from "../git/objects.ts";
import { baseOf, fetch, mirrored } from "../git/store.ts";
import { readReceiptText } from "../receipts/receipt.ts";
import type { Asked, Base, Judge, Judgement } from "./change.ts";
import { baseAt } from "./combine.ts";
import { type BaseCommit, firstParents } from "./history.ts";
import type { LanderOptions } from "./lander.ts";
import { type Reverted, revert } from "./revert.ts";
import { revertable } from "./revert-what.ts";
import type { LandingSite } from "./site.ts";
import { watchedOf } from "./watched.ts";

export type Watched =
	| { readonly kind: "good"; readonly commit: string }
	/** Nothing to compare with yet; from here on it is watched. */
	| { readonly kind: "first"; readonly commit: string }
	| { readonly kind: "unknown"; readonly why: string }
	| { readonly kind: "foreign"; readonly commit: string; readonly subject: string; readonly reasons: readonly string[] }
	| {
			readonly kind: "culprit";
			readonly commit: string;
			readonly change: string;
			readonly reasons: readonly string[];
			readonly reverted: Reverted;
	  };

export interface WatchOptions extends LanderOptions {
	/** Nothing is taken back, and nothing noted. */
	readonly dryRun?: boolean;
}

/** `fresh` judges with nothing remembered. */
export async function watchBase(site: LandingSite, fresh: Judge, options: WatchOptions = {}): Promise<Watched> {
	const { store, branch } = site;
	const { signal } = options;
	await fetch(store, signal);
	const tip = await baseOf(store, branch);
	const seen = watchedOf(site);
	const { good } = (await seen.read()).value;
	// A history that was written anew has nothing to be compared with.
	const known =
		good !== null && (await commitOf(store.git, good)) !== undefined && (await isAncestor(store.git, good, tip));
	const note = async (commit: string) => {
		if (!options.dryRun) await seen.update(() => ({ good: commit }));
	};
	if (!known) {
		await note(tip);
		return { kind: "first", commit: tip };
	}
	// Nothing has landed since that could have made it worse.
	if (good === tip) return { kind: "good", commit: tip };
	const from = await baseAt(store.git, good);
	const givenUp = await givenUpSince(site, good);
	const asked: Asked = { givenUp, signal };
	const judged = await judgeAt(site, fresh, tip, from, asked);
	if (judged.kind === "unknown") return judged;
	if (judged.kind === "good") {
		await note(tip);
		return { kind: "good", commit: tip };
	}
	return await findCulprit(site, fresh, from, judged.reasons, asked, options);
}

/** What landed may have been allowed to take tests away; its proof says which. */
async function givenUpSince({ store, branch, receiptText }: LandingSite, good: string): Promise<string[]> {
	const landings = await firstParents(store, [`${good}..${mirrored(branch)}`]);
	return landings.flatMap(({ receipt: key = "", note }) =>
		[receiptText(key), note].flatMap((text) => {
			const read = text === undefined ? undefined : readReceiptText(text, key);
			return read?.kind === "receipt" ? read.receipt.givenUp : [];
		}),
	);
}

async function judgeAt(
	{ store }: LandingSite,
	fresh: Judge,
	commit: string,
	from: Base,
	asked: Asked,
): Promise<Judgement> {
	return await fresh.judge(await treeOf(store.git, commit), from, asked);
}

async function findCulprit(
	site: LandingSite,
	fresh: Judge,
	from: Base,
	reasons: readonly string[],
	asked: Asked,
	options: WatchOptions,
): Promise<Watched> {
	const landings = await firstParents(site.store, [`${from.commit}..${mirrored(site.branch)}`]);
	const landing = await firstBad(landings, (commit) => judgeAt(site, fresh, commit, from, asked));
	if (landing === undefined) return { kind: "unknown", why: "the base is worse at one look and not at the next" };
	if ("why" in landing) return { kind: "unknown", why: landing.why };
	if (!landing.ours) {
		// Told once. What comes after it is compared with it, and not charged with its failures.
		if (!options.dryRun) await watchedOf(site).update(() => ({ good: landing.commit }));
		return { kind: "foreign", commit: landing.commit, subject: landing.subject, reasons };
	}
	const chain = await chainOf(site, landing);
	const inner = await firstBad(chain, (commit) => judgeAt(site, fresh, commit, from, asked));
	const culprit = inner === undefined || "why" in inner ? landing : inner;
	const reason = `Found worse after it had landed: ${reasons.join("; ")}`;
	const { commit } = culprit;
	const what = await revertable(site, commit, await baseAt(site.store.git, await baseOf(site.store, site.branch)));
	const change = what.kind === "void" ? commit : what.changes.map(({ id }) => id).join(", ");
	const reverted = await revert(site, { ...options, commit, reason });
	return { kind: "culprit", commit, change, reasons, reverted };
}

/** The changes of a merge, oldest first; a landing of one is itself. */
async function chainOf({ store }: LandingSite, landing: BaseCommit): Promise<BaseCommit[]> {
	const [before, end] = landing.parents;
	return end === undefined || before === undefined ? [landing] : await firstParents(store, [`${before}..${end}`]);
}

/** Good before the first, bad at the last: where it turns. */
async function firstBad(
	commits: readonly BaseCommit[],
	judge: (commit: string) => Promise<Judgement>,
): Promise<BaseCommit | { why: string } | undefined> {
	let good = -1;
	let bad = commits.length - 1;
	while (bad - good > 1) {
		const middle = Math.floor((good + bad) / 2);
		const judged = await judge(commits[middle]?.commit ?? "");
		if (judged.kind === "unknown") return { why: judged.why };
		if (judged.kind === "good") good = middle;
		else bad = middle;
	}
	return commits[bad];
}
