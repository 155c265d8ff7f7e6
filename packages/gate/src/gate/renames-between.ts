/** Which files and tests of a base have another name in a tree, so that nothing counts as gone that was moved. */

import type { Diff } from "../diff/diff.ts";
import { readDiff } from "../diff/read-diff.ts";
import type { Git } from "../git/git.ts";
import { fileKinds } from "../ratchet/file-kinds.ts";
import type { Sight } from "../ratchet/rule.ts";
import type { RatchetSettings } from "../ratchet/settings.ts";
import type { Renames } from "../verdict/renames.ts";

export async function renamesBetween(
	git: Git,
	base: string,
	tree: string,
	settings: RatchetSettings,
): Promise<Renames> {
	const diff = await readDiff(git, base, tree);
	return await renamesIn({ diff, kinds: fileKinds(settings), limits: settings.limits });
}

async function renamesIn(sight: Sight): Promise<Renames> {
	return { files: renamedFiles(sight.diff), tests: await renamedTests(sight) };
}

function renamedFiles({ files }: Diff): Map<string, string> {
	return new Map(
		files.flatMap(({ status, from, path }) => (status === "renamed" && from !== null ? [[from, path] as const] : [])),
	);
}

/** Tests that have another name or place and are otherwise the same, as far as their text tells. */
async function renamedTests(sight: Sight): Promise<Map<string, string>> {
	const { files } = sight.diff;
	// Where no test was taken away, none can be found again; and the compiler need not be loaded.
	const lost = files.filter(
		({ status, hunks }) => status === "renamed" || hunks.some(({ removed }) => removed.length > 0),
	);
	if (!lost.some(({ from }) => from !== null && sight.kinds.isTest(from))) return new Map();
	const { testChange } = await import("../ratchet/reading/test-change.ts");
	const pairs = testChange(sight).kept.map(
		({ before, after }) => [`${before.path} > ${before.name}`, `${after.path} > ${after.name}`] as const,
	);
	return new Map(pairs.filter(([before, after]) => before !== after));
}
