/** What only running more than the checks shows: the base's tests on the new code, and whether new tests can fail. */
import { join } from "node:path";
import { type CheckDefinition, hasTests } from "../checks/check.ts";
import type { GateDefinition } from "../definition/gate-definition.ts";
import { withTests } from "../ratchet/file-kinds.ts";
import { isOfTests } from "../ratchet/of-tests.ts";
import type { Finding } from "../ratchet/rule.ts";
import type { Bench, JudgeOptions } from "./bench.ts";
import { forgetFindings, keepFindings, readFindings } from "./kept-findings.ts";
import { Measurer } from "./measure.ts";
import { inTheWay, oldTests } from "./old-tests.ts";
import { keepTestFiles, readTestFiles, testFilesIn } from "./test-files.ts";
import type { Tested } from "./tested.ts";

export async function findByTests(bench: Bench, tested: Tested, options: JudgeOptions): Promise<Finding[]> {
	if (tested.judged.judgement.kind !== "good") return [];
	const ran = await testFilesOfHead(bench, tested);
	// Where a proof from elsewhere answered, what the runner takes for a test has to be looked up.
	if (ran !== undefined && !(await touchesTests(bench, tested, ran))) return [];
	const measurer = new Measurer(bench.store, bench.runner, options);
	try {
		const findings: Finding[] = [];
		for (const check of tested.definition.definition.checks.filter(hasTests))
			findings.push(...(await testFindings(bench, measurer, tested, check, options)));
		return findings.flatMap((finding) => asConfigured(finding, tested.definition.definition));
	} finally {
		await measurer.close();
		options.seen?.({ ms: measurer.spentMs, runs: measurer.runs });
	}
}

function asConfigured(finding: Finding, { rules }: GateDefinition): Finding[] {
	const severity = rules[finding.rule] ?? finding.severity;
	return severity === "off" ? [] : [{ ...finding, severity }];
}

async function testFindings(
	bench: Bench,
	measurer: Measurer,
	tested: Tested,
	check: CheckDefinition,
	{ fresh = false, signal }: JudgeOptions,
): Promise<readonly Finding[]> {
	const { base, tree, definition, part } = tested;
	const environment = await measurer.environment(tree, definition.definition);
	const question = { check, baseTree: base.tree, tree, gate: definition.hash, environment, part };
	const kept = join(bench.store.dir, "findings");
	const known = fresh ? undefined : readFindings(kept, question);
	if (known !== undefined) return known;
	const outcomes = await outcomesOf(measurer, tested, check);
	if (outcomes === undefined) return [unmeasured(check)];
	const seen = withRun(tested, testFilesIn([outcomes.head]));
	if (!(await touchesTests(bench, seen, []))) {
		await keepFindings(kept, question, []);
		return [];
	}
	const { diff, kinds } = seen;
	const { proveTests } = await import("./prove-tests.ts");
	const run = { commit: base.commit, tree, definition: definition.definition, diff, kinds };
	const old = await oldTests(bench, measurer, seen, check, outcomes.base);
	const proven = await proveTests(bench.store, measurer, { ...run, check, ...outcomes }, signal);
	const findings = [...old.findings, ...proven.findings];
	if (old.sure && proven.sure) await keepFindings(kept, question, findings);
	else forgetFindings(kept, question);
	return findings;
}

function unmeasured({ name }: CheckDefinition): Finding {
	const what = `whether its new tests can fail could not be found out: ${name} did not come to its end`;
	return { rule: "test-cannot-fail", severity: "ask", path: "", what };
}

/** Undefined where that is not known. Where nothing was run, none were seen. */
async function testFilesOfHead({ store }: Bench, tested: Tested): Promise<readonly string[] | undefined> {
	const { tree, judged, definition, part } = tested;
	const outcomes = judged.outcomes.filter(({ check }) => hasTests(check)).map(({ head }) => head);
	if (part && judged.judgement.kind === "good" && judged.judgement.receipt === "") return testFilesIn(outcomes);
	if (outcomes.length > 0) return await keepTestFiles(store, tree, definition.hash, outcomes);
	return readTestFiles(store, tree, definition.hash);
}

async function touchesTests({ store }: Bench, { base, diff, kinds }: Tested, ran: readonly string[]): Promise<boolean> {
	const files = new Set(ran);
	const isTest = (path: string) => kinds.isTest(path) || isOfTests(kinds, path) || files.has(path);
	if (diff.files.some(({ path, from }) => isTest(path) || (from !== null && isTest(from)))) return true;
	return (await inTheWay(store.git, base.tree, diff, kinds)).length > 0;
}

/** What is new and was run is a test, whatever it is called. What was there stays what the base says that it is. */
function withRun(tested: Tested, ran: readonly string[]): Tested {
	const files = new Set(ran);
	const fresh = tested.diff.files.filter(
		({ path, from, after }) => from === null && files.has(path) && !after?.includes("import.meta.vitest"),
	);
	return { ...tested, kinds: withTests(tested.kinds, new Set(fresh.map(({ path }) => path))) };
}

/** From what was just found out, or from what a receipt stands for: both were run to their end. */
async function outcomesOf(measurer: Measurer, { base, tree, definition, judged }: Tested, check: CheckDefinition) {
	const known = judged.outcomes.find((outcome) => outcome.check.name === check.name);
	const run = { check, commit: base.commit, definition: definition.definition };
	const before = known?.base ?? (await measurer.measureBase({ ...run, tree: base.tree }));
	const after = known?.head ?? (await measurer.measure({ ...run, tree }));
	return before.kind === "ran" && after.kind === "ran" ? { base: before, head: after } : undefined;
}
