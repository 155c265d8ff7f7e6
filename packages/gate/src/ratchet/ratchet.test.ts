import { expect, test } from "vitest";
import type { Diff } from "../diff/diff.ts";
import { fileKinds } from "./file-kinds.ts";
import { ratchet } from "./ratchet.ts";
import type { Found, Rule } from "./rule.ts";
import { RatchetSettings } from "./settings.ts";

const diff: Diff = { base: "a", head: "b", files: [] };
const kinds = fileKinds();

function rule(name: string, severity: Rule["severity"], ...found: Found[]): Rule {
	return { name, severity, reason: "", look: () => found, examples: { caught: [], passed: [] } };
}

test("the worst comes first, then the order of the places", () => {
	const rules = [
		rule("one", "note", { path: "b", what: "1" }, { path: "b", line: 2, what: "2", severity: "block" }),
		rule("two", "ask", { path: "b", line: 10, what: "3" }, { path: "b", line: 9, what: "4" }, { path: "a", what: "5" }),
	];
	expect(ratchet(diff, { kinds, rules }).map(({ severity, what }) => `${severity} ${what}`)).toEqual([
		"block 2",
		"ask 5",
		"ask 4",
		"ask 3",
		"note 1",
	]);
});

test("a rule that fails keeps the change out", () => {
	const broken: Rule = {
		...rule("broken", "note"),
		*look() {
			yield { path: "a", what: "seen before it failed" };
			throw new Error("no such thing");
		},
	};
	expect(ratchet(diff, { kinds, rules: [broken] })).toEqual([
		{ rule: "broken", severity: "block", path: "", what: "the rule broken failed: no such thing" },
	]);
});

test("the base decides how severe a rule is, for all that it finds", () => {
	const rules = [rule("one", "block", { path: "a", what: "1" }, { path: "a", what: "2", severity: "ask" })];
	const severities = (settings: unknown) =>
		ratchet(diff, { kinds, rules, settings: RatchetSettings.parse(settings) }).map(({ severity }) => severity);
	expect(severities({})).toEqual(["block", "ask"]);
	expect(severities({ rules: { one: "note" } })).toEqual(["note", "note"]);
	expect(severities({ rules: { one: "off" } })).toEqual([]);
	expect(severities({ rules: { other: "off" } })).toEqual(["block", "ask"]);
});

test("secrets that were found in the commits are findings like others", () => {
	const secrets: Found[] = [
		{ path: "a", what: "holds one" },
		{ path: "a", what: "holds half of one", severity: "ask" },
	];
	expect(ratchet(diff, { kinds, rules: [], secrets }).map(({ rule, severity }) => [rule, severity])).toEqual([
		["secrets", "block"],
		["secrets", "ask"],
	]);
});
