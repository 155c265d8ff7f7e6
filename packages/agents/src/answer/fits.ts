/** Whether an answer has the shape that was asked for. Programs promise it, and do not always keep it. */
import { z } from "zod";
import type { JsonSchema } from "../port/job.ts";

export type Fit =
	| { readonly kind: "fits"; readonly data: unknown }
	| { readonly kind: "unfit"; readonly detail: string };

export function fits(value: unknown, schema: JsonSchema): Fit {
	const form = formOf(schema);
	if (form === undefined) return { kind: "unfit", detail: "the form that was asked for is none that can be read" };
	const result = form.safeParse(value);
	if (result.success) return { kind: "fits", data: result.data };
	const faults = result.error.issues.slice(0, faultsTold).map(({ path, message }) => {
		const at = path.map(String).join(".");
		return at === "" ? message : `${at}: ${message}`;
	});
	return { kind: "unfit", detail: faults.join("; ") };
}

/** The answer as JSON text, alone or in a fenced block as models like to write it. */
export function fitsText(text: string, schema: JsonSchema): Fit {
	const inner = /^```(?:json)?\s*\n([\s\S]*?)\n```\s*$/m.exec(text.trim())?.[1] ?? text;
	const value = parsed(inner);
	if (value === undefined) return { kind: "unfit", detail: `the answer is no JSON: ${text.slice(0, 200)}` };
	return fits(value, schema);
}

/** Undefined for a schema with words that zod does not know. */
function formOf(schema: JsonSchema): z.ZodType | undefined {
	try {
		return z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
	} catch {
		return undefined;
	}
}

/** No JSON text stands for undefined. */
function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** Enough to see what is wrong. */
const faultsTold = 5;
