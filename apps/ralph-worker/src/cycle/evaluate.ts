/**
 * Step six: the change is judged as it would land, by what the base says counts. What is worse, tampered with, out of
 * scope or in the way of others is thrown away, and its branch with it.
 */
import type { Change, DataOf } from "@shopfloor/core";
import { crashAt } from "@shopfloor/core/io";
import { commitOf, dropBranch, type Evaluation, evaluate, knownSecrets, mergeTree } from "@shopfloor/gate";
import { changedNothing, conflictsWith, measured, outOfScope, touchesHeld, unmeasurable } from "../messages.ts";
import type { Cycling } from "./cycling.ts";
import { heldByOthers, isOpen, meeting } from "./held.ts";
import type { Site } from "./site.ts";

type Measure = NonNullable<DataOf<"ralph_cycle">["after"]>;

export interface Good {
	readonly kind: "good";
	readonly reason: string;
	readonly evaluation: Evaluation;
	readonly after: Measure;
}

export type Evaluated =
	| Good
	/** The base cannot be measured: that is nobody's fault, and no reason to throw work away. */
	| { readonly kind: "later"; readonly reason: string }
	| { readonly kind: "discarded"; readonly reason: string; readonly after?: Measure };

export async function evaluateChange(site: Site, cycling: Cycling): Promise<Evaluated> {
	const { commit = "", branch = "" } = cycling.now;
	crashAt("cycle.evaluate.before");
	const evaluated = await judged(site, cycling);
	site.show(`${evaluated.kind}: ${evaluated.reason}`);
	if (evaluated.kind === "good" || evaluated.kind === "later") return evaluated;
	await dropBranch(site.gate.store, { branch, commit });
	crashAt("cycle.drop.after");
	return evaluated;
}

async function judged({ gate, world, turn, floor, signal, show }: Site, cycling: Cycling): Promise<Evaluated> {
	const { commit = "", files = [], before = noneFound } = cycling.now;
	// Who died after it was queued finds it there, and is in nobody's way.
	const changes = (await floor.reviews.read()).value.changes.filter((change) => change.commit !== commit);
	const evaluation = await evaluate(gate.bench, commit, await gate.base(), {
		signal,
		secrets: knownSecrets(world.places.state),
		tell(told) {
			if (told.kind === "running") show(`the change: ${told.check}${told.part ? " (in part)" : ""}…`);
		},
	});
	const decided = decideEvaluation({
		evaluation,
		before,
		wanted: files,
		held: await heldByOthers(world, turn.state, commit),
	});
	if (decided.kind !== "good") return decided;
	for (const change of changes.filter(isOpen)) {
		const conflicts = await conflictsBetween(gate, commit, change);
		if (conflicts.length > 0) return { kind: "discarded", reason: conflictsWith(change.id, conflicts) };
	}
	return decided;
}

/** Of a cycle that an earlier version began. */
const noneFound: Measure = { errors: 0, failingTests: 0 };

export interface EvaluationFacts {
	readonly evaluation: Evaluation;
	readonly before: Measure;
	/** Files of the plan; empty where it named none. */
	readonly wanted: readonly string[];
	readonly held: readonly string[];
}

/** Pure. */
export function decideEvaluation({ evaluation, before, wanted, held }: EvaluationFacts): Evaluated {
	const { decision, paths, reasons, verdicts } = evaluation;
	const after = afterOf(before, verdicts);
	if (paths.length === 0) return { kind: "discarded", reason: changedNothing };
	if (wanted.length > 0 && meeting(wanted, paths).length === 0)
		return { kind: "discarded", reason: outOfScope(paths), after };
	const theirs = meeting(paths, held);
	if (theirs.length > 0) return { kind: "discarded", reason: touchesHeld(theirs), after };
	switch (decision) {
		case "good":
		// Whether a person is asked is the reviewer's to decide.
		case "ask":
			return { kind: "good", reason: measured(before, after), evaluation, after };
		case "bad":
			return { kind: "discarded", reason: reasons.join("; "), after };
		case "unknown":
			return evaluation.unmeasured === "base"
				? { kind: "later", reason: unmeasurable(reasons.join("; ")) }
				: { kind: "discarded", reason: `it cannot be measured: ${reasons.join("; ")}`, after };
	}
}

function afterOf(before: Measure, verdicts: Evaluation["verdicts"]): Measure {
	const sum = (of: (verdict: Evaluation["verdicts"][number]["verdict"]) => number) =>
		verdicts.reduce((total, { verdict }) => total + of(verdict), 0);
	return {
		errors: Math.max(0, before.errors + sum(({ errors }) => errors.after - errors.before)),
		failingTests: Math.max(0, before.failingTests + sum(({ tests }) => tests.broken.length - tests.repaired.length)),
	};
}

/** Predicted by git, without a worktree. A branch that is gone by now is in nobody's way. */
async function conflictsBetween({ store }: Site["gate"], commit: string, other: Change): Promise<readonly string[]> {
	if ((await commitOf(store.git, other.commit)) === undefined) return [];
	const merged = await mergeTree(store.git, other.commit, commit);
	return merged.kind === "conflict" ? merged.files : [];
}
