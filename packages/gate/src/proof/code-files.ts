/** Which files are code that tests are about, which stand by the tests, and which are neither. */
import type { FileKinds } from "../ratchet/rule.ts";

/**
 * Code is what tests import: sources, and data in JSON. What stands by the tests (helpers, fixtures, snapshots) stays
 * with them, or they would fail without it for a reason that says nothing; so does what decides how they are run.
 */
export function isCode(path: string, kinds: FileKinds): boolean {
	return (isSource(path) || path.endsWith(".json")) && !kinds.isMeasuringStick(path) && !isOfTests(path, kinds);
}

/** One that can be read by the compiler and run; declarations are only types. */
export function isSource(path: string): boolean {
	return /\.[cm]?[jt]sx?$/.test(path) && !/\.d\.[cm]?ts$/.test(path);
}

export function isOfTests(path: string, kinds: FileKinds): boolean {
	return (
		kinds.isTest(path) ||
		path
			.split("/")
			.slice(0, -1)
			.some((folder) => foldersOfTests.has(folder.toLowerCase()))
	);
}

const foldersOfTests: ReadonlySet<string> = new Set([
	...["test", "tests", "__tests__", "spec", "specs", "e2e", "testing", "test-utils", "test-helpers"],
	...["fixtures", "__fixtures__", "testdata", "test-data", "__mocks__", "__snapshots__"],
]);
