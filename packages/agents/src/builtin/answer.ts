/** Puts what a role has to say into the form that was asked for, where it has that form. */
import { fits } from "../answer/fits.ts";
import type { JsonSchema } from "../port/job.ts";
import { type Ended, refused, type Said } from "./roles/said.ts";

export function answerFor({ text, forms }: Pick<Said, "text" | "forms">, schema: JsonSchema | undefined): Ended {
	if (schema === undefined) return { kind: "done", text };
	const tried = forms.map((form) => fits(form, schema));
	const fit = tried.find((found) => found.kind === "fits");
	if (fit !== undefined) return { kind: "done", text, data: fit.data };
	const [first] = tried;
	const why = first?.kind === "unfit" ? `: ${first.detail}` : "";
	return refused(`it has no answer of the form that was asked for${why}`);
}
