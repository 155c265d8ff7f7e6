/** What checks said, in the words of a prompt and in those of its facts. */
import type { FactError, FactTest } from "../builtin/facts.ts";
import { cutTo, lineOf, shortenedTo } from "./cut-to.ts";
import { listed, within } from "./lists.ts";

/** As the gate has it. */
export interface FoundError {
	readonly file?: string | null;
	readonly line?: number | null;
	readonly code: string;
	readonly message: string;
}

export interface FailingTest {
	readonly file: string;
	readonly name: string;
	readonly message?: string;
}

export function errorsInWords(errors: readonly FoundError[]): string {
	return listed(errors, ({ file, line, code, message }) => {
		const at = file ? `${lineOf(file)}${line ? `:${line}` : ""}: ` : "";
		return `${at}${lineOf(code)} ${shortenedTo(message, wordsMax)}`;
	});
}

export function testsInWords(tests: readonly FailingTest[]): string {
	return listed(tests, ({ file, name, message }) => {
		const said = message ? `\n${shortenedTo(message, wordsMax)}` : "";
		return `${lineOf(file)}: ${lineOf(name)}${said}`;
	});
}

/** All that there are, as a rule: who does not know of one edits it. */
export function filesInWords(files: readonly string[]): string {
	return listed(files, lineOf, filesMax);
}

/** Of one message. What a compiler says in more words than these is about types that nobody reads whole. */
const wordsMax = 1_000;

export function errorFacts(errors: readonly FoundError[]): FactError[] {
	const facts = errors
		.filter(({ file }) => !file || isFile(file))
		.map(({ file, line, code, message }) => ({
			...(file && { file }),
			...(line && { line }),
			code: cutTo(code, 200),
			message: cutTo(message, wordsMax),
		}));
	return within(facts, listMax);
}

export function testFacts(tests: readonly FailingTest[]): FactTest[] {
	const facts = tests
		.filter(({ file }) => isFile(file))
		.map(({ file, name, message }) => ({
			file,
			name: cutTo(name, wordsMax),
			...(message && { message: cutTo(message, wordsMax) }),
		}));
	return within(facts, listMax);
}

export function fileFacts(files: readonly string[]): string[] {
	return within(files.filter(isFile).slice(0, filesMax), listMax);
}

/** What a task may name. */
const filesMax = 500;

/** Characters: some hundred errors. A project with more of them has enough to do with these. */
const listMax = 20_000;

/** What facts take for one. */
function isFile(file: string): boolean {
	return file !== "" && file.length <= 1_000;
}
