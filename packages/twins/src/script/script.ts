/**
 * A script: the turns of a twin. As a list in a file, or in a test as a function from the request to its turn.
 */
import { z } from "zod";
import type { Wanted } from "./matching.ts";
import { Turn } from "./turn.ts";

/** A longer conversation is made by a function. */
const turnsMax = 10_000;
const Turns = z.array(Turn).max(turnsMax);

const Listed = z.strictObject({
	turns: Turns,
	/** Answers what no other turn does. Without it, such a request is refused and told among the faults. */
	otherwise: Turn.optional(),
});

/** The turns, or an object that also names what is answered `otherwise`. */
export type Script = readonly Turn[] | z.infer<typeof Listed>;

/** May be asked any number of times; nothing means: no turn of mine. */
export type ScriptFunction = (wanted: Wanted) => Turn | undefined;

export type ParsedScript =
	| { readonly kind: "script"; readonly turns: readonly Turn[]; readonly otherwise: Turn | undefined }
	| { readonly kind: "faulty"; readonly faults: readonly string[] };

/** Every fault at once, each with its place. */
export function parseScript(data: unknown): ParsedScript {
	const listed = Array.isArray(data) ? { turns: data } : data;
	const parsed = Listed.safeParse(listed);
	if (!parsed.success) return { kind: "faulty", faults: parsed.error.issues.map(inWords) };
	return { kind: "script", turns: parsed.data.turns, otherwise: parsed.data.otherwise };
}

function inWords({ path, message }: z.core.$ZodIssue): string {
	return `${path.map(String).join(".") || "the script"}: ${message}`;
}
