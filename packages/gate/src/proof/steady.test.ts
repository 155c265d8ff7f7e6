/** What runs on one and the same code that come out differently are taken for, and what looking for them costs. */
import { describe, expect, test } from "vitest";
import { proofFindings } from "./proof-findings.ts";
import type { BenchJob } from "./test-bench.ts";
import { broken, everything, onChance, type Played, played, ran, shown } from "./testing/played.ts";

const ofChance: Partial<Played> = { texts: { "a.test.ts": onChance } };
/** Passes but for the runs with these numbers. */
const failingAt =
	(...turns: readonly number[]) =>
	(turn: number) =>
		ran(turns.includes(turn + 1) ? "failed" : "passed");

describe("on the change's own tree", () => {
	test("a steady test is run twice more, and one that may hang on chance eight times", async () => {
		const given: Partial<Played> = { change: "code", base: [ran("failed"), ran("failed")] };
		expect((await played(given)).runs).toEqual({ steady: 2, base: 2, watched: 0, mutants: 0, confirming: 0 });
		const { proofs, runs } = await played({ ...given, ...ofChance });
		expect(proofs).toMatchObject([{ kind: "fails-on-base", how: "failed" }]);
		expect(runs).toEqual({ steady: 8, base: 2, watched: 0, mutants: 0, confirming: 0 });
	});

	test.each([
		["fails", ran("failed")],
		["is skipped", ran("skipped")],
		["is not there", ran()],
		["is alone and not there", broken("no-tests")],
	])("a test that %s at another run is unsteady, and is not run again", async (_, outcome) => {
		const given: Partial<Played> = { change: "code", steady: (turn) => (turn === 1 ? outcome : ran("passed")) };
		expect(await shown(given)).toBe("unsteady head");
		expect((await played(given)).runs).toEqual({ steady: 2, base: 0, watched: 0, mutants: 0, confirming: 0 });
	});

	test("a failure at the fifth run is seen where the text speaks of chance, or other code of the change does", async () => {
		const given: Partial<Played> = { change: "code", base: [ran("failed"), ran("failed")], steady: failingAt(5) };
		expect(await shown(given)).toBe("fails-on-base failed");
		expect(await shown({ ...given, ...ofChance })).toBe("unsteady head");
		expect((await played({ ...given, ...ofChance })).runs.steady).toBe(5);
		expect(await shown({ ...given, brought: { "test/coin.ts": "export const coin = Math.random;" } })).toBe(
			"unsteady head",
		);
	});

	test("each further run is one of those files alone that it is about", async () => {
		const asked: BenchJob[] = [];
		const tests = ["a.test.ts", "b.test.ts", "c.test.ts"];
		await played({
			tests,
			texts: { "a.test.ts": onChance, "c.test.ts": onChance },
			steady(turn, job) {
				asked.push(job);
				// The test of the last file is found out at the fourth run.
				return ran("passed", turn < 3 ? tests : ["a.test.ts"]);
			},
		});
		expect(asked.map(({ testFiles }) => testFiles.map((path) => path[0]).join(""))).toEqual([
			...["abc", "abc", "ac", "ac"],
			...["a", "a", "a"],
		]);
	});

	test("a run that comes to no result leaves it open, and no proof makes up for it", async () => {
		const given: Partial<Played> = {
			change: "code",
			base: [ran("failed"), ran("failed")],
			steady: (turn) => (turn === 0 ? broken("timed-out") : ran("passed")),
		};
		expect(await shown(given)).toBe("unknown no-answer");
		expect((await played(given)).runs).toMatchObject({ steady: 1, base: 0, watched: 0 });
	});

	test("the many runs have to fit into the time, the two have not", async () => {
		let nowMs = 0;
		const { proofs, runs } = await played({
			...ofChance,
			now: () => nowMs,
			budget: { wallMs: 100 },
			steady(turn) {
				nowMs = turn === 2 ? 101 : 0;
				return ran("passed");
			},
		});
		expect(proofs).toMatchObject([{ kind: "unknown", why: "out-of-budget" }]);
		expect(runs).toMatchObject({ steady: 3, watched: 0, mutants: 0 });
		const late = { budget: { wallMs: -1 }, change: "code", base: [ran("failed"), ran("failed")] } as const;
		expect(await shown(late)).toBe("fails-on-base failed");
	});

	test("who ends it is obeyed at every run", async () => {
		const ended = new AbortController();
		const seen: (AbortSignal | undefined)[] = [];
		const steady = (_: number, job: BenchJob) => {
			seen.push(job.signal);
			return ran("passed");
		};
		await played({ steady, signal: ended.signal });
		expect(seen).toEqual([ended.signal, ended.signal]);
	});
});

describe("on the base", () => {
	test("what fails at one run and passes at the other is unsteady", async () => {
		expect(await shown({ change: "code", base: [ran("failed"), ran("passed")] })).toBe("unsteady base");
		const tests = ["a.test.ts", "b.test.ts"];
		const wavering = (one: "passed" | "failed", other: "passed" | "failed") => ({
			...ran("passed"),
			tests: [...ran(one, "a.test.ts").tests, ...ran(other, "b.test.ts").tests],
		});
		const base = [wavering("failed", "failed"), wavering("failed", "passed")];
		expect(await shown({ change: "code", tests, base })).toBe("fails-on-base failed,unsteady base");
	});

	test("what goes by the clock is found out between the two", async () => {
		const given: Partial<Played> = { ...ofChance, change: "code", base: [ran("failed"), ran("failed")] };
		expect(await shown({ ...given, steady: failingAt(8) })).toBe("unsteady head");
		expect((await played({ ...given, steady: failingAt(8) })).runs).toMatchObject({ steady: 8, base: 1, watched: 0 });
		expect(await shown({ ...given, steady: (turn) => (turn === 7 ? broken("killed") : ran("passed")) })).toBe(
			"unknown no-answer",
		);
	});

	test("a second run without an answer proves nothing, and mutants decide", async () => {
		const given: Partial<Played> = { change: "code", base: [ran("failed"), broken("killed")], record: everything };
		expect(await shown({ ...given, mutants: ran("failed") })).toBe("fails-on-mutant");
		expect(await shown({ ...given, mutants: ran("passed") })).toBe("unproven survives-all");
	});

	test("where nothing fails there is no second run", async () => {
		expect((await played({ change: "code", base: [ran("passed")] })).runs.base).toBe(1);
	});
});

describe("on a mutant", () => {
	const killing = (...fails: readonly boolean[]): Partial<Played> => ({
		record: everything,
		mutants: (_, turn) => ran(fails[turn] === true ? "failed" : "passed"),
	});

	test("one failure is enough, unless the text speaks of chance", async () => {
		const { proofs, runs } = await played(killing(true));
		expect(proofs).toMatchObject([{ kind: "fails-on-mutant" }]);
		expect(runs).toMatchObject({ mutants: 1, confirming: 0 });
	});

	test("two are needed where it does, and the second is of the same mutant", async () => {
		const orders: unknown[] = [];
		const { proofs, runs } = await played({
			...ofChance,
			record: everything,
			mutants({ env }) {
				orders.push(env);
				return ran("failed");
			},
		});
		expect(proofs).toMatchObject([{ kind: "fails-on-mutant" }]);
		expect(runs).toMatchObject({ steady: 8, mutants: 1, confirming: 1 });
		expect(orders[1]).toEqual(orders[0]);
	});

	test("one that fails on many, but on none of them twice, is unsteady; one that does is proven", async () => {
		expect(await shown({ ...ofChance, ...killing(true, false, true, false) })).toBe("unsteady mutant");
		expect(await shown({ ...ofChance, ...killing(true, false, true, true) })).toBe("fails-on-mutant");
		// Also where its file does not load on the base, for which else it would be believed.
		const absent: Partial<Played> = { ...ofChance, ...killing(true, false), change: "code", base: [ran()] };
		expect(await shown(absent)).toBe("unsteady mutant");
	});

	test("what goes by the clock is found out between the two", async () => {
		const given: Partial<Played> = { ...ofChance, record: everything, mutants: ran("failed"), steady: failingAt(8) };
		expect(await shown(given)).toBe("unsteady head");
		expect((await played(given)).runs).toMatchObject({ steady: 8, mutants: 1, confirming: 0 });
	});

	test("without time for the second it is not proven", async () => {
		let nowMs = 0;
		const given: Partial<Played> = {
			...{ ...ofChance, record: everything, now: () => nowMs, budget: { wallMs: 100 } },
			mutants() {
				nowMs = 101;
				return ran("failed");
			},
		};
		expect(await shown(given)).toBe("unknown out-of-budget");
	});
});

test("what a person reads", async () => {
	const given: Partial<Played>[] = [
		{ steady: failingAt(2) },
		{ change: "code", base: [ran("failed"), ran("passed")] },
		{ ...ofChance, record: everything, mutants: (_, turn) => ran(turn === 0 ? "failed" : "passed") },
		{ steady: () => broken("timed-out") },
		{ ...ofChance, budget: { wallMs: -1 } },
	];
	const found = await Promise.all(given.map(async (one) => proofFindings((await played(one)).proofs)));
	expect(
		found.flat().map(({ rule, severity, path, line, what }) => `${severity} ${rule} ${path}:${line ?? ""} ${what}`),
	).toMatchInlineSnapshot(`
		[
		  "block test-cannot-fail a.test.ts:1 the new test \`a\` proves nothing: it passes at one run and fails at another on the same tree",
		  "ask test-cannot-fail a.test.ts:1 the new test \`a\` passes at one run and fails at another with the code of the base, which proves nothing unless the change repairs just that",
		  "ask test-cannot-fail a.test.ts:1 the new test \`a\` has not shown that it can fail: it fails at one run and passes at another with the same mutation",
		  "ask test-cannot-fail a.test.ts: the new test \`a\` has not shown that it can fail: run once more on the same tree, it came to no result (timed-out)",
		  "ask test-cannot-fail a.test.ts: the new test \`a\` has not shown that it can fail: there was no time to run it 8 times on its own tree, as is done where the text speaks of chance or time",
		]
	`);
});
