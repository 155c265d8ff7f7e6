/** A skill of the bot: what stands in its `SKILL.md` besides the form that all skills have (docs/formats/skills.md). */
import { oneLine, readSkillFile, type Skill, type SkillFault } from "@shopfloor/core";
import { type ActionName, type BotAction, botAction, botActions } from "./actions.ts";
import { findAll, type Taker } from "./takers.ts";

export interface BotSkill {
	readonly name: string;
	readonly description: string;
	readonly action: ActionName;
	/** With `{parameter}` where an argument stands. */
	readonly examples: readonly string[];
	/** How each parameter that an example names is taken from a text. */
	readonly takes: Readonly<Record<string, Taker>>;
	/** What is said; `{answer}` stands for what the action itself says. */
	readonly answer: string;
	readonly origin: "shipped" | "learned";
	/** When it was adopted; of a learned one. */
	readonly adopted?: string;
}

export type BotSkillRead =
	| { readonly kind: "skill"; readonly skill: BotSkill }
	| { readonly kind: "faults"; readonly faults: readonly SkillFault[] };

const examplesMax = 40;
export const exampleLengthMax = 200;
const answerLengthMax = 500;

/** Where a skill says nothing of its own. */
export const plainAnswer = "{answer}";

export function readBotSkill(text: string, folder: string, origin: BotSkill["origin"]): BotSkillRead {
	const read = readSkillFile(text, folder);
	if (read.kind === "faults") return read;
	const { skill } = read;
	const faults: SkillFault[] = [];
	const fault = (at: string, message: string) => void faults.push({ at, message });
	const action = botAction(skill.metadata["action"] ?? "");
	const known = botActions.map(({ name }) => name).join(", ");
	if (action === undefined) fault("metadata.action", `has to be one of ${known}`);
	const sections = sectionsOf(skill, fault);
	const takes = readTakes(listIn(sections, "Arguments", fault), action, fault);
	const examples = listIn(sections, "Examples", fault);
	if (examples.length === 0) fault("Examples", "there has to be one");
	if (examples.length > examplesMax) fault("Examples", `there may be ${examplesMax}`);
	for (const example of examples.slice(0, examplesMax)) checkExample(example, takes, fault);
	const answer = (sections["Answer"] ?? [plainAnswer]).join("\n").trim();
	checkAnswer(answer, takes, fault);
	if (action === undefined || faults.length > 0) return { kind: "faults", faults };
	const { adopted } = skill.metadata;
	const { name, description } = skill;
	const own = { name, description, action: action.name, examples, takes, answer, origin };
	return { kind: "skill", skill: adopted === undefined ? own : { ...own, adopted } };
}

/** The parameters that an example names, in its order. */
export function placeholdersIn(text: string): string[] {
	return [...text.matchAll(/\{([a-z]+)\}/g)].map(([, name = ""]) => name);
}

type Fault = (at: string, message: string) => void;

const sectionNames = ["Examples", "Arguments", "Answer"];

/** By their titles. What stands before the first is for people. */
function sectionsOf({ body }: Skill, fault: Fault): Record<string, string[]> {
	const sections: Record<string, string[]> = {};
	let inside: string[] = [];
	for (const line of body.split("\n")) {
		const title = /^##\s+(.*?)\s*$/.exec(line)?.[1];
		if (title === undefined) inside.push(line);
		else {
			if (!sectionNames.includes(title))
				fault("body", `${JSON.stringify(title)} is none of ${sectionNames.join(", ")}`);
			else if (Object.hasOwn(sections, title)) fault("body", `${title} stands there twice`);
			inside = [];
			sections[title] = inside;
		}
	}
	return sections;
}

function listIn(sections: Record<string, string[]>, title: string, fault: Fault): string[] {
	return (sections[title] ?? [])
		.filter((line) => line.trim() !== "")
		.flatMap((line) => {
			const item = /^- (.*\S)\s*$/.exec(line)?.[1];
			if (item === undefined) fault(title, `${oneLine(line)} is no point of a list`);
			return item === undefined ? [] : [item.trim()];
		});
}

function readTakes(list: readonly string[], action: BotAction | undefined, fault: Fault): Record<string, Taker> {
	const takes: Record<string, Taker> = {};
	for (const line of list) {
		const [, name = "", taker = ""] = /^([a-z]+): ([a-z]+)$/.exec(line) ?? [];
		const parameter = action?.parameters.find((one) => one.name === name);
		if (name === "") fault("Arguments", `${oneLine(line)} is not of the form "name: taker"`);
		else if (Object.hasOwn(takes, name)) fault("Arguments", `${name} stands there twice`);
		else if (action === undefined) continue;
		else if (parameter === undefined) fault("Arguments", `${action.name} takes no ${name}`);
		else if (parameter.taker !== taker) fault("Arguments", `${name} is taken as ${parameter.taker}`);
		else takes[name] = parameter.taker;
	}
	return takes;
}

function checkExample(example: string, takes: Readonly<Record<string, Taker>>, fault: Fault): void {
	const at = (message: string) => fault("Examples", `${JSON.stringify(example)} ${message}`);
	if (example.length > exampleLengthMax) at(`may have ${exampleLengthMax} characters`);
	const named = placeholdersIn(example);
	const bare = example.replace(/\{[a-z]+\}/g, " ");
	if (/[{}]/.test(bare)) at("has a bracket of no parameter");
	for (const name of named) if (!Object.hasOwn(takes, name)) at(`takes {${name}}, and Arguments do not say how`);
	if (new Set(named).size < named.length) at("takes a parameter twice");
	const rest = named.find((name) => takes[name] === "rest");
	if (rest !== undefined && !example.endsWith(`{${rest}}`)) at(`takes {${rest}} in the middle: it is what follows`);
	if (rest !== undefined && named.length > 1) at(`takes {${rest}} and something else`);
	const [concrete] = findAll(bare).filter(({ taker }) => taker !== "number");
	if (concrete !== undefined) at(`names ${bare.slice(concrete.from, concrete.to)}: a parameter belongs there`);
	if (!/\p{L}/u.test(bare)) at("has no word of its own");
}

/** A skill may say more than the action does, and never hide what that said. */
function checkAnswer(answer: string, takes: Readonly<Record<string, Taker>>, fault: Fault): void {
	if (answer.length > answerLengthMax) fault("Answer", `may have ${answerLengthMax} characters`);
	if (answer.split(plainAnswer).length !== 2) fault("Answer", `has to have ${plainAnswer} once`);
	for (const name of placeholdersIn(answer))
		if (name !== "answer" && !Object.hasOwn(takes, name)) fault("Answer", `{${name}} is no argument`);
	if (/[{}]/.test(answer.replace(/\{[a-z]+\}/g, ""))) fault("Answer", "has a bracket of no parameter");
}
