/** What is done at the target in one turn: look at what is pending, land what is approved, watch what landed. */
import type { Change, FactoryConfig } from "@shopfloor/core";
import type { Turn, World } from "@shopfloor/core/io";
import { dropSpent } from "./landing/drop-spent.ts";
import { landApproved } from "./landing/land-approved.ts";
import { watchLanded } from "./landing/watch-landed.ts";
import { openChanges } from "./moves.ts";
import { reviewChange } from "./review/review-change.ts";
import { openSite, type Site } from "./site.ts";

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

/** One that was brought onto a newer base meanwhile is another commit, and is looked at once more. */
async function reviewAndLand(site: Site): Promise<void> {
	const looked = new Set<string>();
	for (;;) {
		for (const change of (await pendingOf(site, looked)).slice(0, togetherMost)) {
			looked.add(change.commit);
			await reviewChange(site, change);
		}
		await landApproved(site);
		if (looked.size >= reviewsMost || (await pendingOf(site, looked)).length === 0) return;
	}
}

async function pendingOf({ world }: Site, looked: ReadonlySet<string>): Promise<readonly Change[]> {
	const pending = (await openChanges(world)).filter(
		({ status, commit }) => status === "pending" && !looked.has(commit),
	);
	return pending.sort((one, other) => (one.created < other.created ? -1 : Number(one.created > other.created)));
}
