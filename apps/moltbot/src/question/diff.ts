/** A change as text, from the factory's own store. Nothing is run, and the target is not asked. */
import { dirname } from "node:path";
import { isShopfloorError, type World } from "@shopfloor/core/io";
import type { KnownChange } from "@shopfloor/core/person";

export type Diff = { readonly kind: "diff"; readonly text: string } | { readonly kind: "none"; readonly why: string };

export async function diffOfChange(
	{ floor, config: { repository }, places }: World,
	{ commit, base }: Pick<KnownChange, "commit" | "base">,
): Promise<Diff> {
	if (repository === null) return { kind: "none", why: "no repository is configured" };
	// With it comes git: a bot that is asked for no diff weighs less.
	const { commitOf, findStore, recallTarget } = await import("@shopfloor/gate");
	const target = await recallTarget(repository.path, dirname(places.config));
	const store = findStore(floor.stateDir, target, floor.leases);
	if (store === undefined) return { kind: "none", why: "nothing was ever done for this repository on this floor" };
	try {
		const to = await commitOf(store.git, commit);
		const from = await commitOf(store.git, base ?? `${commit}~1`);
		if (to === undefined || from === undefined)
			return { kind: "none", why: "its commit is not in the factory's store any more" };
		const text = await store.git.text(["diff", ...asText, "--end-of-options", from, to, "--"], { bytesMax });
		return text === "" ? { kind: "none", why: "it changes nothing" } : { kind: "diff", text };
	} catch (error) {
		if (!isShopfloorError(error, "git-failed", "too-large", "bad-store")) throw error;
		return { kind: "none", why: error.message };
	}
}

/** No program that a configuration or the tree names takes part. */
const asText = ["--no-ext-diff", "--no-textconv", "--no-color", "--find-renames"];
/** Nobody reads more on a phone. */
const bytesMax = 2 * 1024 * 1024;
