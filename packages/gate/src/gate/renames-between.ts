/** Which files and tests of a base have another name in a tree, so that nothing counts as gone that was moved. */

import type { Diff } from "../diff/diff.ts";
import { readDiff } from "../diff/read-diff.ts";
import type { Git } from "../git/git.ts";
import { fileKinds } from "../ratchet/file-kinds.ts";
import { testChange } from "../ratchet/reading/test-change.ts";
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
	return renamesIn({ diff, kinds: fileKinds(settings), limits: settings.limits });
}

export function renamesIn(sight: Sight): Renames {
	return { files: renamedFiles(sight.diff), tests: renamedTests(sight) };
}

function renamedFiles(diff: Diff): Map<string, string> {
	return new Map(
		diff.files.flatMap(({ status, from, path }) => (status === "renamed" && from !== null ? [[from, path]] : [])),
	);
}

/** Tests that have another name or place and are otherwise the same, as far as their text tells. */
function renamedTests(sight: Sight): Map<string, string> {
	const pairs = testChange(sight).kept.map(({ before, after }) => [
		`${before.path} > ${before.name}`,
		`${after.path} > ${after.name}`,
	]);
	return new Map(pairs.filter(([before, after]) => before !== after) as [string, string][]);
}
