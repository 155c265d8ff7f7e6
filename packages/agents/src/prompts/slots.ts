/**
 * The prompts, and what each is filled with: how it is to be read, and how many characters of it there are at most. The
 * bounds are what a model reads with care at a price that a small task is worth.
 */
import type { QuoteKind } from "./quoted.ts";

export interface SlotForm {
	/** `ours` is the factory's own words and stands as it is; all else is fenced. */
	readonly as: "ours" | QuoteKind;
	readonly most: number;
}

export type SlotForms = Readonly<Record<string, SlotForm>>;

/** Never reached, since what it is made of has bounds: a block that is cut could not be read. */
const facts = { as: "ours", most: 120_000 } as const;
const context = { as: "quoted", most: 20_000 } as const;
const skills = { as: "quoted", most: 12_000 } as const;
const errors = { as: "data", most: 8_000 } as const;
const tests = { as: "data", most: 8_000 } as const;
const held = { as: "data", most: 8_000 } as const;

const commands = { as: "ours", most: 6_000 } as const;

const ofTask = {
	task: { as: "quoted", most: 8_000 },
	earlier: { as: "data", most: 4_000 },
	errors,
	tests,
	held,
	facts,
} as const;

const ofChange = {
	context,
	task: { as: "data", most: 4_000 },
	measured: { as: "ours", most: 1_000 },
	findings: { as: "data", most: 8_000 },
	/** Some 2000 lines: more than the gate lets pass without a person. */
	diff: { as: "data", most: 80_000 },
	facts,
} as const;

export const slots = {
	planner: {
		context,
		skills,
		digest: { as: "data", most: 8_000 },
		errors,
		tests,
		held,
		recent: { as: "data", most: 4_000 },
		facts,
	},
	coder: { ...ofTask, context, skills },
	"coder-next": ofTask,
	reviewer: { criteria: { as: "ours", most: 4_000 }, ...ofChange },
	"reviewer-refute": ofChange,
	bot: {
		commands,
		status: { as: "data", most: 8_000 },
		message: { as: "quoted", most: 4_000 },
		facts,
	},
	"bot-skills": {
		commands,
		known: { as: "data", most: 20_000 },
		messages: { as: "data", most: 20_000 },
		facts,
	},
} as const satisfies Readonly<Record<string, SlotForms>>;

export type PromptName = keyof typeof slots;

/** What a prompt asks for, by its slots. */
export type Filling<Name extends PromptName> = Readonly<Record<keyof (typeof slots)[Name], string>>;
