import type { Entry } from "@shopfloor/core";
import { describe, expect, test } from "vitest";
import { aBotSkill } from "../testing/a-skill.ts";
import { heardIn } from "./heard.ts";
import { replay, shareOf } from "./replay.ts";
import { skillSet } from "./skill-set.ts";

const cost = aBotSkill();
const burn = aBotSkill({ name: "burn", examples: ["are we burning money"] });
const log = aBotSkill({ name: "log", action: "log", examples: ["are we burning money"] });

describe("what was heard", () => {
	test("is free words, with what came of them and what a person said they meant", () => {
		const heard = heardIn([
			said(1, { text: "how much did we spend", handled: true, skill: "cost", action: "cost" }),
			said(2, { text: "/status", handled: true, action: "status" }),
			said(3, { text: "an answer", handled: true, direction: "out" }),
			said(4, { text: "are we burning money", handled: false }),
			said(5, { text: "/cost", handled: true, action: "cost", corrects: 4 }),
			said(6, { text: "how much did we spend", handled: true, action: "cost" }),
			said(7, { text: "None of these", handled: true, corrects: 6, form: "press" }),
			said(8, { text: "approve c-1", handled: true, action: "approve", form: "press" }),
			said(9, { text: "mind the gap", handled: false }),
		]);
		expect(heard).toMatchObject([
			{ seq: 1, handled: true, meant: "cost", wrong: [] },
			{ seq: 4, handled: false, meant: "cost", wrong: [] },
			{ seq: 6, handled: false, meant: null, wrong: ["cost"] },
			{ seq: 9, handled: false, meant: null, wrong: [] },
		]);
	});

	test("is the newest of a long history", () => {
		const entries = Array.from({ length: 20 }, (_, at) => said(at + 1, { text: `a${at}`, handled: false }));
		expect(heardIn(entries, 3).map(({ seq }) => seq)).toEqual([18, 19, 20]);
	});
});

describe("a replay", () => {
	const open = said(1, { text: "are we burning money", handled: false });
	const done = said(2, { text: "how much did we spend", handled: true, action: "cost" });

	test("counts what each set handles, and names what is gained", () => {
		const result = replay(heardIn([open, done]), skillSet([cost]), skillSet([cost, burn]));
		expect(result).toMatchObject({ messages: 2, before: { handled: 1 }, after: { handled: 2 }, changed: [], open: [] });
		expect(result.gained).toMatchObject([
			{ heard: { seq: 1 }, before: { kind: "unhandled" }, after: { skill: "burn" } },
		]);
		expect([shareOf(result.before, 2), shareOf(result.after, 2), shareOf(result.after, 0)]).toEqual([0.5, 1, 1]);
	});

	test("names every answer that becomes another, by action, argument or words", () => {
		const changed = (after: Parameters<typeof skillSet>[0]) =>
			replay(heardIn([done]), skillSet([cost]), skillSet(after)).changed;
		expect(changed([cost])).toEqual([]);
		expect(changed([])).toHaveLength(1);
		expect(changed([{ ...cost, action: "log" }])).toHaveLength(1);
		expect(changed([{ ...cost, answer: "Well. {answer}" }])).toHaveLength(1);
		expect(changed([cost, { ...log, examples: ["how much did we spend"] }])).toHaveLength(1);
	});

	test("knows what a person said it meant: another answer is wrong, not handled", () => {
		const corrected = [open, said(3, { text: "/cost", handled: true, action: "cost", corrects: 1 })];
		const result = replay(heardIn(corrected), skillSet([cost]), skillSet([cost, log]));
		expect(result).toMatchObject({ after: { handled: 0, wrong: 1 }, gained: [], changed: [{ heard: { seq: 1 } }] });
		const mended = replay(heardIn(corrected), skillSet([log]), skillSet([burn]));
		expect(mended).toMatchObject({ before: { wrong: 1 }, after: { handled: 1 }, changed: [], gained: [{}] });
	});

	test("knows what an agent answered rightly", () => {
		const byAgent = [said(1, { text: "are we burning money", handled: true, action: "cost" })];
		expect(replay(heardIn(byAgent), skillSet([cost]), skillSet([cost, log])).changed).toHaveLength(1);
		expect(replay(heardIn(byAgent), skillSet([cost]), skillSet([cost, burn]))).toMatchObject({
			changed: [],
			gained: [{}],
		});
	});
});

function said(seq: number, data: Record<string, unknown>): Entry {
	const ts = new Date(seq * 1_000).toISOString();
	return {
		seq,
		ts,
		type: "bot_message",
		by: "moltbot",
		prev: "",
		data: { direction: "in", chat: "1", ...data },
	} as Entry;
}
