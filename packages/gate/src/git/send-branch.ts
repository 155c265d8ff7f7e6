/** A branch of the store at the target: sent when its work was found worth it, and taken away when it is not wanted. */
import { crashAt } from "@shopfloor/core/io";
import { createBranch } from "./branches.ts";
import { commitOf } from "./objects.ts";
import { type Pushed, push } from "./push.ts";
import { fetch, mirrored, moveRef, type Store } from "./store.ts";

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
		if (pushed.kind === "pushed") return { branch, unsent: undefined };
		if (pushed.kind !== "moved") return { branch, unsent: pushed.why };
		if (race === racesMax) return { branch, unsent: "the target gets branches of that name quicker than one can look" };
		await moveRef(store.git, { ref, from: commit, to: undefined });
		await fetch(store, signal);
	}
}

/** Twice is chance already. */
const racesMax = 3;

/** Takes it away in the store and at the target, where it is what we know: somebody may have gone on with it. */
export async function dropBranch(
	store: Store,
	{ branch, commit }: Branch,
	signal?: AbortSignal,
): Promise<Pushed | undefined> {
	const ref = `refs/heads/${branch}`;
	const isSent = (await commitOf(store.git, mirrored(branch))) === commit;
	const pushed = isSent ? await push(store, [{ ref, from: commit, to: undefined }], signal) : undefined;
	crashAt("work.drop.between");
	if ((await commitOf(store.git, ref)) === commit) await moveRef(store.git, { ref, from: commit, to: undefined });
	return pushed;
}
