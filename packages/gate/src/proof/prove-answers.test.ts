/** What is made of runs that break or tell little. The real runners are in `prove.test.ts`; here the runs are played. */
import { expect, test } from "vitest";
import { proofFindings } from "./proof-findings.ts";
import { broken, context, everything, fileRead, type Played, played, ran, shown } from "./testing/played.ts";

test("without new tests nothing is run", async () => {
	const nothing = { steady: 0, base: 0, watched: 0, mutants: 0, confirming: 0 };
	expect(await played({ tests: [] })).toEqual({ proofs: [], runs: nothing });
});

test("a test that fails on the base twice needs no mutants", async () => {
	const { proofs, runs } = await played({ change: "code", base: [ran("failed"), ran("failed")] });
	expect(proofs).toMatchObject([{ kind: "fails-on-base", how: "failed" }]);
	expect(runs).toEqual({ steady: 2, base: 2, watched: 0, mutants: 0, confirming: 0 });
});

test("a test that is not there on the base is tried on mutants, and believed where that cannot be", async () => {
	expect(await shown({ change: "code", base: [ran()], watched: broken("killed") })).toBe("fails-on-base absent");
	expect(await shown({ change: "code", base: [ran()], record: everything, mutants: ran("failed") })).toBe(
		"fails-on-mutant",
	);
	expect(await shown({ change: "code", base: [ran()], record: everything, mutants: ran("passed") })).toBe(
		"unproven survives-all",
	);
});

test("a test that takes too long on the base has not failed there", async () => {
	expect(await shown({ change: "code", base: [broken("timed-out")], watched: broken("killed") })).toBe(
		"unknown not-watched",
	);
});

test("files that break the base together are asked one by one", async () => {
	const tests = ["a.test.ts", "b.test.ts"];
	const base = [broken("disagrees"), broken("no-report"), ran("passed", "b.test.ts")];
	const { proofs, runs } = await played({ change: "code", tests, base, watched: broken("killed") });
	expect(proofs.map(({ kind }) => kind)).toEqual(["fails-on-base", "unknown"]);
	expect(runs.base).toBe(3);
});

test("a test that runs nothing is told from one whose runs say nothing", async () => {
	expect(await shown({ record: "" })).toBe("unknown not-watched");
	expect(await shown({ record: `${fileRead}\n${context} !` })).toBe("unproven runs-no-code");
	// Its code was loaded from elsewhere.
	expect(await shown({ record: `${context} !` })).toBe("unknown not-watched");
});

test("a test that fails under watch is not judged by it", async () => {
	expect(await shown({ watched: ran("failed"), record: everything })).toBe("unknown not-watched");
});

test("a used up budget is said, in runs as in time", async () => {
	expect(await shown({ record: everything, mutants: ran("passed"), budget: { mutantRuns: 2 } })).toBe(
		"unknown out-of-budget",
	);
	const { runs } = await played({ record: everything, mutants: ran("passed"), budget: { mutantRuns: 2 } });
	expect(runs.mutants).toBe(2);
	expect((await played({ record: everything, budget: { wallMs: -1 } })).runs.mutants).toBe(0);
});

test("a run with a mutant that breaks leaves it open", async () => {
	expect(await shown({ record: everything, mutants: broken("killed") })).toBe("unknown no-answer");
	expect(await shown({ record: everything, mutants: broken("timed-out") })).toBe("fails-on-mutant");
});

test("a mutant that breaks a run of many is found by halves", async () => {
	const tests = ["a.test.ts", "b.test.ts", "c.test.ts"];
	const { proofs, runs } = await played({
		tests,
		record: everything.replaceAll(context, (token) => token),
		contexts: tests,
		mutants: (job) => (job.testFiles.length > 1 ? broken("killed") : ran("failed", job.testFiles)),
	});
	expect(proofs.map(({ kind }) => kind)).toEqual(["fails-on-mutant", "fails-on-mutant", "fails-on-mutant"]);
	// All three, two, one, one, and the third.
	expect(runs.mutants).toBe(5);
});

test("what a person reads", async () => {
	const found = async (given: Partial<Played>) =>
		proofFindings((await played(given)).proofs).map(
			({ rule, severity, path, line, what }) => `${severity} ${rule} ${path}:${line} ${what}`,
		);
	expect([
		...(await found({ record: `${fileRead}\n${context} !` })),
		...(await found({ record: everything, mutants: ran("passed") })),
		...(await found({ record: everything, mutants: ran("passed"), budget: { mutantRuns: 1 } })),
		...(await found({ record: everything, budget: { mutantRuns: 0 } })),
		...(await found({ watched: broken("killed") })),
		...(await found({ record: everything, mutants: ran("failed") })),
	]).toMatchInlineSnapshot(`
		[
		  "block test-cannot-fail a.test.ts:1 the new test \`a\` runs no code of the project, so nothing that happens to the code can make it fail",
		  "block test-cannot-fail a.test.ts:1 the new test \`a\` cannot fail: it passes with each of the 5 mutations of the code it runs",
		  "ask test-cannot-fail a.test.ts:1 the new test \`a\` has not shown that it can fail: it passes with 1 mutation of the code it runs, and the budget was used up before all were tried",
		  "ask test-cannot-fail a.test.ts:1 the new test \`a\` has not shown that it can fail: the budget was used up before a mutation was tried",
		  "ask test-cannot-fail a.test.ts:1 the new test \`a\` has not shown that it can fail: its run under watch broke (killed)",
		]
	`);
});
