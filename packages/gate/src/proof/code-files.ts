/** Which files are code that tests are about; the names are those of `FileKinds`. */
import type { FileKinds } from "../ratchet/rule.ts";

/**
 * Code is what tests import: sources, and data in JSON. What stands by the tests (helpers, fixtures, snapshots) stays
 * with them, or they would fail without it for a reason that says nothing; so does what decides how they are run.
 */
export function isCode(path: string, kinds: FileKinds): boolean {
	return (isSource(path) || path.endsWith(".json")) && kinds.isProduct(path);
}

/** One that can be read by the compiler and run; declarations are only types. */
export function isSource(path: string): boolean {
	return /\.[cm]?[jt]sx?$/.test(path) && !/\.d\.[cm]?ts$/.test(path);
}
