import type { Finding } from "@shopfloor/gate";
import { describe, expect, test } from "vitest";
import {
	type Decided,
	decideMeasured,
	decideRead,
	decideWhole,
	type Measured,
	needsRefuter,
	rulesAsked,
	type Sight,
} from "./decide.ts";
import type { Opinion, Refutation } from "./opinions.ts";

type Read = Extract<Opinion, { kind: "read" }>;
type PolicyName = Sight["policy"]["policy"];

const ask: Finding = {
	rule: "measuring-stick",
	severity: "ask",
	path: "tsconfig.json",
	what: "changes how it is measured",
};
const refuted: Refutation = { kind: "refuted", reasons: ["it leaks"], usd: 0 };
const unread: Refutation = { kind: "unread", why: "builtin: reading code is not what it can do", usd: 0 };

describe("what is measured", () => {
	test("to be bad is rejected, with every reason and what was found mechanically", () => {
		const blocked: Finding = { rule: "skipped-tests", severity: "block", path: "a.test.ts", what: "skips a test" };
		const measured = aMeasured({ decision: "bad", reasons: ["it is red"], findings: [blocked] });
		expect(decideMeasured(measured)).toMatchInlineSnapshot(`
			{
			  "criteria": [
			    {
			      "met": true,
			      "name": "merges",
			      "reason": "onto bbbbbbbbbbbb",
			    },
			    {
			      "met": true,
			      "name": "checks",
			      "reason": "receipt dddddddddddddddddddddddddddddddd",
			    },
			    {
			      "met": false,
			      "name": "rules",
			      "reason": "skipped-tests",
			    },
			  ],
			  "kind": "rejected",
			  "reasons": [
			    "it is red",
			  ],
			}
		`);
	});

	test("nothing can be said about waits; only what the change is made of counts as an attempt", () => {
		const later = (unmeasured: Measured["unmeasured"]) =>
			decideMeasured(aMeasured({ decision: "unknown", reasons: ["tests did not end"], unmeasured }));
		expect(later("change")).toEqual({ kind: "later", why: "tests did not end", isFault: true });
		expect(later("base")).toMatchObject({ isFault: false });
		expect(later(undefined)).toMatchObject({ isFault: false });
	});

	test("to be good, or to be for a person, has to be read", () => {
		for (const decision of ["good", "ask"] as const) expect(decideMeasured(aMeasured({ decision }))).toBeUndefined();
	});
});

test("one criterion that is not met is enough, and whoever gives no opinion is asked later", () => {
	const opinion = anOpinion({
		criteria: [met("a"), { name: "is focused on one thing", met: "unmet", reason: "9 files" }],
	});
	expect(decideRead(aMeasured(), opinion)).toMatchObject({
		kind: "rejected",
		reasons: ["is focused on one thing: 9 files"],
		criteria: expect.arrayContaining([{ name: "is focused on one thing", met: false, reason: "9 files" }]),
	});
	expect(decideRead(aMeasured(), { kind: "none", why: "limited", isFault: false })).toEqual({
		kind: "later",
		why: "limited",
		isFault: false,
	});
	expect(decideRead(aMeasured(), anOpinion())).toBeUndefined();
});

test("a second reader is for what is large, or guarded", () => {
	const plain = { policy: "ask", touchesGuarded: false } as const;
	expect(needsRefuter({ added: 100, removed: 50 }, plain, 150)).toBe(false);
	expect(needsRefuter({ added: 100, removed: 51 }, plain, 150)).toBe(true);
	expect(needsRefuter({ added: 1, removed: 0 }, { ...plain, touchesGuarded: true }, 150)).toBe(true);
});

describe("what was read", () => {
	const unknown: Read["criteria"] = [{ name: "follows conventions", met: "unknown", reason: "cannot tell" }];
	const byBuiltin = { isBuiltin: true, agent: "builtin", criteria: unknown };

	test.each<[string, Partial<Sight>, Record<PolicyName, Decided["kind"]>]>([
		["every criterion met", {}, { auto: "approved", "ask-on-finding": "approved", ask: "asked" }],
		[
			"not to be read by the built-in one",
			{ opinion: anOpinion(byBuiltin) },
			{ auto: "approved", "ask-on-finding": "asked", ask: "asked" },
		],
		[
			"a model that cannot tell",
			{ opinion: anOpinion({ criteria: unknown }) },
			{ auto: "asked", "ask-on-finding": "asked", ask: "asked" },
		],
		[
			"a finding for a person",
			{ measured: aMeasured({ decision: "ask", findings: [ask] }) },
			{ auto: "asked", "ask-on-finding": "asked", ask: "asked" },
		],
		[
			"a note",
			{ measured: aMeasured({ findings: [{ ...ask, severity: "note" }] }) },
			{ auto: "approved", "ask-on-finding": "approved", ask: "asked" },
		],
		[
			"a finding that a person accepted",
			{ measured: aMeasured({ findings: [ask], accepted: ["measuring-stick"] }) },
			{ auto: "approved", "ask-on-finding": "approved", ask: "asked" },
		],
		[
			"a refutation that failed",
			{ refutation: { kind: "stands", usd: 0 } },
			{ auto: "approved", "ask-on-finding": "approved", ask: "asked" },
		],
		["a refutation", { refutation: refuted }, { auto: "rejected", "ask-on-finding": "asked", ask: "asked" }],
		["nobody to refute it", { refutation: unread }, { auto: "approved", "ask-on-finding": "asked", ask: "asked" }],
		[
			"nobody to refute it now",
			{ refutation: { kind: "none", why: "limited", isFault: false } },
			{ auto: "later", "ask-on-finding": "later", ask: "later" },
		],
	])("%s", (_what, patch, expected) => {
		for (const policy of ["auto", "ask-on-finding", "ask"] as const) {
			const sight: Sight = {
				measured: aMeasured(),
				opinion: anOpinion(),
				refutation: undefined,
				policy: { policy, touchesGuarded: false },
				...patch,
			};
			expect(decideWhole(sight).kind, policy).toBe(expected[policy]);
		}
	});

	test("where nobody read it and it may land all the same, that is said", () => {
		const opinion = anOpinion({ ...byBuiltin, summary: "2 lines in 1 file" });
		const policy = { policy: "auto", touchesGuarded: false } as const;
		expect(decideWhole({ measured: aMeasured(), opinion, refutation: unread, policy })).toMatchObject({
			kind: "approved",
			reason:
				"2 lines in 1 file; nobody has read the change; no second reviewer: builtin: reading code is not what it can do",
		});
	});
});

test("whoever says yes takes the findings upon themselves that were asked about, each rule once", () => {
	const findings = [ask, { ...ask, path: "vitest.config.ts" }, { ...ask, rule: "size", severity: "note" as const }];
	expect(rulesAsked({ findings, accepted: [] })).toEqual(["measuring-stick"]);
	expect(rulesAsked({ findings, accepted: ["measuring-stick"] })).toEqual([]);
});

function aMeasured(patch: Partial<Measured> = {}): Measured {
	return {
		decision: "good",
		base: { commit: "b".repeat(40), tree: "c".repeat(40) },
		conflicts: [],
		findings: [],
		accepted: [],
		receipt: "d".repeat(32),
		unmeasured: undefined,
		reasons: [],
		verdicts: [],
		...patch,
	};
}

function anOpinion(patch: Partial<Read> = {}): Read {
	return {
		kind: "read",
		agent: "claude",
		isBuiltin: false,
		criteria: [met("a")],
		summary: "sound",
		usd: 0.1,
		...patch,
	};
}

function met(name: string): Read["criteria"][number] {
	return { name, met: "met", reason: "looked at it" };
}
