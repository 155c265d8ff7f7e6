/** What the agent and the process that holds the compiler say to each other. */
import { z } from "zod";
import { FactError, FactTest } from "../facts.ts";

export const Request = z.strictObject({
	kind: z.enum(["mend", "look"]),
	cwd: z.string(),
	bounds: z.strictObject({ files: z.int(), bytes: z.int() }),
	errors: z.array(FactError).optional(),
	tests: z.array(FactTest).optional(),
	files: z.array(z.string()).optional(),
	held: z.array(z.string()).optional(),
});
export type Request = z.infer<typeof Request>;

export const Answer = z.discriminatedUnion("kind", [
	/** It has loaded the compiler. */
	z.strictObject({ kind: z.literal("ready") }),
	/** For the terminal; there may be many. */
	z.strictObject({ kind: z.literal("line"), line: z.string() }),
	z.strictObject({
		kind: z.literal("edit"),
		file: z.string(),
		text: z.string(),
		hash: z.string(),
		fix: z.string(),
		line: z.int(),
		why: z.string(),
		before: z.int(),
		after: z.int(),
		expects: z.string().optional(),
	}),
	z.strictObject({ kind: z.literal("nothing"), errors: z.int(), reasons: z.array(z.string()) }),
	z.strictObject({ kind: z.literal("looked"), errors: z.array(FactError) }),
	z.strictObject({ kind: z.literal("refused"), why: z.string() }),
	/** A fault of the agent's own. */
	z.strictObject({ kind: z.literal("broken"), why: z.string() }),
]);
export type Answer = z.infer<typeof Answer>;
export type LastAnswer = Exclude<Answer, { kind: "ready" | "line" }>;
