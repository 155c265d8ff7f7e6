import { readDefinition } from "../definition/gate-definition.ts";
import { kindsOf } from "../definition/kinds-of.ts";
import type { Git } from "../git/git.ts";
import type { Base } from "../landing/change.ts";

/** What is measured by on a base, as a question about paths. */
export async function measuresBy(git: Git, base: Base): Promise<(path: string) => boolean> {
	const { definition } = await readDefinition(git, base.commit);
	const kinds = await kindsOf(git, base.commit, definition);
	return (path) => kinds.isMeasuringStick(path);
}
