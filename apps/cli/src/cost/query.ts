/** What was asked for, or every reason why it makes no sense. Pure. */
import { didYouMean } from "../did-you-mean.ts";
import type { CostOptions } from "./options.ts";

const groupings = ["role", "agent", "task"] as const;
export type Grouping = (typeof groupings)[number];

export type CostQuery =
	| { readonly kind: "query"; readonly days: number; readonly by: Grouping }
	| { readonly kind: "faults"; readonly faults: readonly string[] };

export function costQueryOf({ days = "7", by = "role" }: CostOptions): CostQuery {
	const faults: string[] = [];
	const count = /^\d{1,4}$/.test(days) ? Number(days) : 0;
	if (count < 1 || count > daysMax)
		faults.push(`--days "${days}" is no number of days. Give a whole number from 1 to ${daysMax}.`);
	const grouping = groupings.find((known) => known === by);
	if (grouping === undefined) faults.push(`--by "${by}" is nothing to add up by. ${didYouMean(by, groupings)}`);
	if (faults.length > 0 || grouping === undefined) return { kind: "faults", faults };
	return { kind: "query", days: count, by: grouping };
}

/** So many are remembered. */
const daysMax = 35;
