/**
 * A factory in one folder: `project`, `state` and `tmp`. Nothing in it names the folder, so that a copy is the same
 * factory at the same moment. Without a test runner, for programs.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Clock, logExtent, openFloor, processGroupRunner, systemClock } from "@shopfloor/core/io";
import { treeJudge } from "../gate/judge-tree.ts";
import { openStore } from "../git/store.ts";
import type { AuditSite } from "../landing/audit.ts";
import type { Judge } from "../landing/change.ts";
import type { LandingSite } from "../landing/site.ts";
import { receiptStore } from "../receipts/receipt-store.ts";
import { fileJudge, receiptFor } from "./file-judge.ts";

export interface OpenSite extends LandingSite, AuditSite {
	readonly stateDir: string;
	readonly close: () => Promise<void>;
}

/** Judged by names of files, which is quick; or by the checks of the project's own definition, in bays; or these with nothing remembered. */
export type JudgedBy = "names" | "checks" | "checks-anew";

export async function openSite(
	dir: string,
	clock: Clock = systemClock,
	judgedBy: JudgedBy = "names",
): Promise<OpenSite> {
	const stateDir = join(dir, "state");
	mkdirSync(join(dir, "tmp"), { recursive: true });
	const floor = openFloor({ stateDir, clock });
	// By hand: a target that is looked for is named after its folder.
	const target = { kind: "local", address: join(dir, "project"), name: "project" } as const;
	const store = await openStore(stateDir, target, floor.leases);
	const receipts = receiptStore(stateDir);
	const files = fileJudge(store.git);
	const bench = { store, receipts, runner: processGroupRunner, clock };
	const byNames: Judge = {
		async judge(tree, base) {
			const judged = await files.judge(tree, base);
			if (judged.kind === "good") await receipts.write(receiptFor(tree, base.tree));
			return judged;
		},
	};
	return {
		stateDir,
		store,
		branch: "main",
		log: floor.log,
		logHead() {
			const { head } = logExtent(floor);
			return head && `${head.seq}:${head.hash}`;
		},
		verifyLog: (heads) => floor.log.verify(heads),
		records: floor.records,
		leases: floor.leases,
		judge: judgedBy === "names" ? byNames : treeJudge(bench, { fresh: judgedBy === "checks-anew" }),
		receiptText: (key) => receipts.text(key),
		clock,
		by: "lander",
		close: () => floor.close(),
	};
}
