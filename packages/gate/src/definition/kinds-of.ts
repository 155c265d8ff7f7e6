import type { Git } from "../git/git.ts";
import { fileKinds } from "../ratchet/file-kinds.ts";
import type { FileKinds } from "../ratchet/rule.ts";
import type { GateDefinition } from "./gate-definition.ts";

/** What the base's files are: by their names, by its definition, and by what its configuration names. */
export async function kindsOf(git: Git, base: string, definition: GateDefinition): Promise<FileKinds> {
	// It reads configuration, and so loads the compiler.
	const { stickOf } = await import("./stick-of.ts");
	return fileKinds(definition, await stickOf(git, base, definition));
}
