import type { Evaluation } from "@shopfloor/gate";
import { expect, test } from "vitest";
import { decideEvaluation } from "./evaluate.ts";

const before = { errors: 5, failingTests: 2 };
const facts = { evaluation: anEvaluation({}), before, wanted: [], held: [] };

test("a good change goes on, and says what it did", () => {
	const decided = decideEvaluation({ ...facts, evaluation: anEvaluation({ errors: -1, broken: 0, repaired: 1 }) });
	expect(decided).toMatchObject({
		kind: "good",
		reason: "errors 5 → 4, failing tests 2 → 1",
		after: { errors: 4, failingTests: 1 },
	});
});

test("one about which a person is asked goes on, too", () => {
	expect(decideEvaluation({ ...facts, evaluation: anEvaluation({ decision: "ask" }) })).toMatchObject({
		kind: "good",
		reason: "nothing got worse",
	});
});

test.each<[string, Partial<Parameters<typeof decideEvaluation>[0]>, object]>([
	[
		"worse",
		{ evaluation: anEvaluation({ decision: "bad", reasons: ["types: one new error", "tests: one broken"] }) },
		{ kind: "discarded", reason: "types: one new error; tests: one broken" },
	],
	[
		"not to be measured by its own fault",
		{ evaluation: anEvaluation({ decision: "unknown", reasons: ["it hung"], unmeasured: "change" }) },
		{ kind: "discarded", reason: "it cannot be measured: it hung" },
	],
	["empty", { evaluation: anEvaluation({ paths: [] }) }, { kind: "discarded", reason: "the agent changed nothing" }],
	["out of scope", { wanted: ["src/b.ts"] }, { kind: "discarded", reason: expect.stringMatching(/^out of scope/) }],
	[
		"in the way of others",
		{ held: ["src/a.ts"] },
		{ kind: "discarded", reason: expect.stringMatching(/others work on/) },
	],
])("one that is %s is thrown away", (_what, patch, expected) => {
	expect(decideEvaluation({ ...facts, ...patch })).toMatchObject(expected);
});

test("what the base is to blame for waits, and throws nothing away", () => {
	const evaluation = anEvaluation({ decision: "unknown", reasons: ["it hung"], unmeasured: "base" });
	expect(decideEvaluation({ ...facts, evaluation })).toMatchObject({ kind: "later" });
});

test("tests beside the file that was named are in scope", () => {
	const evaluation = anEvaluation({ paths: ["src/a.ts", "test/a.test.ts"] });
	expect(decideEvaluation({ ...facts, wanted: ["src/a.ts"], evaluation })).toMatchObject({ kind: "good" });
});

function anEvaluation({
	errors = 0,
	broken = 0,
	repaired = 0,
	...rest
}: { errors?: number; broken?: number; repaired?: number } & Partial<Evaluation>): Evaluation {
	const tests = { broken: Array(broken), repaired: Array(repaired) };
	const verdict = { errors: { before: 5, after: 5 + errors }, tests };
	const verdicts = [{ check: "types", verdict }];
	return { decision: "good", paths: ["src/a.ts"], reasons: [], verdicts, ...rest } as unknown as Evaluation;
}
