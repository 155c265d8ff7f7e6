/** What is to be mended. */
import type { FactError, FactTest } from "../facts.ts";
import type { Problem } from "../language/problem.ts";

export interface Order {
	readonly errors?: readonly FactError[] | undefined;
	readonly tests?: readonly FactTest[] | undefined;
	/** The only ones that may be edited, relative. */
	readonly files?: readonly string[] | undefined;
	/** Files that others work on. */
	readonly held?: readonly string[] | undefined;
}

/** Which of the compiler's errors are meant by those that were named; all, where nothing was. */
export function wanted(problems: readonly Problem[], { errors, tests }: Order): readonly Problem[] {
	if (errors?.length) return problems.filter((problem) => errors.some((error) => isSame(problem, error)));
	return tests?.length ? [] : problems;
}

/** Another version of the compiler may say it in other words, and lines may have moved. */
function isSame(problem: Problem, { file, line, code, message }: FactError): boolean {
	if (file !== problem.file || code !== `TS${problem.code}`) return false;
	return typeof line !== "number" || line === problem.line || firstLine(message) === firstLine(problem.message);
}

function firstLine(text: string): string {
	return text.split("\n", 1)[0]?.trim() ?? "";
}
