/**
 * What a prompt says for programs. The text around is written for models; one fenced block, marked `facts`, holds the
 * same as JSON. More than one block is refused and not chosen from: a diff or a message quoted in the prompt could bring
 * its own.
 */
import { z } from "zod";

const Text = z.string().max(20_000);
const File = z.string().min(1).max(1_000);

export const FactError = z.looseObject({
	file: File.nullish(),
	line: z.int().positive().nullish(),
	/** `TS2322`, or the name of a rule. */
	code: z.string().max(200),
	message: Text,
});
export type FactError = z.infer<typeof FactError>;

export const FactTest = z.looseObject({ file: File, name: Text, message: Text.nullish() });
export type FactTest = z.infer<typeof FactTest>;

const Claim = z.looseObject({ text: Text, cite: Text });

const Criterion = z.looseObject({ name: z.string().min(1).max(200) });

/** How many there are before and after a change. */
const Delta = z.looseObject({ before: z.int().nonnegative(), after: z.int().nonnegative() });

export const Facts = z.looseObject({
	/** What is to be done. Its files are the only ones that may be edited. */
	task: z.looseObject({ title: Text, detail: Text.nullish(), files: z.array(File).max(1_000).nullish() }).nullish(),
	errors: z.array(FactError).max(10_000).nullish(),
	/** Failing ones. */
	tests: z.array(FactTest).max(10_000).nullish(),
	/** Files that other sessions work on. */
	held: z.array(File).max(10_000).nullish(),
	/** Titles of tasks that were tried lately. */
	recent: z
		.array(z.looseObject({ title: Text }))
		.max(1_000)
		.nullish(),
	/** Of a review. */
	criteria: z.array(Criterion).max(50).nullish(),
	diff: z.looseObject({ files: z.int().nonnegative(), lines: z.int().nonnegative() }).nullish(),
	errorCount: Delta.nullish(),
	failingCount: Delta.nullish(),
	findings: z
		.array(z.looseObject({ kind: z.string().max(20), text: Text }))
		.max(1_000)
		.nullish(),
	/** Of a meeting: what the log proves, each with what it is proved by. */
	did: z.array(Claim).max(1_000).nullish(),
	stuck: z.array(Claim).max(1_000).nullish(),
	/** Of a session that is looked at. */
	session: z
		.looseObject({
			name: Text,
			class: z.string().max(40).nullish(),
			features: z.record(z.string(), z.union([z.string().max(1_000), z.number(), z.boolean(), z.null()])).nullish(),
		})
		.nullish(),
	/** Of a chat. */
	message: Text.nullish(),
	commands: z
		.array(z.looseObject({ name: z.string().max(100), does: Text }))
		.max(200)
		.nullish(),
});
export type Facts = z.infer<typeof Facts>;

export type FactsRead =
	| { readonly kind: "facts"; readonly facts: Facts }
	| { readonly kind: "none" }
	| { readonly kind: "bad"; readonly why: string };

export function factsIn(prompt: string): FactsRead {
	const blocks = [...prompt.matchAll(/^```facts[ \t]*\r?\n(.*?)^```[ \t]*$/gms)];
	const [block, ...more] = blocks;
	if (block === undefined) return { kind: "none" };
	if (more.length > 0) return { kind: "bad", why: `the prompt has ${blocks.length} blocks of facts; there may be one` };
	const value = parsed(block[1] ?? "");
	if (value === undefined) return { kind: "bad", why: "the block of facts in the prompt is no JSON" };
	const facts = Facts.safeParse(value);
	if (facts.success) return { kind: "facts", facts: facts.data };
	return { kind: "bad", why: `the facts in the prompt do not fit: ${z.prettifyError(facts.error)}` };
}

/** For the templates of prompts. On one line, so that nothing in it can end the block. */
export function factsBlock(facts: Facts): string {
	return `\`\`\`facts\n${JSON.stringify(facts)}\n\`\`\``;
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		// The caller says so.
		return undefined;
	}
}
