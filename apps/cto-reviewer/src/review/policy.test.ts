import { expect, test } from "vitest";
import { policyFor } from "./policy.ts";

const paths = [
	{ match: ["docs/**"], policy: "auto" as const },
	{ match: ["src/billing/**", "*.sql"], policy: "ask" as const },
	{ match: ["src/**"], policy: "ask-on-finding" as const },
];

test.each([
	["auto", ["docs/a.md"], "auto"],
	["auto", ["docs/a.md", "src/a.ts"], "ask-on-finding"],
	["auto", ["src/billing/a.ts"], "ask"],
	["auto", ["schema.SQL"], "ask"],
	["ask", ["docs/a.md"], "ask"],
	["ask-on-finding", ["docs/a.md"], "ask-on-finding"],
	["auto", [], "auto"],
] as const)("%s, for %j, is %s", (policy, changed, expected) => {
	expect(policyFor({ policy, paths }, changed).policy).toBe(expected);
});

test("guarded is what a person wants to be asked of by its path, not by the policy for all", () => {
	expect(policyFor({ policy: "ask", paths }, ["src/a.ts"]).touchesGuarded).toBe(false);
	expect(policyFor({ policy: "auto", paths }, ["src/billing/a.ts"]).touchesGuarded).toBe(true);
});
