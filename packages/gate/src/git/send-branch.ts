/** A branch of the store at the target: sent when its work was found worth it, and taken away when it is not wanted. */
import { crashAt } from "@shopfloor/core/io";
import { createBranch } from "./branches.ts";
import { commitOf } from "./objects.ts";
import { type Pushed, push } from "./push.ts";
import { fetch, mirror, mirrored, moveRef, type Store, sent } from "./store.ts";

export interface Branch {
	readonly branch: string;
	readonly commit: string;
}

export interface Sent {
	/** Another one than was asked for where somebody took the name meanwhile. */
	readonly branch: string;
	/** Why the target does not have it yet; the store does. */
	readonly unsent: string | undefined;
}

export async function sendBranch(store: Store, { branch: name, commit }: Branch, signal?: AbortSignal): Promise<Sent> {
	for (let race = 0; ; race++) {
		const branch = await createBranch(store, name, commit);
		const ref = `refs/heads/${branch}`;
		crashAt("work.push.before");
		const pushed = await push(store, [{ ref, from: undefined, to: commit }], signal);
		if (pushed.kind === "pushed") {
			await handOver(store, { branch, commit }, signal);
			return { branch, unsent: undefined };
		}
		if (pushed.kind !== "moved") return { branch, unsent: pushed.why };
		if (race === racesMax) return { branch, unsent: "the target gets branches of that name quicker than one can look" };
		await moveRef(store.git, { ref, from: commit, to: undefined });
		await fetch(store, signal);
	}
}

/** Twice is chance already. */
const racesMax = 3;

/** From now on the target says whether the branch is there. A person who deletes it there has deleted it. */
async function handOver(store: Store, { branch, commit }: Branch, signal?: AbortSignal): Promise<void> {
	await moveRef(store.git, { ref: sent(branch), from: undefined, to: commit });
	await mirror(store, branch, commit, signal);
	await moveRef(store.git, { ref: `refs/heads/${branch}`, from: commit, to: undefined });
}

/**
 * Takes it away in the store and at the target, where it is what we know: somebody may have gone on with it. Where the
 * target cannot be reached nothing is taken away, so that it can be done later.
 */
export async function dropBranch(
	store: Store,
	{ branch, commit }: Branch,
	signal?: AbortSignal,
): Promise<Pushed | undefined> {
	const ref = `refs/heads/${branch}`;
	const isSent = (await commitOf(store.git, mirrored(branch))) === commit;
	const pushed = isSent ? await push(store, [{ ref, from: commit, to: undefined }], signal) : undefined;
	if (pushed?.kind === "unreachable") return pushed;
	crashAt("work.drop.between");
	const ours = pushed?.kind === "pushed" ? [mirrored(branch), sent(branch), ref] : [sent(branch), ref];
	for (const own of ours)
		if ((await commitOf(store.git, own)) === commit)
			await moveRef(store.git, { ref: own, from: commit, to: undefined });
	return pushed;
}
