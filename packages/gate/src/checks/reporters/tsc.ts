/**
 * The compiler's words, with `--pretty false`: `file(line,column): error TS1234: message`, continued on lines that begin
 * with a space. It runs no code of the tree, so nobody can speak in its name; what it looks at is the base's to say.
 */
import type { CheckError, CheckOutcome } from "../check.ts";
import { agreed, asError, type Evidence, withoutRoots } from "./evidence.ts";
import { stableMessage } from "./stable-message.ts";

export function readTsc(evidence: Evidence): CheckOutcome {
	const errors: CheckError[] = [];
	for (const lines of messagesOf(evidence.output)) {
		const error = errorOf(lines, evidence.roots);
		if (error !== undefined) errors.push(error);
	}
	return agreed(evidence, { errors, tests: [] });
}

/** What makes its answer whole, comparable and cheap to repeat. */
export function tscArguments(words: readonly string[], buildInfo: string): string[] {
	// A solution keeps its notes in the tree, where a branch could have written that all is well: it is built anew.
	if (words.some((word) => /^--?b(uild)?$/i.test(word))) return ["--pretty", "false", "--force"];
	return ["--pretty", "false", "--incremental", "--tsBuildInfoFile", buildInfo];
}

/** A first line, with those that continue it. */
function messagesOf(output: string): string[][] {
	const messages: string[][] = [];
	for (const line of output.split(/\r?\n/)) {
		if (/^\s+\S/.test(line)) messages.at(-1)?.push(line.trim());
		else if (line !== "") messages.push([line]);
	}
	return messages;
}

function errorOf([first = "", ...more]: readonly string[], roots: readonly string[]): CheckError | undefined {
	const inFile = /^(.+?)\((\d+),\d+\): error (TS\d+): (.*)$/.exec(first);
	const anywhere = /^error (TS\d+): (.*)$/.exec(first);
	const [, file, line, code = "", text] =
		inFile ?? (anywhere && [first, undefined, undefined, ...anywhere.slice(1)]) ?? [];
	if (text === undefined) return undefined;
	const message = [text, ...more].map((each) => withoutRoots(each, roots)).join("\n");
	return asError(
		{
			file: file === undefined ? null : withoutRoots(file, roots),
			line: line === undefined ? null : Number(line),
			code,
			message,
		},
		stableMessage(message),
	);
}
