/** A place to land, whose judge looks at nothing but files: a tree with a file `bad`, or two that do not get on, is bad. */
import { openFloor, systemClock } from "@shopfloor/core/io";
import { tempDir } from "@shopfloor/core/testing";
import { onTestFinished } from "vitest";
import type { Git } from "../git/git.ts";
import { listTree } from "../git/objects.ts";
import { fetch, openStore } from "../git/store.ts";
import { findTarget } from "../git/target.ts";
import type { Judge, LandingChange } from "../landing/change.ts";
import type { LandingSite } from "../landing/site.ts";
import type { TestRepository } from "./a-repository.ts";

export interface TestSite extends LandingSite {
	readonly judged: readonly string[][];
}

export async function aSite(where: string, stateDir = tempDir()): Promise<TestSite> {
	const floor = openFloor({ stateDir });
	onTestFinished(() => floor.close());
	const store = await openStore(stateDir, await findTarget(where, "/"), floor.leases);
	await fetch(store);
	const judged: string[][] = [];
	return {
		store,
		branch: "main",
		log: floor.log,
		logHead: () => undefined,
		records: floor.records,
		leases: floor.leases,
		judge: fileJudge(store.git, judged),
		receiptText: (key) => `proof ${key}`,
		clock: systemClock,
		by: "lander",
		judged,
	};
}

/** `bad…` is bad by itself; `needs-not-x` is bad where `x` is. */
export function fileJudge(git: Git, judged: string[][] = []): Judge {
	return {
		async judge(tree) {
			const files = (await listTree(git, tree)).map(({ path }) => path);
			judged.push(files);
			const reasons = files.filter(
				(path) =>
					path.startsWith("bad") || (path.startsWith("needs-not-") && files.includes(path.slice("needs-not-".length))),
			);
			if (files.includes("unknown")) return { kind: "unknown", why: "the check did not end" };
			return reasons.length > 0 ? { kind: "bad", reasons } : { kind: "good", receipt: `receipt-${tree.slice(0, 12)}` };
		},
	};
}

/** A branch of the project, as a change that was approved. */
export function aChange(
	project: TestRepository,
	name: string,
	files: Readonly<Record<string, string | null>>,
	created = 0,
): LandingChange {
	return { id: name, branch: name, commit: project.branch(name, files), created };
}
