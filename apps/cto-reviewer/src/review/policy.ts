/** Whether a change may land by itself. Pure: the strictest policy of those that fit counts, so patterns only add care. */
import type { FactoryConfig } from "@shopfloor/core";
import { anyOf } from "@shopfloor/gate";

type Review = Pick<FactoryConfig["review"], "policy" | "paths">;

export interface Policy {
	readonly policy: Review["policy"];
	/** It touches files of which a person wants to be asked. */
	readonly touchesGuarded: boolean;
}

export function policyFor({ policy, paths }: Review, changed: readonly string[]): Policy {
	const fitting = paths.filter(({ match }) => changed.some(anyOf(match))).map((one) => one.policy);
	return {
		policy: order.findLast((each) => each === policy || fitting.includes(each)) ?? policy,
		touchesGuarded: fitting.includes("ask"),
	};
}

const order = ["auto", "ask-on-finding", "ask"] as const;
