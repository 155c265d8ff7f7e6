/**
 * A plan becomes a claim when its hack is written down, by one session at a time: two that looked in the same moment
 * plan the same. Whoever comes second plans again, knowing what the first has taken.
 */
import { type FactoryState, own } from "@shopfloor/core";
import { currentState } from "@shopfloor/core/io";
import { cycleBranch } from "@shopfloor/gate";
import type { Cycling } from "./cycling.ts";
import type { Plan } from "./handed-on.ts";
import { heldByOthers, meeting } from "./held.ts";
import type { Site } from "./site.ts";

export type Claimed =
	| { readonly kind: "claimed" }
	/** All that others hold by now. */
	| { readonly kind: "taken"; readonly held: readonly string[]; readonly titles: readonly string[] };

/** Reading the end of the log and writing one entry. */
const ttlMs = 10_000;

export async function claim({ world, floor, base, signal }: Site, cycling: Cycling, plan: Plan): Promise<Claimed> {
	const { name } = world;
	const lease = await floor.leases.hold("claims", { slots: 1, ttlMs, signal });
	try {
		const state = await currentState(floor);
		const held = await heldByOthers(world, state);
		const titles = titlesOf(state, name);
		if (meeting(plan.files, held).length > 0 || titles.includes(plan.title)) return { kind: "taken", held, titles };
		const branch = cycleBranch(name, cycling.beganMs);
		await cycling.step("hack", { title: plan.title, files: [...plan.files], base: base.commit, branch });
		return { kind: "claimed" };
	} finally {
		await lease.release();
	}
}

/** Of the others' cycles; a failing test's task names no files. */
function titlesOf({ work }: FactoryState, session: string): string[] {
	return Object.keys(work.cycles).flatMap((name) => (name === session ? [] : (own(work.cycles, name)?.title ?? [])));
}
