import { expect, test } from "vitest";
import { draftOf } from "../../testing/a-draft.ts";
import { folded } from "../../testing/folded.ts";
import { answererOf, presenceOf, reviewer } from "./answerer.ts";
import { byOf } from "./person.ts";
import { scaleOf } from "./scale.ts";

const nowMs = Date.UTC(2026, 0, 31, 8, 30);

test("every trigger has its process, and what nobody answers has none", () => {
	const names = ["review", "cycle", "doctor", "standup", "self-improve", "ticket", "scale", "dance", "constructor"];
	expect(names.map((what) => answererOf(what)?.name)).toEqual([
		"cto-reviewer",
		"ralph-1",
		"session-doctor",
		"standup",
		"moltbot",
		"orchestrator",
		"scheduler",
		undefined,
		undefined,
	]);
	expect(answererOf("cycle", "ralph-7")?.name).toBe("ralph-7");
});

test("who answers is there, away, or held by what reaches it", async () => {
	const paused = (scope: string, until?: string) =>
		folded(draftOf("paused", { scope, kind: "stop", reason: "night", ...(until !== undefined && { until }) }));
	const seats = { "cto-reviewer": 12 };
	const free = await folded();
	expect(presenceOf(reviewer, free, seats, nowMs)).toEqual({ kind: "there" });
	expect(presenceOf(reviewer, free, {}, nowMs)).toEqual({ kind: "away" });
	expect(presenceOf({ name: "constructor", scopes: [] }, free, {}, nowMs)).toEqual({ kind: "away" });
	for (const scope of ["all", "cto-reviewer", "reviewer"])
		expect(presenceOf(reviewer, await paused(scope), seats, nowMs)).toEqual({
			kind: "held",
			scope,
			how: "stopped",
			reason: "night",
		});
	expect(presenceOf(reviewer, await paused("coder"), seats, nowMs)).toEqual({ kind: "there" });
	expect(presenceOf(reviewer, await paused("all", "2026-01-31T08:20:00.000Z"), seats, nowMs)).toEqual({
		kind: "there",
	});
});

test.each([
	["cli", "ana", "cli:ana"],
	["cli", "DOMAIN\\Ana María", "cli:DOMAIN-Ana-Mar-a"],
	["http", "", "http:unnamed"],
	["telegram", "4711", "telegram:4711"],
	["github", "x".repeat(200), `github:${"x".repeat(73)}`],
])("by %s, %j speaks as %s", (source, name, by) => {
	expect(byOf(source, name)).toBe(by);
});

test("a number of sessions is a whole one, and no more than there are", () => {
	expect(["auto", "02", "3", "many", "-1"].map((word) => scaleOf(word, 2))).toEqual([
		{ kind: "scale", note: "auto" },
		{ kind: "scale", note: "2" },
		{ kind: "too-many", configured: 2 },
		{ kind: "no-number" },
		{ kind: "no-number" },
	]);
	expect(scaleOf("9", 0)).toEqual({ kind: "scale", note: "9" });
});
