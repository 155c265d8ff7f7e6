/** What several routes take. */
import { sentenceMax } from "@shopfloor/core/person";
import { z } from "zod";

export const Note = z.string().trim().min(1).max(sentenceMax);
export const Nothing = z.strictObject({});

/** `?wait=30` */
export const Waiting = z.strictObject({
	wait: z
		.string()
		.regex(/^([0-9]|[1-5][0-9]|60)$/, "seconds, 0 to 60")
		.transform(Number)
		.default(0)
		.describe("Seconds to wait for the end, at most 60."),
});

/** Of other answers' details, which the documents of the log and the records tell. */
export function open(what: string): z.ZodType {
	return z.looseObject({}).describe(what);
}
