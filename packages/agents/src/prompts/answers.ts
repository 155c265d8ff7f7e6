/**
 * What is answered to each prompt: the form that a program is told, and how it is read. The forms use only what all
 * programs know: every key is required, and nothing is said about lengths, which are cut to what the log takes.
 */
import { oneLine, plainText } from "@shopfloor/core";
import { z } from "zod";
import type { JsonSchema } from "../port/job.ts";
import { shortenedTo } from "./cut-to.ts";
import { type Criterion, reviewCriteria } from "./review-criteria.ts";

interface Unfit {
	readonly kind: "unfit";
	readonly detail: string;
}

const PlanAnswer = z.strictObject({
	task: z.strictObject({ title: z.string(), detail: z.string(), files: z.array(z.string()) }).nullable(),
	why: z.string(),
});
export const planAnswer = schemaOf(PlanAnswer);

export type Planned =
	| {
			readonly kind: "task";
			readonly title: string;
			readonly detail: string;
			/** Relative to the root of the repository, and in it. */
			readonly files: readonly string[];
			readonly why: string;
	  }
	| { readonly kind: "nothing"; readonly why: string }
	| Unfit;

export function readPlan(data: unknown): Planned {
	const read = PlanAnswer.safeParse(data);
	if (!read.success) return unfit(read.error);
	const { task } = read.data;
	const why = sentence(read.data.why);
	if (task === null) return { kind: "nothing", why };
	const title = shortenedTo(oneLine(task.title.replace(/\s+/g, " ").trim()), titleMax);
	if (title === "") return { kind: "unfit", detail: "the task has no title" };
	const files = [...new Set(task.files.map((file) => file.replace(/^(\.\/)+/, "")))]
		.filter(isInside)
		.slice(0, filesMax);
	return { kind: "task", title, detail: shortenedTo(plainText(task.detail), detailMax), files, why };
}

const CoderAnswer = z.strictObject({ summary: z.string() });
export const coderAnswer = schemaOf(CoderAnswer);

export type Summarised = { readonly kind: "summary"; readonly summary: string } | Unfit;

export function readCoder(data: unknown): Summarised {
	const read = CoderAnswer.safeParse(data);
	return read.success ? { kind: "summary", summary: sentence(read.data.summary) } : unfit(read.error);
}

const Met = z.enum(["met", "unmet", "unknown"]);
const ReviewAnswer = z.strictObject({
	criteria: z.array(z.strictObject({ name: z.string(), met: Met, reason: z.string() })),
	summary: z.string(),
});
export const reviewAnswer = schemaOf(ReviewAnswer);

export interface Judged {
	readonly name: string;
	readonly met: z.infer<typeof Met>;
	readonly reason: string;
}

export type Reviewed =
	| { readonly kind: "review"; readonly criteria: readonly Judged[]; readonly summary: string }
	| Unfit;

/** Each criterion that was asked once, in the order asked. One without an answer is unknown; of several the worst counts. */
export function readReview(data: unknown, asked: readonly Pick<Criterion, "name">[] = reviewCriteria): Reviewed {
	const read = ReviewAnswer.safeParse(data);
	if (!read.success) return unfit(read.error);
	const { criteria, summary } = read.data;
	const judged = asked.map(({ name }): Judged => {
		const answers = criteria.filter((answer) => bare(answer.name) === bare(name));
		const [worst] = answers.sort((a, b) => badness[b.met] - badness[a.met]);
		return worst === undefined
			? { name, met: "unknown", reason: "Nothing was said about it." }
			: { name, met: worst.met, reason: sentence(worst.reason) };
	});
	return { kind: "review", criteria: judged, summary: sentence(summary) };
}

/** Models write names as they write headings and keys. */
function bare(name: string): string {
	return name
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, " ")
		.trim();
}

const badness: Readonly<Record<Judged["met"], number>> = { met: 0, unknown: 1, unmet: 2 };

const RefuteAnswer = z.strictObject({
	refuted: z.boolean(),
	reasons: z.array(z.strictObject({ reason: z.string(), failure: z.string().nullable() })),
});
export const refuteAnswer = schemaOf(RefuteAnswer);

export type Refuted =
	| {
			readonly kind: "refutation";
			readonly refuted: boolean;
			readonly reasons: readonly {
				readonly reason: string;
				/** What happens when; null where none was named. */
				readonly failure: string | null;
			}[];
	  }
	| Unfit;

export function readRefutation(data: unknown): Refuted {
	const read = RefuteAnswer.safeParse(data);
	if (!read.success) return unfit(read.error);
	const reasons = read.data.reasons.slice(0, reasonsMax).map(({ reason, failure }) => ({
		reason: sentence(reason),
		failure: failure === null || failure.trim() === "" ? null : sentence(failure),
	}));
	return { kind: "refutation", refuted: read.data.refuted, reasons };
}

const BotAnswer = z.strictObject({
	command: z.string().nullable(),
	arguments: z.array(z.strictObject({ name: z.string(), value: z.string() })),
	reply: z.string(),
});
export const botAnswer = schemaOf(BotAnswer);

export type BotSaid =
	| {
			readonly kind: "command";
			/** Whether there is such a one is for the reader to say. */
			readonly command: string;
			readonly args: readonly { readonly name: string; readonly value: string }[];
	  }
	| { readonly kind: "reply"; readonly text: string }
	| Unfit;

/** A command before an answer: who says both wants it done. */
export function readBot(data: unknown): BotSaid {
	const read = BotAnswer.safeParse(data);
	if (!read.success) return unfit(read.error);
	const { command, arguments: args, reply } = read.data;
	if (command !== null)
		return {
			kind: "command",
			command: shortenedTo(oneLine(command.trim()), 80),
			args: args
				.slice(0, argumentsMax)
				.map(({ name, value }) => ({ name, value: shortenedTo(plainText(value), detailMax) })),
		};
	const text = sentence(reply);
	return text === "" ? { kind: "unfit", detail: "it chose no command and gave no answer" } : { kind: "reply", text };
}

const BotSkillsAnswer = z.strictObject({
	skills: z.array(z.strictObject({ command: z.string(), examples: z.array(z.string()) })),
});
export const botSkillsAnswer = schemaOf(BotSkillsAnswer);

export type BotSkillsSaid =
	| {
			readonly kind: "skills";
			readonly skills: readonly { readonly command: string; readonly examples: readonly string[] }[];
	  }
	| Unfit;

export function readBotSkills(data: unknown): BotSkillsSaid {
	const read = BotSkillsAnswer.safeParse(data);
	if (!read.success) return unfit(read.error);
	const skills = read.data.skills.slice(0, skillsMax).map(({ command, examples }) => ({
		command: command.trim(),
		examples: [...new Set(examples.map((example) => example.replace(/\s+/g, " ").trim()))]
			.filter((example) => example !== "" && example.length <= exampleMax)
			.slice(0, examplesMax),
	}));
	return { kind: "skills", skills };
}

/** What an entry of the log takes, or less: a column has room for a title, and nobody reads a plan of pages. */
const titleMax = 120;
const detailMax = 4_000;
const sentenceMax = 1_000;
const filesMax = 50;
const reasonsMax = 5;
const argumentsMax = 10;
/** More than a pass tries out. */
const skillsMax = 10;
const examplesMax = 20;
/** A phrase, and not a text. */
const exampleMax = 200;

/** Programs differ in which edition of JSON schema they take; none needs to be told. */
function schemaOf(form: z.ZodType): JsonSchema {
	const { $schema: _edition, ...schema } = z.toJSONSchema(form);
	return schema;
}

function unfit(error: z.ZodError): Unfit {
	return { kind: "unfit", detail: shortenedTo(oneLine(z.prettifyError(error).replaceAll("\n", " ")), sentenceMax) };
}

function sentence(text: string): string {
	return shortenedTo(plainText(text.trim()), sentenceMax);
}

function isInside(file: string): boolean {
	const isOdd = file === "" || file.length > 500 || /^([/\\~]|[A-Za-z]:)/.test(file) || oneLine(file) !== file;
	return !isOdd && !file.split(/[/\\]/).includes("..");
}
