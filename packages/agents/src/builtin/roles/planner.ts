/**
 * Picks the next small thing: one error or one failing test, in a file that nobody holds, that was not tried lately.
 * Errors for which a fix is known go first, then failing tests, then the other errors; among equals the file with the
 * fewest, so that files come to an end. The same facts give the same task.
 */
import type { Job } from "../../port/job.ts";
import type { FactError, Facts, FactTest } from "../facts.ts";
import { likelyCodes } from "../likely-codes.ts";
import { type Ended, refused, type Said, said } from "./said.ts";
import { ask, type Workshop } from "./workshop.ts";

export async function plan(job: Job, facts: Facts, workshop: Workshop): Promise<Said | Ended> {
	const found = facts.errors || facts.tests ? (facts.errors ?? []) : await look(job, workshop);
	if ("kind" in found) return found;
	const task = pick(found, facts);
	return task === undefined
		? refused(nothing(found.length, facts))
		: said(`${task.title}\n\n${task.detail}`, task, { task }, { task, why });
}

const why = "It is the first, by rule, that nobody holds and that was not tried lately.";

export interface Pick {
	readonly title: string;
	readonly detail: string;
	readonly files: readonly string[];
}

export function pick(errors: readonly FactError[], { tests, held, recent }: Facts): Pick | undefined {
	const counts = new Map<string, number>();
	for (const { file } of errors) if (file) counts.set(file, (counts.get(file) ?? 0) + 1);
	const inOrder = errors
		.filter(({ file }) => file && !held?.includes(file))
		.sort((a, b) => countOf(a) - countOf(b) || compare(placeOf(a), placeOf(b)) || compare(a.code, b.code));
	const free = (tests ?? []).filter(({ file }) => !held?.includes(file));
	const choices = [
		...inOrder.filter(isLikely).map(errorTask),
		...[...free].sort((a, b) => compare(a.file, b.file) || compare(a.name, b.name)).map(testTask),
		...inOrder.filter((error) => !isLikely(error)).map(errorTask),
	];
	return choices.find(({ title }) => !recent?.some((task) => task.title === title));

	function countOf({ file }: FactError): number {
		return counts.get(file ?? "") ?? 0;
	}
}

async function look(job: Job, workshop: Workshop): Promise<readonly FactError[] | Ended> {
	if (job.access === "none") return refused("the prompt holds no facts, and it may not look for itself");
	const answer = await ask(job, { kind: "look" }, workshop);
	if (answer.kind === "edit" || answer.kind === "nothing") throw new Error("it mended, and was only to look");
	return answer.kind === "looked" ? answer.errors : answer;
}

function isLikely({ code }: FactError): boolean {
	return likelyCodes.has(code);
}

function errorTask(error: FactError): Pick {
	const file = error.file ?? "";
	const first = error.message.split("\n", 1)[0] ?? "";
	const at = error.line ? `${file}:${error.line}` : file;
	return {
		title: cut(`${file}: ${error.code} ${first}`),
		detail: `Mend this one error and nothing else.\n${at} ${error.code}: ${error.message}`,
		files: [file],
	};
}

/** The files are for whoever does it to find out: the test's own is not to be changed. */
function testTask({ file, name, message }: FactTest): Pick {
	return {
		title: cut(`make the test "${name}" pass`),
		detail: `It is in ${file}, and fails${message ? ` with:\n${message}` : "."}`,
		files: [],
	};
}

function nothing(errors: number, { tests }: Facts): string {
	if (errors === 0 && !tests?.length)
		return "there is neither an error nor a failing test, and it has no ideas of its own";
	return "whatever is wrong is held by another session, or was tried lately";
}

function placeOf({ file, line }: FactError): string {
	return `${file}:${String(line ?? 0).padStart(8, "0")}`;
}

function compare(one: string, other: string): number {
	return one < other ? -1 : one > other ? 1 : 0;
}

/** A task's title is one line of a log. */
const titleMax = 120;

function cut(text: string): string {
	return text.length <= titleMax ? text : `${text.slice(0, titleMax - 1)}…`;
}
