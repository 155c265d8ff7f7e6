/**
 * A session's worktree, ready to work in: the files of a commit, its dependencies, and what the person's checkout lends.
 * What was laid in belongs to no commit, and is kept out of every snapshot, also where the repository itself forgot to.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { errnoOf, type Runner } from "@shopfloor/core/io";
import { readDefinition } from "../definition/gate-definition.ts";
import { type Installation, install } from "../dependencies/install.ts";
import { copyFiles, keepOf, layIn, makePlaces } from "../dependencies/lay-in.ts";
import type { Store } from "../git/store.ts";
import { type Prepared, prepareTree } from "../git/trees.ts";

export interface SessionTree extends Prepared {
	/** To be mounted over the tree in a sandbox; laid into it already without one. */
	readonly installation: Installation | undefined;
}

export interface SessionOptions {
	readonly commit: string;
	readonly runner: Runner;
	/** What becomes of files that are in no commit. Default `salvage`. */
	readonly unsaved?: "salvage" | "discard";
	readonly signal?: AbortSignal;
	readonly starts?: (what: string) => void;
}

/** For whoever holds the tree's lease. */
export async function prepareSession(store: Store, name: string, options: SessionOptions): Promise<SessionTree> {
	const { commit, runner, unsaved = "salvage", signal, starts } = options;
	const { definition } = await readDefinition(store.git, commit);
	const installation = await install(store.git, commit, {
		cacheDir: join(store.dir, "installations"),
		leases: store.leases,
		...(signal ? { signal } : {}),
		...(starts ? { starts } : {}),
	});
	const lent = [...keepOf(installation), ...definition.copy.map((path) => `/${path}`)];
	exclude(store, lent);
	const prepared = await prepareTree(store, name, { commit, keep: lent, unsaved });
	const { dir } = prepared.tree;
	if (installation !== undefined) {
		if (runner.name === "bubblewrap") makePlaces(dir, installation);
		else layIn(dir, installation);
	}
	if (store.target.kind === "local") copyFiles(store.target.address, dir, definition.copy);
	return { ...prepared, installation };
}

/** In the store's own list, which no tree can change. Only grows: what one base lends, a tree on an older one may hold. */
function exclude({ git }: Store, patterns: readonly string[]): void {
	const folder = join(git.place.gitDir, "info");
	const path = join(folder, "exclude");
	const there = readIfThere(path)
		.split("\n")
		.filter((line) => line !== "");
	const missing = patterns.filter((pattern) => !there.includes(pattern));
	if (missing.length === 0) return;
	mkdirSync(folder, { recursive: true });
	writeFileSync(path, `${[...there, ...missing].join("\n")}\n`);
}

function readIfThere(path: string): string {
	try {
		return readFileSync(path, "utf8");
	} catch (error) {
		if (errnoOf(error) === "ENOENT") return "";
		throw error;
	}
}
