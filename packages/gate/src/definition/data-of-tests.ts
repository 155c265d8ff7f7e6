/**
 * Data of the base that only its tests name: what they compare with, wherever it lies. Asked for what a change edits or
 * takes away, as there is no need to know it of the rest.
 *
 * Out of reach: data that no text names as it is called, because a folder is read or a name is put together.
 */
import { posix } from "node:path";
import type { Diff } from "../diff/diff.ts";
import { isSource } from "../proof/code-files.ts";
import { isOfTests } from "../ratchet/of-tests.ts";
import type { FileKinds } from "../ratchet/rule.ts";
import type { BaseFiles } from "./base-files.ts";
import { escaped } from "./importers.ts";

export async function dataOfTests(
	filesOfBase: () => Promise<BaseFiles>,
	kinds: FileKinds,
	{ files }: Diff,
): Promise<readonly string[]> {
	const paths = files
		.flatMap(({ from }) =>
			from !== null && !isSource(from) && !isDocument(from) && kinds.isProduct(from) ? [from] : [],
		)
		.slice(0, pathsMax);
	if (paths.length === 0) return [];
	const base = await filesOfBase();
	const names = paths.map((path) => posix.basename(path));
	const naming = (await base.matching(names.map(escaped).join("|"))).filter((path) => !isDocument(path));
	const texts = await base.read(naming.slice(0, readMax));
	return paths.filter((path, index) => {
		const by = [...texts]
			.filter(([other, text]) => other !== path && text.includes(names[index] ?? ""))
			.map(([other]) => other);
		return by.length > 0 && by.every((other) => isOfTests(kinds, other));
	});
}

/** What is written about a file does not use it. */
function isDocument(path: string): boolean {
	return /\.(md|mdx|rst|adoc)$/i.test(path);
}

const pathsMax = 100;
const readMax = 2_000;
