import { fileURLToPath } from "node:url";
import { heardIn, loadBotSkills } from "@shopfloor/skills";
import { expect, test } from "vitest";
import { clusters } from "./clusters.ts";
import { entriesOf } from "./testing/a-chat.ts";

const shipped = fileURLToPath(new URL("../../../../skills/bot", import.meta.url));
const { set } = loadBotSkills({ shipped, learned: `${shipped}/none` });

const candidatesFor = (...messages: Parameters<typeof entriesOf>[0]) => clusters(heardIn(entriesOf(messages)), set);

test("what a person said they meant is learned from once", () => {
	expect(
		candidatesFor({ text: "are we burning cash" }, { text: "/cost", handled: true, action: "cost", corrects: 1 }),
	).toEqual([{ action: "cost", examples: ["are we burning cash"] }]);
});

test("what is like it is learned with it", () => {
	expect(
		candidatesFor(
			{ text: "are we burning cash" },
			{ text: "/cost", handled: true, action: "cost", corrects: 1 },
			{ text: "burning cash again?" },
			{ text: "lunch at noon" },
		),
	).toEqual([{ action: "cost", examples: ["are we burning cash", "burning cash again?"] }]);
});

test("what several said alike is taken for what the words of one skill say, if that only looks", () => {
	const twice = [{ text: "dollars and money so far" }, { text: "so far, dollars and money?" }];
	expect(candidatesFor(...twice)).toMatchObject([{ action: "cost" }]);
	expect(candidatesFor(...twice.slice(1))).toEqual([]);
	expect(candidatesFor({ text: "hold your horses and rest" }, { text: "rest and hold the horses" })).toEqual([]);
	expect(candidatesFor({ text: "purple elephants dance" }, { text: "purple elephants dance" })).toEqual([]);
});

test("what was not meant is not learned", () => {
	expect(
		candidatesFor(
			{ text: "dollars and money so far", handled: true, action: "cost" },
			{ text: "None of these", handled: true, corrects: 1, form: "press" },
			{ text: "dollars and money so far", handled: true, action: "cost" },
			{ text: "None of these", handled: true, corrects: 3, form: "press" },
			{ text: "so far, dollars and money?" },
		),
	).toEqual([]);
});

test("arguments become parameters; what has no place for them is left", () => {
	const pause = (text: string, seq: number) => [
		{ text },
		{ text: "/pause", handled: true, action: "pause", corrects: seq },
	];
	expect(
		candidatesFor(
			...pause("chill out ralph 2 for 90 minutes", 1),
			...pause("chill c-3f2a", 3),
			...pause("chill {scope} 🙂", 5),
		),
	).toEqual([{ action: "pause", examples: ["chill out {scope} for {for}", "chill scope"] }]);
});

test("what is to be done is learned by how several of them begin", () => {
	const task = (text: string, seq: number) => [
		{ text },
		{ text: "/task", handled: true, action: "task", corrects: seq },
	];
	expect(
		candidatesFor(
			...task("would be great if the average was guarded", 1),
			...task("Would be great if rates were rounded", 3),
		),
	).toEqual([{ action: "task", examples: ["would be great if {title}"] }]);
	expect(candidatesFor(...task("would be great if the average was guarded", 1))).toEqual([]);
});
