/** Several changes on one base, each merged onto the one before it. Only objects are made: nothing is checked out or moved. */
import type { Git } from "../git/git.ts";
import { commitTree, mergeTree, treeOf } from "../git/objects.ts";
import type { Base, Landed, LandingChange } from "./change.ts";

export interface Step {
	readonly change: LandingChange;
	/** The base with all changes up to this one. */
	readonly tree: string;
	/** Stands for that tree while it is combined further; never lands. */
	readonly stand: string;
}

export interface Combined {
	readonly base: Base;
	readonly steps: readonly Step[];
	/** Those that could not be merged onto the ones before, or brought nothing. */
	readonly left: readonly Landed[];
}

export async function combine(git: Git, base: Base, changes: readonly LandingChange[]): Promise<Combined> {
	const steps: Step[] = [];
	const left: Landed[] = [];
	for (const change of changes) {
		const last = steps.at(-1);
		const before = last ?? { stand: base.commit, tree: base.tree };
		const merged = await mergeTree(git, before.stand, change.commit);
		if (merged.kind === "conflict") left.push(await conflict(git, base, last, change, merged.files));
		else if (merged.tree === before.tree) left.push({ kind: "empty", change });
		else {
			const message = `A place for ${change.id}`;
			const stand = await commitTree(git, {
				tree: merged.tree,
				parents: [before.stand, change.commit],
				message,
				seconds: 0,
			});
			steps.push({ change, tree: merged.tree, stand });
		}
	}
	return { base, steps, left };
}

/** With the base, or only with one that goes before it. */
async function conflict(
	git: Git,
	base: Base,
	last: Step | undefined,
	change: LandingChange,
	files: readonly string[],
): Promise<Landed> {
	if (last === undefined || (await mergeTree(git, base.commit, change.commit)).kind === "conflict")
		return { kind: "conflict", change, files };
	return { kind: "conflict", change, files, with: last.change.id };
}

export async function baseAt(git: Git, commit: string): Promise<Base> {
	return { commit, tree: await treeOf(git, commit) };
}
