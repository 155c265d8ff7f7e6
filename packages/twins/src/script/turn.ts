/** A turn: what a twin answers to one request. Plain JSON, so that a script can lie in a file. */
import { z } from "zod";
import { isPattern } from "./pattern.ts";

/** Found anywhere in the text; written `/…/` with flags, it is a regular expression. */
const Pattern = z.string().max(2_000).refine(isPattern, "is no regular expression");

/** Everything named must hold. A request that asks on the side is told from the others by what it is about. */
const When = z.strictObject({
	model: Pattern.optional(),
	system: Pattern.optional(),
	/** The last thing the user said in words. */
	user: Pattern.optional(),
	/** What the tools said in the last message; true and false: whether they said anything. */
	toolResult: z.union([Pattern, z.boolean()]).optional(),
	/** A tool of this name is offered. */
	tool: z.string().optional(),
	maxTokens: z.int().optional(),
	/** Whether an answer in a given form is asked for. */
	form: z.boolean().optional(),
});
export type When = z.infer<typeof When>;

const Call = z.strictObject({
	name: z.string().min(1).max(200),
	/** An object for a function; text for a tool that takes text, such as Codex's `apply_patch`. */
	input: z.union([z.record(z.string(), z.json()), z.string()]),
	id: z.string().optional(),
});
export type Call = z.infer<typeof Call>;

const Usage = z.strictObject({
	/** Neither read from the cache nor written to it. */
	input: z.int().min(0).optional(),
	cached: z.int().min(0).optional(),
	cacheWrite: z.int().min(0).optional(),
	output: z.int().min(0).optional(),
	reasoning: z.int().min(0).optional(),
});

/** An hour is longer than any program waits, and ends what was forgotten. */
const delayMsMax = 3_600_000;
const Milliseconds = z.int().min(0).max(delayMsMax);

const Trouble = z.discriminatedUnion("kind", [
	z.strictObject({
		kind: z.literal("status"),
		status: z.int().min(400).max(599),
		message: z.string().optional(),
		/** The API's own word for the error, where it is another than the status's usual one. */
		error: z.string().optional(),
		retryAfterS: z.int().min(0).optional(),
		/** Says with the API's headers that a limit is used up, and in how many seconds it is filled again. */
		resetInS: z.int().min(0).optional(),
	}),
	z.strictObject({ kind: z.literal("hang"), at: z.enum(["before-headers", "mid-stream"]) }),
	z.strictObject({ kind: z.literal("cut"), at: z.enum(["before-headers", "mid-stream"]) }),
	z.strictObject({ kind: z.literal("pings"), everyMs: Milliseconds.min(1).optional() }),
	z.strictObject({ kind: z.literal("stream-error"), error: z.string(), message: z.string().optional() }),
]);
export type Trouble = z.infer<typeof Trouble>;

/** More calls at once than any program was seen to take. */
const callsMax = 64;
/** As good as always, and still a number. */
const timesMax = 1_000_000;

const stops = ["end_turn", "tool_use", "max_tokens", "stop_sequence", "refusal", "pause_turn"] as const;

export const Turn = z
	.strictObject({
		when: When.optional(),
		/** How many requests it answers: without `when` one, in the order of the script; with `when` any number. */
		times: z.int().min(1).max(timesMax).optional(),
		thinking: z.string().min(1).optional(),
		text: z.string().min(1).optional(),
		calls: z.array(Call).min(1).max(callsMax).optional(),
		/** Given in the way the request asks for it: by its tool for answers, or as JSON text. */
		answer: z.json().optional(),
		stop: z.enum(stops).optional(),
		usage: Usage.optional(),
		delayMs: z.strictObject({ before: Milliseconds.optional(), between: Milliseconds.optional() }).optional(),
		/** Headers on top of the usual ones. */
		headers: z.record(z.string().regex(/^[a-z0-9-]+$/), z.string()).optional(),
		trouble: Trouble.optional(),
	})
	.refine(saysSomething, "says nothing: give one of text, calls, answer, stop or trouble");
export type Turn = z.infer<typeof Turn>;

function saysSomething(turn: Record<string, unknown>): boolean {
	return ["text", "calls", "answer", "stop", "trouble"].some((key) => turn[key] !== undefined);
}
