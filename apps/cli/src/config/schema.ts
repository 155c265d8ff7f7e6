import { configJsonSchema } from "@shopfloor/core";
import type { Context } from "../context.ts";
import { jsonText } from "../json.ts";

/** What stands in docs/formats/config.schema.json; a test compares the two. */
export function printSchema(context: Context): void {
	context.say(jsonText(configJsonSchema()));
}
