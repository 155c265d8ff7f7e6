import { emptyState } from "@shopfloor/core";
import { expect, test } from "vitest";
import { Admission } from "./admission.ts";

const live = (seq: number, unheard = 0) => ({ state: { ...emptyState, seq }, unheard });

test("WEB-16: what is being written, and what was written and has not come back by the log, is open as well", () => {
	const admission = new Admission(3);
	const [first, second] = [admission.enter(live(0)), admission.enter(live(0))];
	first?.(1);
	second?.();
	expect([admission.enter(live(0)), admission.enter(live(0))]).not.toContain(undefined);
	expect(admission.enter(live(0))).toBeUndefined();
	expect(admission.enter(live(1, 1))).toBeUndefined();
	expect(admission.enter(live(1))).toBeDefined();
});

test("WEB-16: triggers without an answer and tasks that nobody has begun are open, others are not", () => {
	const admission = new Admission(3);
	const trigger = { what: "review", source: "http", at: "" };
	const work = { ...emptyState.work, tasks: { "t-1": null, "t-2": "ralph-1" } };
	const state = { ...emptyState, steering: { ...emptyState.steering, triggers: { 1: trigger } }, work };
	expect(admission.enter({ state, unheard: 0 })).toBeDefined();
	expect(admission.enter({ state, unheard: 0 })).toBeUndefined();
});
