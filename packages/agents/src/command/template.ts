/** How a person says what program to call: a list of arguments, never a line for a shell. */
import { z } from "zod";

export const CommandTemplate = z.strictObject({
	command: z
		.array(z.string().min(1).max(4_000))
		.min(1)
		.max(100)
		.describe("The program and its arguments. {prompt-file}, {model} and {tree} are filled in."),
	prompt: z
		.enum(["stdin", "file"])
		.default("stdin")
		.describe("By standard input, or in a file whose path stands for {prompt-file}."),
	answer: z
		.union([z.enum(["text", "last-line", "exit-code"]), z.strictObject({ json: z.string().min(1).max(200) })])
		.default("text")
		.describe(
			"Where its answer is: all it says, its last line, a field of JSON (result.text), or only whether it ends well.",
		),
	usd: z
		.union([z.literal(0), z.strictObject({ json: z.string().min(1).max(200) })])
		.optional()
		.describe("0 for a model that costs nothing, or the field that tells the dollars. Otherwise nobody knows."),
});
export type CommandTemplate = z.infer<typeof CommandTemplate>;

/** A word in braces that is none of ours stays: it may be the program's. */
export function filledIn(words: readonly string[], values: Readonly<Record<string, string | undefined>>): string[] {
	return words.map((word) => word.replace(/\{([a-z-]+)\}/g, (whole, name: string) => values[name] ?? whole));
}

/** `a.0.b` of a value; undefined where there is none. */
export function fieldOf(value: unknown, path: string): unknown {
	return path
		.split(".")
		.reduce<unknown>(
			(inner, key) =>
				typeof inner === "object" && inner !== null && Object.hasOwn(inner, key)
					? (inner as Record<string, unknown>)[key]
					: undefined,
			value,
		);
}
