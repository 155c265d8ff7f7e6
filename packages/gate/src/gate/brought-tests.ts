/**
 * Which tests came with a change that landed: measured on its tree and on the one before it, by the present definition.
 * Whoever takes the change back takes exactly these along, and has to answer for every other.
 */
import { type CheckOutcome, hasTests, type Ran, type TestResult } from "../checks/check.ts";
import { readDefinition } from "../definition/gate-definition.ts";
import type { Base, Brought, LandedChange } from "../landing/change.ts";
import { renamed } from "../verdict/renames.ts";
import type { Bench, JudgeOptions } from "./bench.ts";
import { Measurer } from "./measure.ts";
import { renamesBetween } from "./renames-between.ts";

export async function broughtTests(
	bench: Bench,
	{ before, after }: LandedChange,
	base: Base,
	options: JudgeOptions = {},
): Promise<Brought> {
	const { git } = bench.store;
	const { definition } = await readDefinition(git, base.commit);
	const measurer = new Measurer(bench.store, bench.runner, options);
	try {
		const renames = await renamesBetween(git, before.tree, after.tree, definition);
		const sinceThen = await renamesBetween(git, after.tree, base.tree, definition);
		const ids = new Set<string>();
		for (const check of definition.checks.filter(hasTests)) {
			const measured = async ({ commit, tree }: Base) => await measurer.measure({ check, commit, tree, definition });
			const then = measuredTests(await measured(before));
			const now = measuredTests(await measured(after));
			if ("why" in then) return { kind: "unknown", why: `${check.name}, before it: ${then.why}` };
			if ("why" in now) return { kind: "unknown", why: `${check.name}, with it: ${now.why}` };
			const known = new Set(
				renamed(then, renames)
					.tests.filter(runs)
					.map(({ id }) => id),
			);
			const tests = now.tests.filter((test) => runs(test) && !known.has(test.id));
			for (const { id } of renamed({ ...now, tests }, sinceThen).tests) ids.add(id);
		}
		return { kind: "tests", ids: [...ids].sort() };
	} finally {
		await measurer.close();
		options.seen?.({ ms: measurer.spentMs, runs: measurer.runs });
	}
}

/** A runner that finds no test calls that a fault; the first tests of a project came with a change, too. */
function measuredTests(outcome: CheckOutcome): Ran | { readonly why: string } {
	if (outcome.kind === "ran") return outcome;
	if (outcome.reason !== "no-tests") return { why: outcome.detail };
	return { kind: "ran", errors: [], tests: [], exitCode: 0, ms: outcome.ms };
}

function runs({ state }: TestResult): boolean {
	return state === "passed" || state === "failed";
}
