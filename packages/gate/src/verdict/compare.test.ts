import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Broken, CheckOutcome, Ran, TestState } from "../checks/check.ts";
import { compare } from "./compare.ts";
import type { Reruns } from "./reruns.ts";
import { anOutcome } from "./testing/an-outcome.ts";
import { togetherOf } from "./verdict.ts";

const broken: Broken = { kind: "broken", reason: "timed-out", detail: "it took too long", ms: 1 };
const good = anOutcome({ "a > x": "passed" });

describe("worse, same, better or unknown", () => {
	test.each<[string, CheckOutcome, CheckOutcome, string]>([
		["nothing changed", good, good, "same"],
		["nothing changed, with errors and failures", failing("a > x", "e|1|m"), failing("a > x", "e|1|m"), "same"],
		["a new test that passes", good, anOutcome({ "a > x": "passed", "a > y": "passed" }), "same"],
		["an error is gone", failing("a > x", "e|1|m"), failing("a > x"), "better"],
		["a test passes again", failing("a > x"), good, "better"],
		["one more error", good, anOutcome({ "a > x": "passed" }, ["e|1|m"]), "worse"],
		["the same error once more", anOutcome({}, ["e|1|m"]), anOutcome({}, ["e|1|m", "e|1|m"]), "worse"],
		["another error for an old one", anOutcome({}, ["e|1|m"]), anOutcome({}, ["e|2|m"]), "worse"],
		["fewer errors, but a new one", anOutcome({}, ["e|1|m", "e|2|m"]), anOutcome({}, ["e|3|m"]), "worse"],
		["a test fails", good, failing("a > x"), "worse"],
		[
			"a test fails, and another passes again",
			anOutcome({ "a > x": "passed", "a > y": "failed" }),
			anOutcome({ "a > x": "failed", "a > y": "passed" }),
			"worse",
		],
		["a test is gone", good, anOutcome({}), "worse"],
		["a test is skipped", good, anOutcome({ "a > x": "skipped" }), "worse"],
		["a test is to be done", good, anOutcome({ "a > x": "todo" }), "worse"],
		["a failing test is gone", failing("a > x"), anOutcome({}), "same"],
		["a skipped test is gone", anOutcome({ "a > x": "skipped" }), anOutcome({}), "same"],
		["a new test fails", good, anOutcome({ "a > x": "passed", "a > y": "failed" }), "worse"],
		["a skipped test is switched on and fails", anOutcome({ "a > x": "skipped" }), failing("a > x"), "worse"],
		["a skipped test is switched on and passes", anOutcome({ "a > x": "skipped" }), good, "same"],
		["the tree cannot be measured", good, broken, "unknown"],
		["the base cannot be measured", broken, good, "unknown"],
		["neither can be measured", broken, broken, "unknown"],
	])("%s", (_what, base, head, overall) => {
		expect(compare({ base, head }).overall).toBe(overall);
	});

	test.each([
		[["same", "better"], "better"],
		[["unknown", "better"], "unknown"],
		[["unknown", "worse"], "worse"],
		[["same", "same"], "same"],
		[[], "unknown"],
	] as const)("of several checks: %j together are %s", (each, together) => {
		expect(togetherOf(each.map((overall) => ({ overall })))).toBe(together);
	});
});

test("why nothing is known is told", () => {
	expect(compare({ base: good, head: broken }).unmeasured).toEqual([{ side: "head", why: broken }]);
});

test("what changed is told one by one", () => {
	const base = anOutcome(
		{
			"a > breaks": "passed",
			"a > mends": "failed",
			"a > fails": "failed",
			"a > goes": "passed",
			"a > stops": "passed",
		},
		["e|1|m", "e|2|m"],
	);
	const head = anOutcome(
		{
			"a > breaks": "failed",
			"a > mends": "passed",
			"a > fails": "failed",
			"a > stops": "skipped",
			"a > comes": "passed",
		},
		["e|2|m", "e|3|m"],
	);
	const { errors, tests } = compare({ base, head });
	expect({ new: errors.new.map(({ key }) => key), fixed: errors.fixed.map(({ key }) => key) }).toEqual({
		new: ["e|3|m"],
		fixed: ["e|1|m"],
	});
	expect({
		broken: tests.broken.map(({ test: { id }, was, fault }) => [id, was, fault]),
		repaired: tests.repaired.map(({ id }) => id),
		vanished: tests.vanished.map(({ test: { id }, now }) => [id, now]),
		new: tests.new.map(({ id }) => id),
		stillFailing: tests.stillFailing.map(({ id }) => id),
	}).toEqual({
		broken: [["a > breaks", "passed", "mine"]],
		repaired: ["a > mends"],
		vanished: [
			["a > goes", "gone"],
			["a > stops", "skipped"],
		],
		new: ["a > comes"],
		stillFailing: ["a > fails"],
	});
});

describe("a failure is judged by running it again", () => {
	const head = failing("a > x");
	const other = failing("a > x");

	test.each<[string, Reruns, string, string]>([
		["it always fails here and never on the base", { head: [head, head], base: [good, good] }, "mine", "worse"],
		["it passed here, alone", { head: [good, good], base: [good, good] }, "flake", "same"],
		["it fails on the base as well", { head: [head, head], base: [other, other] }, "base", "same"],
		["it comes and goes on both", { head: [good, head], base: [good, other] }, "flake", "same"],
		["it comes and goes here, and is steady on the base", { head: [good, head], base: [good, good] }, "mine", "worse"],
		["the runs here came to nothing", { head: [broken, broken], base: [good, good] }, "mine", "worse"],
		["the runs on the base came to nothing", { head: [head, head], base: [broken, broken] }, "mine", "worse"],
		["it was not in the runs here", { head: [anOutcome(), anOutcome()], base: [good, good] }, "mine", "worse"],
		["it was not in the runs on the base", { head: [head, head], base: [anOutcome(), anOutcome()] }, "mine", "worse"],
	])("%s", (_what, reruns, fault, overall) => {
		const verdict = compare({ base: good, head, reruns });
		expect([verdict.tests.broken[0]?.fault, verdict.overall]).toEqual([fault, overall]);
		expect(verdict.tests.flakes).toEqual(fault === "flake" ? ["a > x"] : []);
	});

	test("one that came with the change has no excuse", () => {
		const verdict = compare({ base: anOutcome(), head, reruns: { head: [good, good], base: [] } });
		expect(verdict).toMatchObject({ overall: "worse", tests: { broken: [{ was: "absent", fault: "mine" }] } });
	});

	const known = (...flakesMs: number[]) =>
		new Map([["a > x", { base: "p", head: "f", ms: 1, flakes: flakesMs.map((ms) => ({ tree: String(ms), ms })) }]]);

	test("one that history knows as a flake of the base is excused when it comes and goes, and never when it only fails", () => {
		const of = (here: Ran[]) =>
			compare({
				base: good,
				head,
				memory: { history: known(0), nowMs: 10 },
				reruns: { head: here, base: [good, good] },
			}).tests.broken[0]?.fault;
		expect(of([good, head])).toBe("flake");
		expect(of([head, head])).toBe("mine");
	});

	test("one that failed on the base and passes there now is a flake of the base, and broken where it only fails", () => {
		const of = (here: Ran[]) =>
			compare({ base: head, head, reruns: { head: here, base: [good, good] } }).tests.broken[0]?.fault;
		expect(of([good, head])).toBe("flake");
		expect(of([head, head])).toBe("mine");
	});

	test("one in quarantine is counted against nobody where the base hardly passes it, and told as what it is", () => {
		const six = (passes: number) => [...Array(6).keys()].map((at) => (at < passes ? good : other));
		const of = (passes: number, nowMs = 10) =>
			compare({
				base: good,
				head,
				memory: { history: known(1, 2, 3), nowMs },
				reruns: { head: six(0), base: six(passes) },
			});
		expect(of(1)).toMatchObject({
			overall: "same",
			tests: { broken: [{ test: { id: "a > x" }, fault: "flake", quarantined: true }] },
		});
		// The base's runs have the word, and not what is remembered.
		expect(of(6)).toMatchObject({ overall: "worse", tests: { broken: [{ fault: "mine", quarantined: true }] } });
		expect(of(3).overall).toBe("worse");
		expect(of(1, 30 * 24 * 3_600_000).overall).toBe("worse");
		const memory = { history: known(1, 2, 3), nowMs: 10 };
		expect(compare({ base: good, head: anOutcome(), memory }).overall).toBe("worse");
		expect(compare({ base: good, head, memory }).overall).toBe("worse");
	});

	test("what is remembered goes by the base's name for it", () => {
		const tests = new Map([["a > x", "a > z"]]);
		const of = (now: string) => {
			const reruns = {
				head: [anOutcome({ [now]: "passed" }), anOutcome({ [now]: "failed" })],
				base: [good, good],
			};
			const memory = { history: known(0), nowMs: 10 };
			return compare({ base: good, head: anOutcome({ [now]: "failed" }), memory, reruns, renames: { tests } });
		};
		expect(of("a > z").tests.broken).toMatchObject([{ was: "passed", fault: "flake" }]);
	});
});

describe("what has another name is the same", () => {
	const files = new Map([["a", "b"]]);

	test("its file was renamed", () => {
		const base = anOutcome({ "a > x": "passed", "a > y": "failed" }, ["a|1|m"]);
		const head = anOutcome({ "b > x": "passed", "b > y": "failed" }, ["b|1|m"]);
		expect(compare({ base, head, renames: { files } })).toMatchObject({
			overall: "same",
			errors: { new: [], fixed: [] },
			tests: { vanished: [], new: [] },
		});
		expect(compare({ base, head }).overall).toBe("worse");
	});

	test("somebody says so", () => {
		const tests = new Map([["a > x", "a > z"]]);
		expect(compare({ base: good, head: anOutcome({ "a > z": "passed" }), renames: { tests } }).overall).toBe("same");
		expect(compare({ base: good, head: anOutcome({ "a > z": "failed" }), renames: { tests } }).overall).toBe("worse");
	});

	test("but for one that would take another's name: both are asked for", () => {
		const tests = new Map([["a > x", "a > y"]]);
		const base = anOutcome({ "a > y": "passed", "a > x": "failed" });
		expect(compare({ base, head: anOutcome({ "a > y": "failed" }), renames: { tests } })).toMatchObject({
			overall: "worse",
			tests: { broken: [{ test: { id: "a > y" }, was: "passed" }] },
		});
		const swapped = new Map([
			["a > x", "a > y"],
			["a > y", "a > x"],
		]);
		const head = anOutcome({ "a > x": "passed", "a > y": "failed" });
		expect(compare({ base, head, renames: { tests: swapped } }).overall).toBe("same");
	});
});

test("of files that were run whole, a test is missed, and of others none", () => {
	const base = anOutcome({ "a > x": "passed", "a > y": "passed", "b > z": "passed" });
	const part = (head: Ran) => compare({ base, head, part: { allOf: ["a"] } });
	expect(part(anOutcome({ "a > x": "passed", "a > y": "passed" }))).toMatchObject({ overall: "same", part: true });
	expect(part(anOutcome({ "a > x": "passed" }))).toMatchObject({
		overall: "worse",
		tests: { vanished: [{ test: { id: "a > y" } }] },
	});
});

test("of a part, nothing is said about the rest", () => {
	const base = anOutcome({ "a > x": "passed", "b > y": "passed" }, ["a|1|m", "b|1|m"]);
	const part = (head: Ran) => compare({ base, head, part: true });
	expect(part(anOutcome({ "a > x": "passed" }, ["a|1|m"]))).toMatchObject({ overall: "same", part: true });
	expect(part(anOutcome({ "a > x": "failed" }, ["a|1|m"])).overall).toBe("worse");
	expect(part(anOutcome({ "a > x": "passed" }, ["a|1|m", "a|2|m"])).overall).toBe("worse");
});

describe("laws", () => {
	const ids = ["a > x", "a > y", "b > x", "b > y"];
	const states = fc.constantFrom<TestState>("passed", "failed", "skipped", "todo");
	const outcomes = fc
		.tuple(
			fc.dictionary(fc.constantFrom(...ids), states, { noNullPrototype: true }),
			fc.array(fc.constantFrom("a|1|m", "a|2|m", "b|1|m"), { maxLength: 6 }),
		)
		.map(([tests, errors]) => anOutcome(tests, errors));

	test("a tree compared with itself is the same", () => {
		fc.assert(
			fc.property(outcomes, (outcome) => {
				const { overall, errors, tests } = compare({ base: outcome, head: outcome });
				expect(overall).toBe("same");
				expect([errors.new, errors.fixed, tests.broken, tests.repaired, tests.vanished, tests.new]).toEqual([
					[],
					[],
					[],
					[],
					[],
					[],
				]);
			}),
		);
	});

	test("what is new one way is fixed the other way", () => {
		fc.assert(
			fc.property(outcomes, outcomes, (one, other) => {
				const there = compare({ base: one, head: other });
				const back = compare({ base: other, head: one });
				expect(there.errors.new.map(({ key }) => key)).toEqual(back.errors.fixed.map(({ key }) => key));
				expect(there.errors.after - there.errors.before).toBe(there.errors.new.length - there.errors.fixed.length);
				const broke = there.tests.broken.filter(({ was }) => was === "passed").map(({ test: { id } }) => id);
				expect(broke).toEqual(back.tests.repaired.map(({ id }) => id));
			}),
		);
	});

	test("nothing is better in both directions", () => {
		fc.assert(
			fc.property(outcomes, outcomes, (one, other) => {
				const both = [compare({ base: one, head: other }).overall, compare({ base: other, head: one }).overall];
				expect(both.filter((each) => each === "better").length).toBeLessThan(2);
			}),
		);
	});

	test("the order in which errors and tests come means nothing", () => {
		fc.assert(
			fc.property(outcomes, outcomes, (base, head) => {
				const turned = (outcome: Ran): Ran => ({
					...outcome,
					errors: [...outcome.errors].reverse(),
					tests: [...outcome.tests].reverse(),
				});
				expect(compare({ base: turned(base), head: turned(head) })).toEqual(compare({ base, head }));
			}),
		);
	});

	test("running again excuses a failure, or takes an excuse away that only chance had given, and changes nothing else", () => {
		fc.assert(
			fc.property(
				outcomes,
				outcomes,
				fc.array(outcomes, { maxLength: 2 }),
				fc.array(outcomes, { maxLength: 2 }),
				(base, head, here, there) => {
					const without = compare({ base, head });
					const { overall, tests } = compare({ base, head, reruns: { head: here, base: there } });
					if (overall === without.overall) return;
					if (without.overall === "worse") {
						expect(overall).toMatch(/same|better/);
						expect(tests.broken.length).toBeGreaterThan(0);
					} else expect(passedAgain(base, there)).not.toEqual([]);
				},
			),
		);
	});
});

/** What failed on the base at first and passed there later. */
function passedAgain(base: Ran, there: readonly Ran[]): string[] {
	const passed = new Set(
		there.flatMap(({ tests }) => tests.filter(({ state }) => state === "passed").map(({ id }) => id)),
	);
	return base.tests.filter(({ id, state }) => state === "failed" && passed.has(id)).map(({ id }) => id);
}

function failing(id: string, ...errors: string[]): Ran {
	return anOutcome({ [id]: "failed" }, errors);
}
