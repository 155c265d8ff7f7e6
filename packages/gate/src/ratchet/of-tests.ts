import type { FileKinds } from "./rule.ts";

/**
 * Whether a file holds tests and is no product: code that holds its own tests may end a process or patch an object for
 * reasons of its own.
 */
export function isTestAlone(kinds: FileKinds, path: string): boolean {
	return kinds.isTest(path) && !kinds.isProduct(path);
}

/** Whether it is there for tests alone, fixtures and snapshots included. */
export function isOfTests(kinds: FileKinds, path: string): boolean {
	return !kinds.isProduct(path) && !kinds.isMeasuringStick(path);
}
