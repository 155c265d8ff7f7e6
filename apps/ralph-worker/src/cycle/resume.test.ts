import { expect, test } from "vitest";
import { whatIsLeft } from "./resume.ts";

const cycle = { cycle: 3, began: "2026-01-31T08:00:00.000Z", task: null, at: "2026-01-31T08:00:00.000Z", seq: 9 };
const at = { base: "9c1d", branch: "brl/ralph-1/x" };

test.each(["read", "analyze", "plan", "hack"] as const)(
	"who died at %s had nothing that is worth more than its tree",
	(step) => {
		expect(whatIsLeft({ ...cycle, ...at, step })).toEqual({ kind: "over" });
	},
);

test.each(["commit", "evaluate", "push"] as const)("who died at %s had work that is gone on with", (step) => {
	expect(whatIsLeft({ ...cycle, ...at, step })).toEqual({ kind: "goes-on" });
	expect(whatIsLeft({ ...cycle, step })).toEqual({ kind: "over" });
});
