/** What one step of a cycle hands on to the next. */
import type { Task } from "@shopfloor/core";
import type { Measured } from "./analyze.ts";
import type { Known } from "./read.ts";

export interface PlanFacts {
	readonly known: Known;
	readonly analyzed: Measured;
	readonly task: Task | undefined;
}

export interface Plan {
	readonly title: string;
	readonly detail: string;
	/** Empty where nobody knows them yet. */
	readonly files: readonly string[];
	/** Where the agent that planned goes on with what it knows by now. */
	readonly conversation?: { readonly agent: string; readonly id: string };
}

export interface HackFacts {
	readonly known: Known;
	readonly analyzed: Measured;
	readonly plan: Plan;
}
