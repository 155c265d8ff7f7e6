/** What only running more than the checks shows: the base's tests on the new code, and whether new tests can fail. */
import { join } from "node:path";
import { type CheckDefinition, hasTests } from "../checks/check.ts";
import type { FileKinds, Finding } from "../ratchet/rule.ts";
import type { Bench, JudgeOptions } from "./bench.ts";
import { keepFindings, readFindings } from "./kept-findings.ts";
import { Measurer } from "./measure.ts";
import { oldTests } from "./old-tests.ts";
import type { Tested } from "./tested.ts";

export async function findByTests(bench: Bench, tested: Tested, options: JudgeOptions): Promise<Finding[]> {
	if (tested.judged.judgement.kind !== "good") return [];
	if (!tested.diff.files.some(({ path, from }) => isTest(tested.kinds, path, from))) return [];
	const measurer = new Measurer(bench.store, bench.runner, options);
	try {
		const findings: Finding[] = [];
		for (const check of tested.definition.definition.checks.filter(hasTests))
			findings.push(...(await testFindings(bench, measurer, tested, check, options)));
		return findings;
	} finally {
		await measurer.close();
		options.seen?.({ ms: measurer.spentMs, runs: measurer.runs });
	}
}

async function testFindings(
	bench: Bench,
	measurer: Measurer,
	tested: Tested,
	check: CheckDefinition,
	{ fresh = false, signal }: JudgeOptions,
): Promise<readonly Finding[]> {
	const { base, tree, diff, kinds, definition, part } = tested;
	const environment = await measurer.environment(tree, definition.definition);
	const question = { check, baseTree: base.tree, tree, gate: definition.hash, environment, part };
	const kept = join(bench.store.dir, "findings");
	const known = fresh ? undefined : readFindings(kept, question);
	if (known !== undefined) return known;
	const outcomes = await outcomesOf(measurer, tested, check);
	if (outcomes === undefined) return [unmeasured(check)];
	const { proveTests } = await import("./prove-tests.ts");
	const run = { commit: base.commit, tree, definition: definition.definition, diff, kinds };
	const old = await oldTests(bench, measurer, tested, check, outcomes.base);
	const proven = await proveTests(bench.store, measurer, { ...run, check, ...outcomes }, signal);
	const findings = [...old.findings, ...proven.findings];
	if (old.sure && proven.sure) await keepFindings(kept, question, findings);
	return findings;
}

function unmeasured({ name }: CheckDefinition): Finding {
	const what = `whether its new tests can fail could not be found out: ${name} did not come to its end`;
	return { rule: "test-cannot-fail", severity: "ask", path: "", what };
}

function isTest(kinds: FileKinds, path: string, from: string | null): boolean {
	return kinds.isTest(path) || (from !== null && kinds.isTest(from));
}

/** From what was just found out, or from what a receipt stands for: both were run to their end. */
async function outcomesOf(measurer: Measurer, { base, tree, definition, judged }: Tested, check: CheckDefinition) {
	const known = judged.outcomes.find((outcome) => outcome.check.name === check.name);
	const run = { check, commit: base.commit, definition: definition.definition };
	const before = known?.base ?? (await measurer.measureBase({ ...run, tree: base.tree }));
	const after = known?.head ?? (await measurer.measure({ ...run, tree }));
	return before.kind === "ran" && after.kind === "ran" ? { base: before, head: after } : undefined;
}
