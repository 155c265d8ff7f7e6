import type { Answered } from "@shopfloor/agents";
import { nothingUsed } from "@shopfloor/agents";
import { expect, test } from "vitest";
import { decidePlan } from "./plan.ts";

const free = { recent: [], held: [] };
const task = { title: "Guard  the average", detail: "against nothing", files: ["src/average.ts"] };

test("what the planner proposes is a plan, with the conversation to go on with", () => {
	expect(decidePlan(proposing(task, "conv-1"), free)).toEqual({
		kind: "plan",
		plan: {
			title: "Guard the average",
			detail: "against nothing",
			files: ["src/average.ts"],
			conversation: { agent: "claude", id: "conv-1" },
		},
	});
});

test.each([
	["repeats a recent one, however it is written", { ...free, recent: ["guard the AVERAGE"] }, /^the plan repeats/],
	["touches what others hold", { ...free, held: ["src/average.ts"] }, /others work on: src\/average\.ts$/],
	["touches a folder that others hold", { ...free, held: ["src"] }, /others work on: src\/average\.ts$/],
])("a plan that %s is refused", (_what, known, reason) => {
	expect(decidePlan(proposing(task), known)).toEqual({ kind: "idle", reason: expect.stringMatching(reason) });
});

test("a plan over half of the repository is refused", () => {
	const files = Array.from({ length: 11 }, (_, index) => `src/${index}.ts`);
	expect(decidePlan(proposing({ ...task, files }), free)).toMatchObject({
		kind: "idle",
		reason: expect.stringMatching(/too wide/),
	});
});

test("who looked and found nothing is idle; who could not look is asked again", () => {
	const nobody = (...reasons: object[]) => ({ kind: "nobody", reasons }) as unknown as Answered;
	const looked = { agent: "builtin", why: "it looked:\n  there is no error\n", cannot: true };
	const away = { agent: "claude", why: "claude takes no more for now" };
	expect(decidePlan(nobody(looked), free)).toEqual({ kind: "idle", reason: "builtin: it looked: there is no error" });
	expect(decidePlan(nobody(looked, away), free)).toMatchObject({ kind: "limited" });
	expect(decidePlan(nobody(), free)).toMatchObject({ kind: "limited" });
});

test("an answer that is none is a failure, and one without a task is idle", () => {
	expect(decidePlan(answered({ task: 7 }), free)).toMatchObject({ kind: "failed" });
	expect(decidePlan(answered({ task: null, why: "all is well" }), free)).toEqual({
		kind: "idle",
		reason: "all is well",
	});
});

function proposing(proposed: object, conversation?: string): Answered {
	return answered({ task: proposed, why: "it is small" }, conversation);
}

function answered(data: unknown, conversation?: string): Answered {
	const outcome = { kind: "done", text: "", data, usage: nothingUsed, ...(conversation && { conversation }) } as const;
	return { kind: "answered", agent: "claude", outcome, usd: 0, reused: false };
}
