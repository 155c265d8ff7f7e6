/**
 * What comes before a batch is judged: the changes are examined and ordered, as many as go together are cut off, and these
 * are combined. Moves nothing, and so can be done ahead, on top of a batch that is still being judged.
 */
import type { Store } from "../git/store.ts";
import type { Base, Landed, LandingChange } from "./change.ts";
import { type Combined, combine } from "./combine.ts";
import type { Examiner } from "./facts.ts";
import { landingOrder } from "./order.ts";

export interface Prepared {
	readonly combined: Combined;
	/** Those that cannot land, now or ever. */
	readonly out: readonly Landed[];
	/** What is to be looked at again after this batch. */
	readonly later: readonly LandingChange[];
}

export async function prepare(
	store: Store,
	examiner: Examiner,
	{ queue, base, size }: { queue: readonly LandingChange[]; base: Base; size: number },
): Promise<Prepared> {
	const { facts, out } = await examiner.examine(queue, base);
	const sorted = [...facts].sort(landingOrder);
	const count = sorted[0]?.alone
		? 1
		: Math.min(
				size,
				lengthBefore(sorted, ({ alone }) => alone),
			);
	const ordered = sorted.map(({ change }) => change);
	const combined = await combine(store.git, base, ordered.slice(0, count));
	const again = combined.left.filter(mayLandLater).map(({ change }) => change);
	return {
		combined,
		out: [...out, ...combined.left.filter((left) => !mayLandLater(left))],
		later: [...again, ...ordered.slice(count)],
	};
}

/**
 * The same on the base that has come about, if it has: its commit is another, for what lands is composed anew, but the
 * trees are those that were combined.
 */
export function preparedOn(ahead: Prepared | undefined, base: Base): Prepared | undefined {
	if (ahead === undefined || ahead.combined.base.tree !== base.tree) return undefined;
	return { ...ahead, combined: { ...ahead.combined, base } };
}

function lengthBefore<T>(list: readonly T[], ends: (one: T) => boolean): number {
	const at = list.findIndex(ends);
	return at < 0 ? list.length : at;
}

/** One that only conflicts with another of its batch may get on with the base once that one was turned away. */
function mayLandLater(left: Landed): boolean {
	return left.kind === "conflict" && left.with !== undefined;
}
