import { expect, test } from "vitest";
import { aBotSkill } from "../testing/a-skill.ts";
import { fillAnswer } from "./fill-answer.ts";
import { skillSet } from "./skill-set.ts";
import { understand } from "./understand.ts";

const cost = aBotSkill();
const stop = aBotSkill({
	name: "stop",
	action: "stop",
	examples: ["stop", "stop {scope}"],
	takes: { scope: "session" },
});
const task = aBotSkill({ name: "task", action: "task", examples: ["add a task: {title}"], takes: { title: "rest" } });
const set = skillSet([cost, stop, task]);

test("a misspelt word is the one that was meant, and surer when it is not", () => {
	const right = understand("how much did we spend", set);
	const wrong = understand("how much did we spennd", set);
	expect(right).toMatchObject({ kind: "act", action: "cost", confidence: 1 });
	expect(wrong).toMatchObject({ kind: "act", action: "cost" });
	expect(wrong.kind === "act" && wrong.confidence).toBeLessThan(1);
});

test("what changes something is asked about before it is done", () => {
	expect(understand("stop ralph-1", set)).toMatchObject({ kind: "act", args: { scope: "ralph-1" }, asks: true });
	expect(understand("how much did we spend", set)).toMatchObject({ asks: false });
});

test("what narrows an action down is never dropped", () => {
	const narrow = skillSet([aBotSkill({ name: "stop", action: "stop", examples: ["stop", "stop now"] })]);
	for (const text of ["stop ralph-1", "stop for 2h", "stop c-3f2a now", "stop t-1"])
		expect(understand(text, narrow).kind, text).toBe("ask");
	expect(understand("stop now", narrow).kind).toBe("act");
});

test("what is missing is named", () => {
	expect(understand("add a task", set)).toMatchObject({ kind: "act", action: "task", args: {}, missing: ["title"] });
});

test("of two that fit alike neither is done", () => {
	const both = skillSet([cost, aBotSkill({ name: "log", action: "log", examples: ["how much did we land"] })]);
	const understood = understand("how much did we", both);
	expect(understood).toMatchObject({ kind: "ask", choices: [{ action: "cost" }, { action: "log" }] });
});

test("two ways to say the same are one choice", () => {
	const twice = skillSet([cost, aBotSkill({ name: "cost-2", examples: ["how much did we spend"] })]);
	expect(understand("how much did we spend", twice)).toMatchObject({ kind: "act", action: "cost" });
});

test("a skill that is added changes no confidence of another", () => {
	const more = skillSet([cost, stop, task, aBotSkill({ name: "help", action: "help", examples: ["what can you do"] })]);
	for (const text of ["how much did we spend", "stopp", "add a task: x", "how much"])
		expect(understand(text, more)).toEqual(understand(text, set));
});

test("the answer is what the action said, in the skill's words", () => {
	expect(fillAnswer("{answer}", {}, "  all well\n  two rows")).toBe("all well\n  two rows");
	expect(fillAnswer("Paused {scope} for {for}. {answer}", { for: "2h" }, "Until $&  10:00.")).toBe(
		"Paused for 2h. Until $&  10:00.",
	);
	expect(fillAnswer("{answer} ({scope})", { scope: "{answer}" }, "done")).toBe("done ({answer})");
});
