/** What an installing program said when it failed, as much as explains it. */
import { stripVTControlCharacters } from "node:util";
import { withoutPasswords } from "../git/git.ts";

/**
 * Where it begins to complain, and how it ends. The cause stands first: npm follows it by a hundred lines on how it is
 * used, other programs talk for a hundred lines before it.
 */
export function installerWords(output: string): string {
	const lines = stripVTControlCharacters(withoutPasswords(output))
		.split("\n")
		.map((line) => line.trimEnd())
		.filter((line) => !isEmpty.test(line));
	const first = lines.findIndex((line) => complaint.test(line));
	if (first === -1) return lines.slice(-linesMax).join("\n");
	const usage = lines.findIndex((line, index) => index > first && isUsage.test(line));
	const cause = lines.slice(first, Math.min(first + linesMax, usage === -1 ? lines.length : usage));
	const end = lines.slice(Math.max(first + cause.length, lines.length - endMax));
	const between = lines.length - first - cause.length - end.length;
	return [...cause, ...(between > 0 ? ["…"] : []), ...end].join("\n");
}

/** Of npm (before its version 10 it shouted), of pnpm, of yarn. */
const complaint = /^\s*(npm (error|ERR!)|.*\bERR_PNPM_|error\b)/i;
const isUsage = /^npm (error|ERR!) Usage:/;
const isEmpty = /^\s*(npm (error|ERR!))?\s*$/;

/** A list of what is missing is understood by then. */
const linesMax = 15;
const endMax = 3;
