/** A base as it would read if its files and tests had the names that the change gave them. */
import type { CheckError, Ran, TestResult } from "../checks/check.ts";

export interface Renames {
	/** Old path to new path, as git sees it. */
	readonly files?: ReadonlyMap<string, string>;
	/** Old id to new id, where somebody who read both knows that it is the same test. */
	readonly tests?: ReadonlyMap<string, string>;
}

export function renamed(base: Ran, { files = new Map(), tests = new Map() }: Renames): Ran {
	if (files.size === 0 && tests.size === 0) return base;
	return {
		...base,
		errors: base.errors.map((error) => renamedError(error, files)),
		tests: base.tests.map((test) => renamedTest(test, files, tests)),
	};
}

/** The other way round, for asking the base. */
export function oldNames(files: readonly string[], { files: renames = new Map() }: Renames): string[] {
	const old = new Map([...renames].map(([from, to]) => [to, from]));
	return files.map((file) => old.get(file) ?? file);
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
