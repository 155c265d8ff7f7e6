/** What a project tells everybody who works on it. */
import { readBlob } from "../git/objects.ts";
import type { Store } from "../git/store.ts";

/** Long enough for a page of conventions; a book belongs behind a link in it. */
const charactersMax = 12_000;

/** Those of the files that are there, of the base and never of a tree: what a change says about itself is no convention. */
export async function projectContext({ git }: Store, base: string, paths: readonly string[]): Promise<string> {
	const texts: string[] = [];
	for (const path of paths) {
		const blob = await readBlob(git, base, path);
		if (blob !== undefined) texts.push(`${path}:\n${blob.toString("utf8").trim()}`);
	}
	const text = texts.join("\n\n");
	return text.length <= charactersMax ? text : `${text.slice(0, charactersMax)}\n… (cut)`;
}
