/** What the order of changes depends on, asked of git. */
import { commitOf, isAncestor, mergeBase, mergeTree } from "../git/objects.ts";
import type { Store } from "../git/store.ts";
import { findCommit } from "../git/store.ts";
import type { Landed, LandingChange } from "./change.ts";
import type { ChangeFacts } from "./order.ts";

export type Examined = { readonly facts: Omit<ChangeFacts, "conflicts"> } | { readonly out: Landed };

/** Whether a change can land at all on this base: what was approved must be what is there, and stand on the base. */
export async function examineChange(store: Store, change: LandingChange, base: string): Promise<Examined> {
	const { git } = store;
	if ((await commitOf(git, change.commit)) === undefined)
		return out(change, `its commit ${change.commit} is not there`);
	const tip = await findCommit(store, change.branch);
	if (tip === undefined) return out(change, `its branch ${change.branch} is gone`);
	if (tip !== change.commit)
		return out(
			change,
			`its branch ${change.branch} is at ${tip.slice(0, 12)}, and ${change.commit.slice(0, 12)} was approved`,
		);
	const fork = await mergeBase(git, base, change.commit);
	if (fork === undefined) return out(change, "it has no history in common with the base");
	if (await isAncestor(git, change.commit, base)) return { out: { kind: "empty", change } };
	const [behind, stat] = await Promise.all([
		git.text(["rev-list", "--count", `${fork}..${base}`]),
		git.fields(["diff-tree", "-r", "-z", "--numstat", "--no-renames", fork, change.commit]),
	]);
	if (Number(await git.text(["rev-list", "--count", `${fork}..${change.commit}`])) > commitsMax)
		return out(change, `it has more than ${commitsMax} commits on top of the base`);
	const rows = stat.map((line) => line.split("\t"));
	const lines = rows.reduce((sum, [added, removed]) => sum + (Number(added) || 0) + (Number(removed) || 0), 0);
	return { facts: { change, behind: Number(behind), lines, files: rows.map(([, , path = ""]) => path) } };
}

function out(change: LandingChange, why: string): Examined {
	return { out: { kind: "void", change, why } };
}

/** The crew makes one; a person a handful. More is somebody else's history. */
const commitsMax = 500;

/** Adds how many of the others each cannot be merged with. Only those that touch a file in common are tried. */
export async function withConflicts(
	{ git }: Store,
	facts: readonly Omit<ChangeFacts, "conflicts">[],
): Promise<ChangeFacts[]> {
	const counts = facts.map(() => 0);
	for (const [index, one] of facts.entries()) {
		const touched = new Set(one.files);
		for (const [offset, other] of facts.slice(index + 1).entries()) {
			if (!other.files.some((file) => touched.has(file))) continue;
			const merged = await mergeTree(git, one.change.commit, other.change.commit);
			if (merged.kind === "clean") continue;
			counts[index] = (counts[index] ?? 0) + 1;
			counts[index + 1 + offset] = (counts[index + 1 + offset] ?? 0) + 1;
		}
	}
	return facts.map((fact, index) => ({ ...fact, conflicts: counts[index] ?? 0 }));
}
