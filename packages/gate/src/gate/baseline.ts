/** What the base's checks say of the base itself: what there is to mend, and what changes will be compared with. */
import { isShopfloorError } from "@shopfloor/core/io";
import type { CheckError, TestResult } from "../checks/check.ts";
import { readDefinition } from "../definition/gate-definition.ts";
import type { Base } from "../landing/change.ts";
import type { Bench } from "./bench.ts";
import { type MeasureOptions, Measurer } from "./measure.ts";

export type Baseline =
	| {
			readonly kind: "measured";
			readonly errors: readonly CheckError[];
			readonly failing: readonly TestResult[];
			/** Checks that came to no result: with them nothing lands. */
			readonly unmeasured: readonly { readonly check: string; readonly why: string }[];
	  }
	/** Nobody knows how it is to be measured, or its dependencies cannot be installed. */
	| { readonly kind: "unknown"; readonly why: string };

/** Costs nothing where the same tree was measured before. */
export async function baseline({ store, runner }: Bench, base: Base, options: MeasureOptions = {}): Promise<Baseline> {
	const { definition, incomplete } = await readDefinition(store.git, base.commit);
	if (definition.checks.length === 0) return { kind: "unknown", why: incomplete ?? "no check is configured" };
	const measurer = new Measurer(store, runner, options);
	const errors: CheckError[] = [];
	const failing: TestResult[] = [];
	const unmeasured: { check: string; why: string }[] = [];
	try {
		for (const check of definition.checks) {
			const outcome = await measurer.measureBase({ check, commit: base.commit, tree: base.tree, definition });
			if (outcome.kind === "broken") unmeasured.push({ check: check.name, why: outcome.detail });
			else {
				errors.push(...outcome.errors);
				failing.push(...outcome.tests.filter(({ state }) => state === "failed"));
			}
		}
		return { kind: "measured", errors, failing, unmeasured };
	} catch (error) {
		if (!isShopfloorError(error, "dependencies-failed")) throw error;
		return { kind: "unknown", why: error.message };
	} finally {
		await measurer.close();
	}
}
