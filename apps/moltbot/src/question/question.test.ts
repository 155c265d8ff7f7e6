import type { Entry } from "@shopfloor/core";
import { expect, test } from "vitest";
import { buttonsOf, choiceButtons, pressOf, whyButtons, whys } from "./buttons.ts";
import { fateOf } from "./fate.ts";

const key = "abcd2345";

test("every button says what it means, in no more than Telegram takes", () => {
	const all = [...buttonsOf(key), ...whyButtons(key), ...choiceButtons(key, ["one", "two"], "none")].flat();
	for (const { data } of all) expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64);
	expect(all.map(({ data }) => pressOf(data))).toEqual([
		{ kind: "approve", key },
		{ kind: "reject", key },
		{ kind: "diff", key },
		...whys.map((_, index) => ({ kind: "why", key, index })),
		{ kind: "back", key },
		{ kind: "choice", key, index: 0 },
		{ kind: "choice", key, index: 1 },
		{ kind: "choice", key, index: undefined },
	]);
});

test.each([
	"",
	"y",
	"y:short",
	`y:${key}:1`,
	`r:${key}`,
	`r:${key}:9`,
	`r:${key}:x`,
	`w:${key}`,
	`q:${key}`,
	`y:${key}\n`,
	"approve",
])("%j is no button of ours", (data) => {
	expect(pressOf(data)).toBeUndefined();
});

const asked = anEntry(1, "approval_asked", {
	approval: "a-1",
	change: "c-1",
	commit: "3f2a",
	question: "?",
	expires: "2026-01-31T09:00:00.000Z",
});
const yes = anEntry(2, "approval_given", { approval: "a-1", commit: "3f2a", answer: "approve" }, "telegram:4711");
const no = anEntry(
	2,
	"approval_given",
	{ approval: "a-1", commit: "3f2a", answer: "reject", note: "no" },
	"telegram:4711",
);
const landed = anEntry(3, "change_landed", { change: "c-1", commit: "77aa", tree: "t", receipt: "r", task: null });
const rejected = anEntry(3, "change_rejected", { change: "c-1", reasons: ["no"] });
const reverted = anEntry(4, "change_reverted", { change: "c-1", commit: "88bb", reason: "red" });
const expired = anEntry(2, "approval_expired", { approval: "a-1" });
const other = anEntry(2, "approval_given", { approval: "a-2", commit: "3f2a", answer: "approve" });

test.each([
	["open", [asked]],
	["open", [asked, other]],
	["approved", [asked, yes]],
	["turned-away", [asked, no]],
	["landed", [asked, yes, landed]],
	["rejected", [asked, no, rejected]],
	["rejected", [asked, rejected]],
	["reverted", [asked, yes, landed, reverted]],
	["expired", [asked, expired]],
	// Asked anew: this message is about the first time.
	[
		"expired",
		[
			anEntry(0, "approval_asked", { ...asked.data, approval: "a-0" }),
			anEntry(0, "approval_expired", { approval: "a-1" }),
		],
	],
])("its fate is %s", (kind, entries) => {
	expect(fateOf({ approval: "a-1" }, { entries: entries as Entry[] }, Date.UTC(2026, 0, 31, 8))).toMatchObject({
		kind,
	});
});

test("nobody closed it, and its time is over", () => {
	expect(fateOf({ approval: "a-1" }, { entries: [asked] }, Date.UTC(2026, 0, 31, 9))).toEqual({
		kind: "expired",
	});
});

function anEntry(seq: number, type: string, data: object, by = "cto-reviewer"): Entry {
	return { seq, ts: "2026-01-31T08:00:00.000Z", type, by, data, prev: "" } as Entry;
}
