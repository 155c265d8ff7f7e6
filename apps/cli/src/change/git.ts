/** What git shows of a change: its text, and what the rules find in it. Nothing is run, and the target is not asked. */
import { dirname } from "node:path";
import { type FileFloor, isShopfloorError, readConfig } from "@shopfloor/core/io";
import type { KnownChange } from "@shopfloor/core/person";
import { commitOf, type Finding, findStore, readRange, recallTarget, type Store } from "@shopfloor/gate";
import type { Context } from "../context.ts";
import { knownSecrets } from "../gate/open.ts";

export type Seen =
	| {
			readonly kind: "seen";
			readonly from: string;
			readonly to: string;
			readonly diff: string;
			readonly findings: readonly Finding[];
			/** Where the rules could not read it. */
			readonly unread: string | undefined;
	  }
	| { readonly kind: "unseen"; readonly why: string };

export async function seeChange(context: Context, floor: FileFloor, change: KnownChange): Promise<Seen> {
	const store = await storeOf(context, floor);
	if ("why" in store) return { kind: "unseen", why: store.why };
	const to = await commitOf(store.git, change.commit);
	const from = await commitOf(store.git, change.base ?? `${change.commit}~1`);
	if (to === undefined || from === undefined)
		return { kind: "unseen", why: "its commit is not in the factory's store any more" };
	try {
		const diff = await store.git.text(["diff", ...asText, "--end-of-options", from, to, "--"], { bytesMax });
		return { kind: "seen", from, to, diff, ...(await findingsOf(context, store, from, to)) };
	} catch (error) {
		if (!isShopfloorError(error, "git-failed")) throw error;
		return { kind: "unseen", why: error.message };
	}
}

/** The factory's own repository, wherever the person stands. */
async function storeOf({ places }: Context, floor: FileFloor): Promise<Store | { readonly why: string }> {
	const found = readConfig(places.config);
	if ("faults" in found) return { why: `the configuration has faults: ${places.config}` };
	const { repository } = found.config;
	if (repository === null) return { why: `no repository is configured in ${places.config}` };
	const target = await recallTarget(repository.path, dirname(places.config));
	const store = findStore(floor.stateDir, target, floor.leases);
	return store ?? { why: `nothing was ever done for ${target.address} on this floor` };
}

async function findingsOf(
	context: Context,
	store: Store,
	from: string,
	to: string,
): Promise<{ findings: readonly Finding[]; unread: string | undefined }> {
	try {
		const { findings } = await readRange(store, from, to, knownSecrets(context));
		return { findings, unread: undefined };
	} catch (error) {
		if (!isShopfloorError(error, "bad-tree", "too-large", "git-failed")) throw error;
		return { findings: [], unread: error.message };
	}
}

/** No program that a configuration or the tree names takes part. */
const asText = ["--no-ext-diff", "--no-textconv", "--no-color", "--find-renames"];
/** Nobody reads more. */
const bytesMax = 16 * 1024 * 1024;
