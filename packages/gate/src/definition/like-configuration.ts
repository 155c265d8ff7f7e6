/**
 * Files that are called like configuration and are code: `app.config.ts` of a framework, `database.config.ts` of a
 * server. The product imports them, and no runner's configuration does.
 */
import { posix } from "node:path";
import type { Diff } from "../diff/diff.ts";
import { isSource } from "../proof/code-files.ts";
import { importsOf } from "../proof/sources.ts";
import { sameModule } from "../ratchet/reading/test-change.ts";
import type { FileKinds } from "../ratchet/rule.ts";
import type { BaseFiles } from "./base-files.ts";
import { importersOf } from "./importers.ts";
import type { Places } from "./places.ts";

export async function productIn(
	files: BaseFiles,
	places: Places,
	{ isOfNoTool, isProduct }: FileKinds,
): Promise<ReadonlySet<string>> {
	// One of a tool that the base has stays what it looks like: that tool may read it.
	const alike = [...files.modes.keys()].filter((path) => isOfNoTool(path));
	const importers = await importersOf(files, places, alike);
	return new Set(alike.filter((path) => importers.get(path)?.some(isProduct)));
}

/** New ones that new code imports. */
export function broughtProduct({ files }: Diff, { isOfNoTool, isProduct }: FileKinds): string[] {
	const fresh = files.filter(({ path, from }) => from === null && isOfNoTool(path));
	if (fresh.length === 0) return [];
	const imported = files.flatMap(({ path, after }) =>
		after !== null && isSource(path) && isProduct(path)
			? importsOf(path, after).map((specifier) => posix.join(posix.dirname(path), specifier))
			: [],
	);
	return fresh.map(({ path }) => path).filter((path) => imported.some((one) => one === path || sameModule(one, path)));
}
