/**
 * A bay is a worktree of the gate's own, in which trees are checked. It holds exactly the files of the tree that is
 * asked about, and its dependencies; whatever a check left behind is gone before the next. There are a few for each
 * target, and whoever finds none waits.
 */
import { availableParallelism } from "node:os";
import type { HoldOptions, Lease, Runner } from "@shopfloor/core/io";
import type { Installation } from "../dependencies/install.ts";
import { copyFiles, keepOf, layIn, makePlaces } from "../dependencies/lay-in.ts";
import type { Store } from "../git/store.ts";
import { prepareTree } from "../git/trees.ts";

export interface BayContent {
	/** A commit near the tree, for who looks. */
	readonly commit: string;
	readonly tree: string;
	readonly installation: Installation | undefined;
	/** Files of the person's checkout that are in no commit. */
	readonly copies: readonly string[];
}

export function baysLease({ target }: Pick<Store, "target">): string {
	return `bays-${target.name}`;
}

interface BayOptions {
	readonly signal?: AbortSignal | undefined;
	readonly waits?: HoldOptions["waits"];
}

/** Taken when it is first needed; what is answered from what is known needs none. */
export class Bay {
	readonly #store: Store;
	readonly #runner: Runner;
	readonly #options: BayOptions;
	#lease: Lease | undefined;

	constructor(store: Store, runner: Runner, options: BayOptions = {}) {
		this.#store = store;
		this.#runner = runner;
		this.#options = options;
	}

	/** The folder, with these files and no others. */
	async load({ commit, tree, installation, copies }: BayContent): Promise<string> {
		const { target, leases } = this.#store;
		const { signal, waits } = this.#options;
		this.#lease ??= await leases.hold(baysLease(this.#store), {
			slots: baysMax,
			ttlMs: 60_000,
			...(signal ? { signal } : {}),
			...(waits ? { waits } : {}),
		});
		await this.#lease.check();
		const wanted = { commit, tree, keep: keepOf(installation), unsaved: "discard" } as const;
		const { dir } = (await prepareTree(this.#store, `bay-${this.#lease.slot + 1}`, wanted)).tree;
		if (installation !== undefined) {
			if (this.#runner.name === "bubblewrap") makePlaces(dir, installation);
			else layIn(dir, installation);
		}
		if (target.kind === "local") copyFiles(target.address, dir, copies);
		return dir;
	}

	async leave(): Promise<void> {
		await this.#lease?.release();
		this.#lease = undefined;
	}
}

/** More at once do not end earlier. */
export const baysMax = Math.max(2, Math.min(4, availableParallelism()));
