/** Which tests of a change are new, and so must show that they can fail. */
import type { TestResult } from "../checks/check.ts";
import type { Diff, FileKinds } from "../ratchet/rule.ts";
import { isSource } from "./code-files.ts";
import { sitesNamed, sitesOf, type TestFile } from "./test-sites.ts";

export interface BothResults {
	readonly head: readonly TestResult[];
	readonly base: readonly TestResult[];
	readonly diff: Diff;
	readonly kinds: FileKinds;
}

/**
 * Those that pass and are not on the base. One that was renamed or moved and is otherwise the same is not new: for
 * each test that the base had and the head has not, one of the same body is let by. What fails or is skipped is not
 * asked for a proof; others find it.
 */
export function newTests({ head, base, diff, kinds }: BothResults): readonly TestResult[] {
	const there = new Set(base.map(({ id }) => id));
	const stays = new Set(head.map(({ id }) => id));
	const fresh = head.filter(({ id, state }) => state === "passed" && !there.has(id));
	const gone = base.filter(({ id }) => !stays.has(id));
	if (fresh.length === 0 || gone.length === 0) return fresh;
	const moved = counted(gone.map((test) => bodyOf(test, testFiles(diff, kinds, "before"))));
	const after = testFiles(diff, kinds, "after");
	return fresh.filter((test) => {
		const body = bodyOf(test, after);
		const left = body === undefined ? 0 : (moved.get(body) ?? 0);
		if (body !== undefined && left > 0) moved.set(body, left - 1);
		return left === 0;
	});
}

type Texts = ReadonlyMap<string, TestFile>;

function testFiles(diff: Diff, kinds: FileKinds, side: "before" | "after"): Texts {
	const files = new Map<string, TestFile>();
	for (const file of diff.files) {
		const path = side === "before" ? (file.from ?? file.path) : file.path;
		const text = file[side];
		if (text !== null && isSource(path) && kinds.isTest(path)) files.set(path, sitesOf(path, text));
	}
	return files;
}

/** Undefined where it is not certain which text is this test's. */
function bodyOf({ file, name }: TestResult, files: Texts): string | undefined {
	const own = files.get(file);
	const candidates = own !== undefined ? [own] : file === "" ? [...files.values()] : [];
	const [only, ...others] = candidates.flatMap((each) => sitesNamed(name, each));
	return others.length === 0 ? only?.body : undefined;
}

function counted(bodies: readonly (string | undefined)[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const body of bodies) if (body !== undefined) counts.set(body, (counts.get(body) ?? 0) + 1);
	return counts;
}
