/** What is done at the target in one turn: look at what is pending, land what is approved, watch what landed. */
import type { Change, FactoryConfig } from "@shopfloor/core";
import type { Turn, World } from "@shopfloor/core/io";
import { dropSpent } from "./landing/drop-spent.ts";
import { landApproved } from "./landing/land-approved.ts";
import { watchLanded } from "./landing/watch-landed.ts";
import { openChanges } from "./moves.ts";
import { reviewChange } from "./review/review-change.ts";
import { openSite, type Site } from "./site.ts";
import { turnAwayUnwanted } from "./turn-away.ts";

export async function work(
	world: World,
	turn: Turn,
	repository: NonNullable<FactoryConfig["repository"]>,
): Promise<void> {
	const site = await openSite(world, turn, repository);
	try {
		await reviewAndLand(site);
		await watchLanded(site);
		await dropSpent(site);
	} finally {
		await site.close();
	}
}

/** Landed after so many reviews: who is approved early does not wait for those who come late. */
const togetherMost = 8;
/** In one turn. The rest waits for the next, so that people are heard in between. */
const reviewsMost = 64;
/** Whoever cannot be asked about so many in a row cannot be asked about the others either. */
const waitsMost = 3;

/** One that was brought onto a newer base meanwhile is another commit, and is looked at once more. */
async function reviewAndLand(site: Site): Promise<void> {
	const looked = new Set<string>();
	let waits = 0;
	for (;;) {
		for (const change of (await pendingOf(site, looked)).slice(0, togetherMost)) {
			if (waits === waitsMost) break;
			looked.add(change.commit);
			if ((await turnAwayUnwanted(site.world)).includes(change.id)) continue;
			waits = (await reviewChange(site, change)) === "waits" ? waits + 1 : 0;
		}
		await landApproved(site);
		const isOver = waits === waitsMost || looked.size >= reviewsMost;
		if (isOver || (await pendingOf(site, looked)).length === 0) return;
	}
}

/** Those that were looked at longest ago first: one that always waits keeps no other from its turn. */
async function pendingOf({ world }: Site, looked: ReadonlySet<string>): Promise<readonly Change[]> {
	const pending = (await openChanges(world)).filter(
		({ status, commit }) => status === "pending" && !looked.has(commit),
	);
	return pending.sort((one, other) => (one.changed < other.changed ? -1 : Number(one.changed > other.changed)));
}
