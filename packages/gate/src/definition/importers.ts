/** Which sources of a base import some of its files: looked for by name, and then read. */
import { posix } from "node:path";
import { isSource } from "../proof/code-files.ts";
import { importsOf } from "../proof/sources.ts";
import type { BaseFiles } from "./base-files.ts";
import type { Places } from "./places.ts";

/** None for files of which there are too many to look for. */
export async function importersOf(
	files: BaseFiles,
	places: Places,
	paths: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
	const wanted = paths.slice(0, pathsMax);
	const found = new Map<string, string[]>(wanted.map((path) => [path, []]));
	if (wanted.length === 0) return found;
	const patterns = [...new Set(wanted.flatMap((path) => patternsFor(path, places)))];
	const near = (await files.matching(patterns.join("|"))).filter(isSource).slice(0, readMax);
	const wantedBy = (from: string, specifier: string): readonly string[] => {
		const led = places.imported(from, specifier);
		if (led?.kind === "file") return found.has(led.place.path) ? [led.place.path] : [];
		if (led?.kind === "package") return wanted.filter((path) => path.startsWith(`${led.folder}/`));
		return wanted.filter((path) => isByAlias(specifier, path));
	};
	for (const [from, text] of await files.read(near))
		for (const specifier of importsOf(from, text))
			for (const path of wantedBy(from, specifier)) if (path !== from) found.get(path)?.push(from);
	return found;
}

const pathsMax = 200;
const readMax = 2_000;

/** What an import of it is likely to say. */
function patternsFor(path: string, { manifests }: Places): string[] {
	const stem = stemOf(posix.basename(path));
	const own = manifests.filter(({ folder, name }) => folder !== "" && name !== "" && path.startsWith(`${folder}/`));
	const words = [stem, ...own.map(({ name }) => name)].map(escaped);
	// A folder's door goes by the folder's name, and by none from within.
	const folder = posix.basename(posix.dirname(path));
	return stem === "index" ? [...words, ...(folder === "." ? [] : [escaped(folder)]), `["']\\.\\.?/?["']`] : words;
}

/** `@/lib/same` for `src/lib/same.ts`: where aliases lead is not known, so that their ends must tell. */
function isByAlias(specifier: string, path: string): boolean {
	const [first = "", ...rest] = specifier.split("/");
	if (first.startsWith(".") || rest.length === 0) return false;
	const plain = stemOf(path).replace(/\/index$/, "");
	return `/${plain}`.endsWith(`/${stemOf(rest.join("/"))}`);
}

export function stemOf(path: string): string {
	return path.replace(/\.[cm]?[jt]sx?$/, "");
}

/** For git's patterns and for those of JavaScript. */
export function escaped(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
