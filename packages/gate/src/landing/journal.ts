/**
 * What a lander is about to publish, written down before it does. Publishing is one step at the target (a ref moves or
 * does not), but what follows from it is not: the next lander finds here what the last one could not finish.
 */

import type { RecordKind } from "@shopfloor/core";
import { type Ledger, ledger } from "@shopfloor/core/io";
import { z } from "zod";
import { type LandingSite, laneOf } from "./site.ts";

/** A ref's name may have 255 bytes. */
const Id = z.string().min(1).max(300);

const Pending = z.strictObject({
	branch: Id,
	/** Of the base, before and after. */
	from: Id,
	to: Id,
	tree: Id,
	receipt: Id,
	changes: z
		.array(
			z.strictObject({
				id: Id,
				branch: Id,
				approved: Id,
				commit: Id,
				session: z.string().max(80).optional(),
				task: z.string().max(120).optional(),
			}),
		)
		.max(100),
	/** Set for a landing that takes others back. */
	reverts: z
		.array(z.strictObject({ id: Id, commit: Id, reason: z.string().max(2_000) }))
		.max(100)
		.optional(),
});
export type Pending = z.infer<typeof Pending>;

const Journal = z.strictObject({ pending: Pending.nullable() });
export type Journal = z.infer<typeof Journal>;

export function journalOf(site: Pick<LandingSite, "store" | "branch" | "records">): Ledger<Journal> {
	const kind: RecordKind<Journal> = {
		key: `landings/${laneOf(site)}`,
		schema: Journal,
		empty: { pending: null },
		faults: ({ pending: before }, { pending: next }) =>
			before !== null && next !== null && before.to !== next.to
				? [`the landing of ${before.to} is neither finished nor given up`]
				: [],
	};
	return ledger(site.records, kind);
}
