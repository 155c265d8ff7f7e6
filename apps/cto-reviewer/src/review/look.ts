/** Looks at a change with the gate's eyes, as it would land on the present base. */
import type { Change } from "@shopfloor/core";
import { isShopfloorError } from "@shopfloor/core/io";
import { commitOf, type Evaluation, evaluate, findCommit, knownSecrets } from "@shopfloor/gate";
import { branchGone, branchMoved } from "../messages.ts";
import type { Site } from "../site.ts";

export type Looked =
	| { readonly kind: "missing"; readonly why: string }
	| { readonly kind: "conflict"; readonly files: readonly string[] }
	/** What it is made of cannot be looked at. */
	| { readonly kind: "unfit"; readonly why: string }
	/** It may be otherwise the next time. */
	| { readonly kind: "unseen"; readonly why: string }
	| { readonly kind: "seen"; readonly evaluation: Evaluation };

export async function look(site: Site, { branch, commit, accepted }: Change): Promise<Looked> {
	const { gate, signal, show, world } = site;
	const gone = await whyGone(site, branch, commit);
	if (gone !== undefined) return { kind: "missing", why: gone };
	try {
		const evaluation = await evaluate(gate.bench, commit, await gate.base(), {
			together: true,
			secrets: knownSecrets(world.places.state),
			acceptedRules: new Set(accepted ?? []),
			signal,
			tell(told) {
				if (told.kind === "running") show(`${told.check}…`);
			},
		});
		if (evaluation.conflicts.length > 0) return { kind: "conflict", files: evaluation.conflicts };
		return { kind: "seen", evaluation };
	} catch (error) {
		signal.throwIfAborted();
		if (isShopfloorError(error, "bad-tree", "too-large")) return { kind: "unfit", why: error.message };
		if (isShopfloorError(error, "dependencies-failed", "git-failed")) return { kind: "unseen", why: error.message };
		throw error;
	}
}

/** What was pushed is what is looked at: a branch that went on is another change. */
async function whyGone({ gate: { store } }: Site, branch: string, commit: string): Promise<string | undefined> {
	const at = await findCommit(store, branch);
	if (at === undefined || (await commitOf(store.git, commit)) === undefined) return branchGone(branch);
	return at === commit ? undefined : branchMoved(branch, at, commit);
}
