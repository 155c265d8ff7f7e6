/** What `--json` prints. */
import { harmlessJson } from "@shopfloor/core";

export function jsonLine(value: unknown): string {
	return harmlessJson(value);
}

export function jsonText(value: unknown): string {
	return harmlessJson(value, "\t");
}
