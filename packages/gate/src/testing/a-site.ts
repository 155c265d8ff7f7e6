/** A place to land, whose judge looks at nothing but files. */
import { logExtent, openFloor, systemClock } from "@shopfloor/core/io";
import { tempDir } from "@shopfloor/core/testing";
import { onTestFinished } from "vitest";
import { fetch, openStore } from "../git/store.ts";
import { findTarget } from "../git/target.ts";
import type { AuditSite } from "../landing/audit.ts";
import type { LandingChange } from "../landing/change.ts";
import type { LandingSite } from "../landing/site.ts";
import type { TestRepository } from "./a-repository.ts";
import { type FileJudge, fileJudge } from "./file-judge.ts";

export interface TestSite extends LandingSite, AuditSite {
	readonly judge: FileJudge;
}

export async function aSite(where: string, stateDir = tempDir()): Promise<TestSite> {
	const floor = openFloor({ stateDir });
	onTestFinished(() => floor.close());
	const store = await openStore(stateDir, await findTarget(where, "/"), floor.leases);
	await fetch(store);
	const judge = fileJudge(store.git);
	return {
		store,
		branch: "main",
		log: floor.log,
		logHead: () => {
			const { head } = logExtent(floor);
			return head && `${head.seq}:${head.hash}`;
		},
		records: floor.records,
		leases: floor.leases,
		judge,
		receiptText: (key) => judge.receipts.get(key),
		clock: systemClock,
		by: "lander",
		verifyLog: (heads) => floor.log.verify(heads),
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
