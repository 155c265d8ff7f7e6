/** Up to where the base is known to be good. Found anew when it is lost. */
import type { RecordKind } from "@shopfloor/core";
import { type Ledger, ledger } from "@shopfloor/core/io";
import { z } from "zod";
import { type LandingSite, laneOf } from "./site.ts";

const Seen = z.strictObject({ good: z.string().max(64).nullable() });
type Seen = z.infer<typeof Seen>;

export function watchedOf(site: LandingSite): Ledger<Seen> {
	const kind: RecordKind<Seen> = {
		key: `watched/${laneOf(site)}`,
		schema: Seen,
		empty: { good: null },
		faults: () => [],
	};
	return ledger(site.records, kind);
}

/** What the first landing stood on is what the first look compares with. */
export async function watchFrom(site: LandingSite, commit: string): Promise<void> {
	const seen = watchedOf(site);
	if ((await seen.read()).value.good === null) await seen.update(({ good }) => ({ good: good ?? commit }));
}
