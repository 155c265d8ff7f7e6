import { expect, test } from "vitest";
import type { CheckOutcome, TestState } from "../checks/check.ts";
import { type Attempt, nextAttempt, ordersOf, type Pending, toldBy, without } from "./attempts.ts";
import type { Mutant } from "./mutant.ts";
import { mutantsOf } from "./mutants.ts";
import { readRecord, watchWith } from "./watch.ts";

const watch = watchWith("for these tests");
const [m1, m2, m3] = mutantsOf("a.ts", "f(); g(); h();") as [Mutant, Mutant, Mutant];

test("in one run every test has its own mutant", () => {
	const attempt = nextAttempt([aPending("a", { own: [m1, m2] }), aPending("b", { own: [m3] })], 0);
	expect(inShort(attempt)).toEqual(["own", "a 0", "b 2"]);
	expect(attempt && ordersOf(attempt, watch, 9)).toEqual({
		perTest: new Map([
			["a", watch.tokenOf("mutant", m1.id)],
			["b", watch.tokenOf("mutant", m3.id)],
		]),
		placesMax: 9,
	});
});

test("tests of one context have the same mutant, or wait", () => {
	const row = (name: string, own: Mutant[]) => aPending(name, { own, contexts: ["rows"] });
	expect(inShort(nextAttempt([row("a", [m1]), row("b", [m1]), row("c", [m2])], 0))).toEqual(["own", "a 0", "b 0"]);
});

test("a mutant outside of the tests is for all that run it, and the one that most run goes first", () => {
	const pending = [
		aPending("a", { around: [m1, m2] }),
		aPending("b", { around: [m2] }),
		aPending("c", { around: [m3] }),
	];
	expect(inShort(nextAttempt(pending, 0))).toEqual(["all", "a 1", "b 1"]);
});

test("the two kinds take turns", () => {
	const pending = [aPending("a", { own: [m1], around: [m2] })];
	expect([0, 1, 2].map((turn) => nextAttempt(pending, turn)?.kind)).toEqual(["own", "all", "own"]);
	expect(nextAttempt([aPending("a", {})], 0)).toBeUndefined();
});

const reachedBy = (context: string, ...what: string[]) => what.map((each) => `${context} ${each}`).join("\n");
const t1 = watch.tokenOf("mutant", m1.id);

test.each<[string, Attempt["kind"], string, CheckOutcome, string]>([
	["fails with its mutant run", "own", reachedBy("a", t1), ran("failed"), "failed"],
	["passes with its mutant run", "own", reachedBy("a", t1), ran("passed"), "survived"],
	["fails, and its mutant was not run", "own", "", ran("failed"), "lost"],
	["fails, and only another test has run it", "own", reachedBy("b", t1), ran("failed"), "lost"],
	["is skipped", "own", reachedBy("a", t1), ran("skipped"), "lost"],
	["takes too long, alone", "own", reachedBy("a", t1), broken("timed-out"), "failed"],
	["takes too long without its mutant", "own", "", broken("timed-out"), "lost"],
	["is killed", "own", reachedBy("a", t1), broken("killed"), "lost"],
	["fails with a mutant outside", "all", `${reachedBy("-", t1)}\na !`, ran("failed"), "failed"],
	["fails before it begins", "all", reachedBy("-", t1), ran("failed"), "aside"],
	["does not load", "all", reachedBy("-", t1), ran(), "aside"],
	["does not load, as all others", "all", reachedBy("-", t1), broken("no-tests"), "aside"],
	["takes too long with a mutant outside", "all", reachedBy("-", t1), broken("timed-out"), "lost"],
])("a test that %s", (_, kind, record, outcome, expected) => {
	const pair = { pending: aPending("a", {}), mutant: m1 };
	const attempt: Attempt = kind === "own" ? { kind, pairs: [pair] } : { kind, mutant: m1, pairs: [pair] };
	expect(toldBy(attempt, pair, { outcome, recorded: readRecord(record), watch })).toBe(expected);
});

test("a run of several that breaks tells nothing of any", () => {
	const pairs = ["a", "b"].map((name) => ({ pending: aPending(name, {}), mutant: m1 }));
	const run = { outcome: broken("timed-out"), recorded: readRecord(reachedBy("a", t1)), watch };
	expect(pairs.map((pair) => toldBy({ kind: "own", pairs }, pair, run))).toEqual(["again", "again"]);
});

test("what was tried is not tried again", () => {
	const after = without(aPending("a", { own: [m1, m2], around: [m3] }), m1, "survived");
	expect([after.own, after.around, after.survived, after.lost]).toEqual([[m2], [m3], 1, 0]);
	expect(without(after, m3, "lost").lost).toBe(1);
	expect(without(without(after, m3, "wavered"), m2, "survived").wavered).toBe(true);
});

test("what is no record is passed over", () => {
	const { reached, places } = readRecord("a x\n\nnonsense\na y\n# 64\n# 32\n# z\nb x");
	expect([...reached].map(([context, what]) => [context, [...what]])).toEqual([
		["a", ["x", "y"]],
		["b", ["x"]],
	]);
	expect(places).toBe(64);
});

function inShort(attempt: Attempt | undefined): string[] {
	if (attempt === undefined) return [];
	return [
		attempt.kind,
		...attempt.pairs.map(({ pending, mutant }) => `${pending.watched.test.name} ${mutant.id.split(":")[1]}`),
	];
}

function aPending(
	name: string,
	{ own = [], around = [], contexts = [name] }: { own?: Mutant[]; around?: Mutant[]; contexts?: string[] },
): Pending {
	const test = { id: name, file: "a.test.ts", name, state: "passed" as const, ms: 1 };
	const nothing = {
		files: ["a.test.ts"],
		fileTokens: [],
		neighbours: [],
		distances: new Map(),
		sources: [],
		unseen: [],
	};
	const reach = { own, around, begun: true, loaded: true };
	return { watched: { ...nothing, test, contexts }, reach, own, around, survived: 0, lost: 0, wavered: false };
}

function ran(state?: TestState): CheckOutcome {
	const tests = state === undefined ? [] : [{ id: "a", file: "a.test.ts", name: "a", state, ms: 1 }];
	return { kind: "ran", errors: [], tests, exitCode: state === "failed" ? 1 : 0, ms: 1 };
}

function broken(reason: "timed-out" | "killed" | "no-tests"): CheckOutcome {
	return { kind: "broken", reason, detail: reason, ms: 1 };
}
