import { expect, test } from "vitest";
import { alertOf, isDue } from "./decide.ts";

const hourMs = 60 * 60_000;
const nothing = { removed: [], dropped: 0, installations: [] };

test.each([
	[23, false, false],
	[24, false, true],
	[24, true, false],
	[35, true, false],
	[36, true, true],
	[-1, false, true],
	[-1, true, true],
])("%i hours after the last time, at work: %j, it is due: %j", (hours, isAtWork, due) => {
	expect(isDue({ nowMs: hours * hourMs, lastMs: 0, isAtWork })).toBe(due);
});

test("what went is told in one sentence, and nothing where nothing went", () => {
	expect(alertOf({ kind: "collected", gone: nothing })).toBeUndefined();
	const removed = [
		{ name: "ralph-3", rescued: "refs/shopfloor/rescue/ralph-3/0123" },
		{ name: "ralph-4", rescued: undefined },
	];
	expect(alertOf({ kind: "collected", gone: { removed, dropped: 1, installations: ["a", "b"] } })).toEqual({
		code: "collected",
		severity: "note",
		message:
			"removed what nobody uses: the worktree ralph-3 (what was unsaved in it is at refs/shopfloor/rescue/ralph-3/0123), the worktree ralph-4, 1 old rescued piece of work, 2 old installations",
	});
});

test("that it could not be done is told with what to do", () => {
	expect(alertOf({ kind: "failed", why: "/code does not exist." })).toEqual({
		code: "collect-failed",
		severity: "note",
		message:
			"what nobody uses could not be removed: /code does not exist. It is tried again tomorrow; by hand: npx shopfloor worktree gc",
	});
});
