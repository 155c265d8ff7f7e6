/** What is made of runs that break or tell little. The real runners are in `prove.test.ts`; here the runs are played. */
import { expect, test } from "vitest";
import type { Broken, CheckOutcome, TestState } from "../checks/check.ts";
import { fileKinds } from "../ratchet/file-kinds.ts";
import type { ChangedFile } from "../ratchet/rule.ts";
import { mutantsOf } from "./mutants.ts";
import { proofFindings } from "./proof-findings.ts";
import { type ProofBudget, type Proven, prove } from "./prove.ts";
import type { BenchJob } from "./test-bench.ts";
import { sitesOf } from "./test-sites.ts";
import { watchWith } from "./watch.ts";

const code = "export const twice = (n: number) => n * 2 + 0;";
const testText = 'import { test } from "vitest"; import { twice } from "./a.ts"; test("a", () => { twice(1); });';
const secret = "of these tests";
const watch = watchWith(secret);
const allReached = ["!", ...mutantsOf("a.ts", code).map(({ id }) => watch.tokenOf("mutant", id))];
const context = watch.tokenOf("test", sitesOf("a.test.ts", testText).sites[0]?.id ?? "");
const everything = [`- ${watch.tokenOf("file", "a.ts")}`, ...allReached.map((what) => `${context} ${what}`)].join("\n");

test("without new tests nothing is run", async () => {
	expect(await played({ tests: [] })).toEqual({ proofs: [], runs: { base: 0, watched: 0, mutants: 0 } });
});

test("a test that fails on the base is not run again", async () => {
	const { proofs, runs } = await played({ change: "code", base: [ran("failed")] });
	expect(proofs).toMatchObject([{ kind: "fails-on-base", how: "failed" }]);
	expect(runs).toEqual({ base: 1, watched: 0, mutants: 0 });
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
	expect(await shown({ record: `- ${watch.tokenOf("file", "a.ts")}\n${context} !` })).toBe("unproven runs-no-code");
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
		mutants: (job) => (job.testFiles.length > 1 ? broken("killed") : ran("failed", job.testFiles[0])),
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
		...(await found({ record: `- ${watch.tokenOf("file", "a.ts")}\n${context} !` })),
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

interface Played {
	readonly change: "code" | "tests";
	readonly tests: readonly string[];
	readonly base: readonly CheckOutcome[];
	readonly watched: CheckOutcome;
	readonly mutants: CheckOutcome | ((job: BenchJob) => CheckOutcome);
	readonly record: string;
	/** Files whose tests reach what the first one's does. */
	readonly contexts: readonly string[];
	readonly budget: Partial<ProofBudget>;
}

async function shown(given: Partial<Played>): Promise<string> {
	const { proofs } = await played(given);
	return proofs
		.map((proof) => [proof.kind, "why" in proof ? proof.why : "how" in proof ? proof.how : []].flat().join(" "))
		.join();
}

async function played({
	change = "tests",
	tests = ["a.test.ts"],
	base = [],
	...given
}: Partial<Played>): Promise<Proven> {
	const bases = [...base];
	let isFirst = true;
	const records = [
		given.record ?? "",
		...(given.contexts ?? []).map((path) => (given.record ?? "").replaceAll(context, contextOf(path))),
	];
	const all = tests
		.map((file) => ran("passed", file))
		.flatMap((outcome) => (outcome.kind === "ran" ? outcome.tests : []));
	return prove({
		diff: {
			base: "b",
			head: "h",
			files: [...(change === "code" ? [aFile("a.ts", code)] : []), ...tests.map((path) => aFile(path, testText))],
		},
		kinds: fileKinds(),
		tests: all,
		secret,
		now: () => 0,
		...(given.budget === undefined ? {} : { budget: given.budget }),
		sources: { read: async (path) => (path === "a.ts" ? code : tests.includes(path) ? testText : undefined) },
		record: { path: "record", take: async () => records.join("\n") },
		bench: {
			async run(job) {
				if (job.env === undefined) return bases.shift() ?? broken("killed");
				if (isFirst) {
					isFirst = false;
					return given.watched ?? { kind: "ran", errors: [], tests: all, exitCode: 0, ms: 1 };
				}
				return typeof given.mutants === "function" ? given.mutants(job) : (given.mutants ?? broken("killed"));
			},
		},
	});
}

function contextOf(path: string): string {
	return watch.tokenOf("test", sitesOf(path, testText).sites[0]?.id ?? "");
}

function ran(state?: TestState, file = "a.test.ts"): CheckOutcome {
	const tests = state === undefined ? [] : [{ id: `${file} > a`, file, name: "a", state, ms: 1 }];
	return { kind: "ran", errors: [], tests, exitCode: state === "failed" ? 1 : 0, ms: 1 };
}

function broken(reason: Broken["reason"]): CheckOutcome {
	return { kind: "broken", reason, detail: reason, ms: 1 };
}

function aFile(path: string, after: string): ChangedFile {
	return {
		...{ status: "added", path, from: null, modeBefore: null, modeAfter: "100644", before: null, after },
		...{ bytesBefore: 0, bytesAfter: after.length, binary: false, hunks: [] },
	};
}
