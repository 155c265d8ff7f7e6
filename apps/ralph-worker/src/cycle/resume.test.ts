import type { Change, Task } from "@shopfloor/core";
import { aTask } from "@shopfloor/core/testing";
import { expect, test } from "vitest";
import { whatIsLeft } from "./resume.ts";

const at = { base: "9c1d", branch: "brl/ralph-1/x", task: "t-1" };
const ours: Task = aTask({ id: "t-1", status: "assigned", session: "ralph-1" });
const known = { session: "ralph-1", task: ours, change: undefined };

test.each(["read", "analyze", "plan", "hack"] as const)(
	"who died at %s had nothing that is worth more than its tree",
	(step) => {
		expect(whatIsLeft({ ...at, step }, known)).toEqual({ kind: "over" });
	},
);

test.each(["commit", "evaluate", "push"] as const)("who died at %s had work that is gone on with", (step) => {
	expect(whatIsLeft({ ...at, step }, known)).toEqual({ kind: "goes-on" });
	expect(whatIsLeft({ step, task: null }, known)).toEqual({ kind: "over" });
	expect(whatIsLeft({ ...at, step, task: null }, { ...known, task: undefined })).toEqual({ kind: "goes-on" });
});

test.each<[string, Task | undefined]>([
	["cancelled", { ...ours, status: "cancelled", reason: "cancelled by cli:ana" }],
	["waiting again", { ...ours, status: "waiting" }],
	["another session's", { ...ours, session: "ralph-2" }],
	["gone", undefined],
])("work on a task that is %s by now is given up", (_what, task) => {
	expect(whatIsLeft({ ...at, step: "evaluate" }, { ...known, task })).toMatchObject({ kind: "unwanted" });
});

test("where a person wanted it so, that is said", () => {
	const reason = (task: Task) => {
		const left = whatIsLeft({ ...at, step: "evaluate" }, { ...known, task });
		return "reason" in left ? left.reason : undefined;
	};
	expect(reason({ ...ours, status: "cancelled", reason: "cancelled by cli:ana" })).toBe(
		"the task was cancelled by cli:ana",
	);
	expect(reason({ ...ours, status: "waiting", reason: "1. ralph-1: it is red" })).toBe(
		"t-1 is not this session's any more",
	);
});

test("what the reviewer has already is not judged again, whatever became of its task", () => {
	const change = { id: "c-1" } as Change;
	expect(whatIsLeft({ ...at, step: "push" }, { ...known, task: undefined, change })).toEqual({
		kind: "pushed",
		change,
	});
});
