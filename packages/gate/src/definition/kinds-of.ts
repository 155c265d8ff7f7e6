/**
 * What the base's files are: by their names, by its definition, by what its configuration names, by what they hold, and
 * by what its checks were seen to run. A change adds to that only what brings it under more rules.
 */
import type { Diff } from "../diff/diff.ts";
import type { Git } from "../git/git.ts";
import { fileKinds } from "../ratchet/file-kinds.ts";
import type { FileKinds } from "../ratchet/rule.ts";
import type { GateDefinition } from "./gate-definition.ts";

export interface KindsOptions {
	/** Files in which the base's checks ran tests, as far as that is known. */
	readonly ran?: readonly string[];
	readonly diff?: Diff;
}

export async function kindsOf(
	git: Git,
	base: string,
	definition: GateDefinition,
	{ ran = [], diff }: KindsOptions = {},
): Promise<FileKinds> {
	// They read configuration and code, and so load the compiler.
	const { knownFiles } = await import("./known-files.ts");
	return fileKinds(
		definition,
		await knownFiles(git, base, definition, { ran, ...(diff === undefined ? {} : { diff }) }),
	);
}
