/** Why an agent was not called, in a sentence. Pure. */
import type { Scope } from "../purse/decide.ts";
import type { Paid } from "../purse/pay.ts";

export function whyNot(paid: Exclude<Paid, { kind: "called" }>): { readonly why: string; readonly until?: string } {
	switch (paid.kind) {
		case "paused":
			return { why: paid.reason, ...(paid.until === undefined ? {} : { until: paid.until }) };
		case "stopped":
			return { why: paid.reason };
		case "over":
			return {
				why: `the budget of ${nameOf(paid.scope)} is spent: $${paid.spentUsd.toFixed(2)} of $${paid.capUsd.toFixed(2)}`,
			};
		case "wait":
			return {
				why: `calls that are under way have reserved the rest of the budget of ${nameOf(paid.scope)}: $${paid.reservedUsd.toFixed(2)} of $${paid.capUsd.toFixed(2)}`,
			};
		case "too-fast":
			return { why: `${paid.calls} paid calls of the ${paid.role} within an hour are taken for a loop` };
	}
}

function nameOf(scope: Scope): string {
	switch (scope.kind) {
		case "call":
			return "one call";
		case "day":
			return "the day";
		case "role":
			return `the ${scope.role}`;
		case "task":
			return `task ${scope.task}`;
		case "ticket":
			return `ticket ${scope.ticket}`;
	}
}
