/** Whether an answer has the shape that was asked for. Programs promise it, and do not always keep it. */
import { z } from "zod";
import type { JsonSchema } from "../port/job.ts";

export type Fit =
	| { readonly kind: "fits"; readonly data: unknown }
	| { readonly kind: "unfit"; readonly detail: string };

export function fits(value: unknown, schema: JsonSchema): Fit {
	const result = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]).safeParse(value);
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
	try {
		return fits(JSON.parse(inner), schema);
	} catch {
		return { kind: "unfit", detail: `the answer is no JSON: ${text.slice(0, 200)}` };
	}
}

/** Enough to see what is wrong. */
const faultsTold = 5;
