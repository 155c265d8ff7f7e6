/** What the gate finds on a base branch: the commit, by what it is measured, and what a person should know. */
import { isShopfloorError, processGroupRunner } from "@shopfloor/core/io";
import { type Evaluation, evaluate, type Note, notesOn, openGate, type Target } from "@shopfloor/gate";
import type { Context } from "../context.ts";
import { changingFloor } from "../with-floor.ts";

type Definition = Evaluation["definition"];

export interface BaseSight {
	readonly branch: string;
	readonly commit: string;
	/** Where the base's own definition is faulty, every fault of it. */
	readonly definition: Definition | { readonly faults: string };
	readonly notes: readonly Note[];
}

/** Brings the repository into the factory's store. Nothing of it is run. Rejects where it has no such branch. */
export async function lookAtBase(context: Context, target: Target, branch: string | undefined): Promise<BaseSight> {
	const { clock } = context;
	const starts = (what: string) => context.note(`${what}…`);
	const signal = context.interruption();
	return await changingFloor(context, async (floor) => {
		const gate = await openGate({ floor, target, branch, runner: processGroupRunner, clock, starts, signal });
		const base = await gate.base();
		const notes = await notesOn(gate.store, base.commit);
		return { branch: gate.branch, commit: base.commit, definition: await definitionOf(), notes };

		/** The base, looked at as a change of itself, is no change, and tells by what one would be measured. */
		async function definitionOf(): Promise<BaseSight["definition"]> {
			try {
				return (await evaluate(gate.bench, base.commit, base, { readOnly: true })).definition;
			} catch (error) {
				if (!isShopfloorError(error, "bad-config")) throw error;
				return { faults: error.message };
			}
		}
	});
}
