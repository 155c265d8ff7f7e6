/** What a run left behind, and what every reader makes of it in the same way. */
import { stripVTControlCharacters } from "node:util";
import type { Broken, CheckError, CheckOutcome, Ran, TestResult } from "../check.ts";

/** Of a program that exited by itself, within its limits. */
export interface Evidence {
	readonly exitCode: number;
	readonly ms: number;
	readonly output: string;
	/** The end of all that it said, for people. */
	readonly tail: string;
	/** Folders whose names are taken off paths: the tree, also by its real path. */
	readonly roots: readonly string[];
	/** Whether only some tests were asked for; then none of them being there is an answer. */
	readonly part: boolean;
}

export type Found = Pick<Ran, "errors" | "tests">;

/**
 * An exit code that says something else than the results is no verdict: somebody changed one of them, or there is a
 * failure that nobody reported.
 */
export function agreed(evidence: Evidence, found: Found): CheckOutcome {
	const { exitCode, ms } = evidence;
	const failed = found.tests.filter(({ state }) => state === "failed").length;
	const failures = failed + found.errors.length;
	if (exitCode === 0 && failures > 0)
		return broken(evidence, "disagrees", `it exited with 0, but reported ${counted(failures, "failure")}`);
	if (exitCode !== 0 && failures === 0)
		return broken(evidence, "disagrees", `it exited with ${exitCode}, but reported no failure`);
	return { kind: "ran", ...found, exitCode, ms };
}

export function broken({ ms, tail }: Pick<Evidence, "ms" | "tail">, reason: Broken["reason"], why: string): Broken {
	const said = tail.trimEnd();
	return { kind: "broken", reason, detail: said === "" ? `${why}; it said nothing` : `${why}. It said:\n${said}`, ms };
}

export function counted(count: number, what: string): string {
	return `${count} ${what}${count === 1 ? "" : "s"}`;
}

/** Two of one name in one file are told apart by their order. */
export function withIds(tests: readonly Omit<TestResult, "id">[]): TestResult[] {
	const given = new Set<string>();
	return tests.map((test) => {
		const name = test.file === "" ? test.name : `${test.file} > ${test.name}`;
		let id = name;
		for (let count = 2; given.has(id); count++) id = `${name} #${count}`;
		given.add(id);
		return { id, ...test };
	});
}

export function asError(error: Omit<CheckError, "key">, keyMessage = error.message): CheckError {
	return { key: [error.file ?? "", error.code, keyMessage.slice(0, keyCharsMax)].join("|"), ...error };
}

/** As in this tree, so in another: paths lose the tree's own place. */
export function withoutRoots(text: string, roots: readonly string[]): string {
	return roots.reduce((rest, root) => rest.replaceAll(`file://${root}/`, "").replaceAll(`${root}/`, ""), text);
}

/** The first lines of what a failure says, without colours. */
export function excerpt(text: string): string {
	const plain = stripVTControlCharacters(text).split("\n", excerptLines).join("\n");
	return plain.slice(0, excerptChars);
}

/** A message may carry a whole type; beyond this they differ by what nobody reads. */
const keyCharsMax = 1_000;
const excerptLines = 20;
const excerptChars = 2_000;
