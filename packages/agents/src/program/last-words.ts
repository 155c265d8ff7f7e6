/** How a program ended, in a sentence: the end of what it said on its standard error, else how it went. */
import { cut, oneLine } from "@shopfloor/core";
import type { ProgramEnd } from "./dialect.ts";

/** A line of the log holds more; nobody reads more. */
const charactersMax = 500;

export function lastWords({ child, errors, passedOver }: ProgramEnd): string {
	const said = errors
		.split("\n")
		.filter((line) => line.trim() !== "")
		.slice(-3)
		.map((line) => oneLine(line.trim()))
		.join(" / ");
	const long = passedOver === 0 ? "" : ` (${passedOver} of its lines were too long to be read)`;
	return cut(`${howItEnded(child)}${said === "" ? "" : `: ${said}`}${long}`, charactersMax);
}

function howItEnded(child: ProgramEnd["child"]): string {
	switch (child.kind) {
		case "exited":
			return child.code === 0 ? "it ended without a last word" : `it ended with code ${child.code}`;
		case "signalled":
			return `it was ended by ${child.signal}`;
		default:
			return "it was ended";
	}
}
