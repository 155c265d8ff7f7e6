/** Takes away branches that nobody needs any more, here and at the target, where they still are what was pushed. */
import { dropBranch } from "@shopfloor/gate";
import { isDecided } from "../decide.ts";
import { memoryOf } from "../memory.ts";
import { branchLeft } from "../messages.ts";
import { openChanges } from "../moves.ts";
import type { Site } from "../site.ts";
import { tellOnce } from "../tell.ts";

export async function dropSpent(site: Site): Promise<void> {
	const { world, gate, turn, signal } = site;
	const { spent } = (await memoryOf(world).read()).value;
	if (spent.length === 0) return;
	await site.step(`taking away ${spent.length} ${spent.length === 1 ? "branch" : "branches"}`);
	const inUse = (await openChanges(world)).filter(({ status }) => !isDecided(status)).map(({ branch }) => branch);
	for (const { branch, commit } of spent) {
		if (inUse.includes(branch)) continue;
		const pushed = await dropBranch(gate.store, { branch, commit }, signal);
		// The next turn comes back to it, and to the others.
		if (pushed?.kind === "unreachable") return;
		if (pushed !== undefined && "why" in pushed) await tellOnce(world, turn.state, branchLeft(branch, pushed.why));
		await memoryOf(world).update((memory) => ({
			...memory,
			spent: memory.spent.filter((one) => one.branch !== branch || one.commit !== commit),
		}));
	}
}
