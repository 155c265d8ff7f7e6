/**
 * A change that only conflicts with the base is brought onto it as another commit, on a branch of its own, and is looked
 * at like any. Where that cannot be done by rule, or was done often enough, its author is told.
 */
import type { Change } from "@shopfloor/core";
import { crashAt } from "@shopfloor/core/io";
import { reapply, sendBranch } from "@shopfloor/gate";
import { dossierOf, memoryOf, withDossier } from "../memory.ts";
import { conflictsIn } from "../messages.ts";
import { note } from "../moves.ts";
import { conclude } from "../settle.ts";
import type { Site } from "../site.ts";

/** A base that overtakes one change so often will do it again. */
const rebasesMost = 3;

/** For a change that is being reviewed, or is landing. */
export async function rebase(site: Site, change: Change, files: readonly string[]): Promise<void> {
	const { world, gate, signal } = site;
	const { rebased = 0 } = change;
	const base = await gate.base();
	const found = rebased < rebasesMost ? await reapply(gate.store.git, change.commit, base) : undefined;
	if (found?.kind !== "reapplied") {
		const { dossiers } = (await memoryOf(world).read()).value;
		const reason = conflictsIn(found?.files ?? files);
		const criteria = [{ name: "merges", met: false, reason: reason.slice(0, 500) }];
		return await conclude(world, dossierOf({ dossiers }, change), { kind: "rejected", reasons: [reason], criteria });
	}
	await site.step(`bringing ${change.id} onto ${base.commit.slice(0, 12)}`);
	const { commit } = found;
	const { branch } = await sendBranch(gate.store, { branch: nameFor(change), commit }, signal);
	crashAt("review.rebased");
	// First, so that it is known by whoever comes after a death; while the change stands on it, nobody takes it away.
	await memoryOf(world).update((memory) => {
		const { questions } = dossierOf(memory, change);
		const spent = [...memory.spent, { branch: change.branch, commit: change.commit }];
		return withDossier({ ...memory, spent }, { change: change.id, commit, questions });
	});
	await note(world, change.id, ({ approval: _closed, accepted: _ofAnother, ...rest }) => ({
		...rest,
		status: "pending",
		branch,
		commit,
		base: base.commit,
		attempts: 0,
		rebased: rebased + 1,
		reasons: [conflictsIn(files)],
	}));
	const { id, task, session } = change;
	const data = { change: id, task, session, branch, commit, base: base.commit };
	await world.floor.log.append([{ type: "change_pushed", by: world.name, id: `pushed:${id}:${rebased + 1}`, data }]);
}

/** The author's, with a number: a branch is never moved, for what it points to may have been approved. */
function nameFor({ branch, rebased = 0 }: Change): string {
	return `${branch.replace(/-on-\d+$/, "")}-on-${rebased + 1}`;
}
