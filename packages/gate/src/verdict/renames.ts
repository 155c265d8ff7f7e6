/**
 * A base as it would read if its files and tests had the names that the change gave them. What is remembered of a test,
 * and what is run again on the base, goes by the name that it has there.
 */
import type { CheckError, Ran, TestResult } from "../checks/check.ts";

export interface Renames {
	/** Old path to new path, as git sees it. */
	readonly files?: ReadonlyMap<string, string>;
	/** Old id to new id, where somebody who read both knows that it is the same test. */
	readonly tests?: ReadonlyMap<string, string>;
}

export function renamed(base: Ran, { files = new Map(), tests = new Map() }: Renames): Ran {
	if (files.size === 0 && tests.size === 0) return base;
	const given = base.tests.map((test) => renamedTest(test, files, tests));
	const stay = new Set(base.tests.filter(({ id }, at) => given[at]?.id === id).map(({ id }) => id));
	return {
		...base,
		errors: base.errors.map((error) => renamedError(error, files)),
		// One that would take another's name would hide it, and be taken for it.
		tests: base.tests.map((test, at) => {
			const now = given[at] ?? test;
			return now.id !== test.id && stay.has(now.id) ? test : now;
		}),
	};
}

/** Each test of the base as it is there, by the id that the change gave it. */
export function formerTests(base: Ran, renames: Renames): ReadonlyMap<string, TestResult> {
	const { tests } = renamed(base, renames);
	return new Map(base.tests.map((test, at) => [tests[at]?.id ?? test.id, test]));
}

function renamedError(error: CheckError, files: ReadonlyMap<string, string>): CheckError {
	const to = error.file === null ? undefined : files.get(error.file);
	return to === undefined ? error : { ...error, file: to, key: `${to}${error.key.slice(error.file?.length)}` };
}

function renamedTest(
	test: TestResult,
	files: ReadonlyMap<string, string>,
	tests: ReadonlyMap<string, string>,
): TestResult {
	const id = tests.get(test.id);
	if (id !== undefined) return { ...test, id };
	const to = files.get(test.file);
	return to === undefined ? test : { ...test, file: to, id: `${to}${test.id.slice(test.file.length)}` };
}
