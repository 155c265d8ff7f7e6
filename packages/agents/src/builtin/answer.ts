/** Puts what a role has to say into the form that was asked for, where it has that form. */
import { z } from "zod";
import type { JsonSchema } from "../port/job.ts";
import { type Ended, refused, type Said } from "./roles/said.ts";

export function answerFor({ text, forms }: Pick<Said, "text" | "forms">, schema: JsonSchema | undefined): Ended {
	if (schema === undefined) return { kind: "done", text };
	const fits = checkOf(schema);
	if (fits === undefined) return refused("the form of the answer that was asked for is none it can read");
	const data = forms.find((form) => fits(form));
	if (data === undefined) return refused("it has no answer of the form that was asked for");
	return { kind: "done", text, data };
}

function checkOf(schema: JsonSchema): ((value: unknown) => boolean) | undefined {
	try {
		const check = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
		return (value) => check.safeParse(value).success;
	} catch {
		// A schema with words that zod does not know; the caller says so.
		return undefined;
	}
}
