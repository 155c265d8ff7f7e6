import type { Entry } from "../entry.ts";
import { own } from "../own.ts";

export interface Day {
	readonly usd: number;
	/** The part of `usd` that no program reported and the factory estimated. */
	readonly estimatedUsd: number;
	readonly calls: number;
	readonly byRole: Readonly<Record<string, number>>;
}

/** Dollars per day (UTC), keyed `2026-01-31`. */
export type Spending = Readonly<Record<string, Day>>;

const daysKept = 35;

export function foldSpending(spending: Spending, entry: Entry): Spending {
	if (entry.type !== "agent_called") return spending;
	const key = entry.ts.slice(0, 10);
	const day = own(spending, key) ?? { usd: 0, estimatedUsd: 0, calls: 0, byRole: {} };
	const { role, usd, estimated } = entry.data;
	const next = {
		...spending,
		[key]: {
			usd: day.usd + usd,
			estimatedUsd: day.estimatedUsd + (estimated ? usd : 0),
			calls: day.calls + 1,
			byRole: { ...day.byRole, [role]: (own(day.byRole, role) ?? 0) + usd },
		},
	};
	const surplus = Object.keys(next).sort().slice(0, -daysKept);
	for (const old of surplus) delete next[old];
	return next;
}
