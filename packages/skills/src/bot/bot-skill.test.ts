import { readFileSync } from "node:fs";
import { readSkillFile } from "@shopfloor/core";
import { expect, test } from "vitest";
import { botActions } from "./actions.ts";
import { readBotSkill } from "./bot-skill.ts";

const document = readFileSync(new URL("../../../../docs/formats/skills.md", import.meta.url), "utf8");

test("the examples in docs/formats/skills.md are skills", () => {
	const example = (kind: string) =>
		new RegExp(`^\`\`\`markdown ${kind}\n(.*?)^\`\`\`$`, "ms").exec(document)?.[1] ?? "";
	expect(readSkillFile(example("skill"), "guard-division").kind).toBe("skill");
	expect(readBotSkill(example("bot-skill"), "pause", "shipped")).toMatchObject({
		kind: "skill",
		skill: { action: "pause", takes: { scope: "session", for: "duration" }, answer: "{answer}" },
	});
});

test("docs/formats/skills.md tells the actions as they are", () => {
	for (const { name, parameters } of botActions) {
		expect(document).toContain(`\`${name}\``);
		for (const parameter of parameters)
			expect(document).toMatch(new RegExp(`^\\| \`${parameter.taker}\` .*\`${parameter.name}\``, "m"));
	}
});

test("every fault is told at once", () => {
	const text = aSkill({
		action: "format-disk",
		examples: ["pause {until}", "x".repeat(201), "{", "pause ralph-1", "{for}", "pause {for} {for}"],
		args: ["for: duration", "reason: rest", "nonsense"],
		more: "\n## Answer\n\nIt is done.\n\n## Hidden\n\nmore",
	});
	const read = readBotSkill(text, "a-skill", "learned");
	expect(read.kind === "faults" && read.faults.map(({ at, message }) => `${at}: ${message}`)).toMatchInlineSnapshot(`
		[
		  "metadata.action: has to be one of status, queue, cost, log, skills, help, review, standup, doctor, task, ticket, approve, reject, pause, resume, stop",
		  "body: "Hidden" is none of Examples, Arguments, Answer",
		  "Arguments: nonsense is not of the form "name: taker"",
		  "Examples: "pause {until}" takes {until}, and Arguments do not say how",
		  "Examples: "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" may have 200 characters",
		  "Examples: "{" has a bracket of no parameter",
		  "Examples: "{" has no word of its own",
		  "Examples: "pause ralph-1" names ralph-1: a parameter belongs there",
		  "Examples: "{for}" takes {for}, and Arguments do not say how",
		  "Examples: "{for}" has no word of its own",
		  "Examples: "pause {for} {for}" takes {for}, and Arguments do not say how",
		  "Examples: "pause {for} {for}" takes {for}, and Arguments do not say how",
		  "Examples: "pause {for} {for}" takes a parameter twice",
		  "Answer: has to have {answer} once",
		]
	`);
});

test.each([
	["an action that there is not", { action: "shell" }],
	["no example", { examples: [] }],
	["too many examples", { examples: Array.from({ length: 41 }, (_, at) => `pause number${at}`) }],
	["an argument that its action does not take", { args: ["change: id"] }],
	["an argument in a form that its action does not take", { args: ["scope: rest"] }],
	["an answer that hides what was done", { more: "\n## Answer\n\nNothing happened." }],
	["an answer with what it does not take", { more: "\n## Answer\n\n{answer} {scope}" }],
	["an example with a session of its own", { examples: ["pause ralph-1"] }],
	["an example without a word", { examples: ["{for}"], args: ["for: duration"] }],
])("a skill with %s is none", (_what, patch) => {
	expect(readBotSkill(aSkill(patch), "a-skill", "learned").kind).toBe("faults");
});

test("what follows stands last, and alone", () => {
	const task = (example: string) =>
		readBotSkill(aSkill({ action: "task", examples: [example], args: ["title: rest"] }), "a-skill", "learned").kind;
	expect(task("add: {title}")).toBe("skill");
	expect(task("{title} has to be added")).toBe("faults");
});

interface Made {
	readonly action?: string;
	readonly examples?: readonly string[];
	readonly args?: readonly string[];
	readonly more?: string;
}

function aSkill({ action = "pause", examples = ["pause"], args = [], more = "" }: Made): string {
	const list = (title: string, points: readonly string[]) =>
		points.length === 0 ? "" : `\n## ${title}\n\n${points.map((point) => `- ${point}`).join("\n")}\n`;
	const head = `---\nname: a-skill\ndescription: A skill.\nmetadata:\n  action: ${action}\n---\n`;
	return `${head}\n# A skill\n${list("Examples", examples)}${list("Arguments", args)}${more}\n`;
}
