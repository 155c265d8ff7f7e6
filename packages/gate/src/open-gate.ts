/** A gate for one target, opened on a floor: everything that checking, landing and auditing need. */
import { type Clock, type FileFloor, logExtent, systemClock } from "@shopfloor/core/io";
import type { Runner } from "./checks/runner.ts";
import { type Bench, type JudgeOptions, treeJudge } from "./gate/judge-tree.ts";
import { baseOf, fetch, openStore, type Store } from "./git/store.ts";
import type { Target } from "./git/target.ts";
import type { AuditSite } from "./landing/audit.ts";
import type { Base } from "./landing/change.ts";
import { baseAt } from "./landing/combine.ts";
import type { LandingSite } from "./landing/site.ts";
import { receiptStore } from "./receipts/receipt-store.ts";

export interface Gate {
	readonly store: Store;
	readonly bench: Bench;
	/** What the base branch stands on, as of the last fetch. */
	base(): Promise<Base>;
	/** To land and to audit; judged with these options. */
	site(by: string, options?: JudgeOptions): LandingSite & AuditSite;
}

export interface GateOptions {
	readonly floor: FileFloor;
	readonly target: Target;
	/** The base branch. */
	readonly branch: string;
	readonly runner: Runner;
	readonly clock?: Clock;
	readonly signal?: AbortSignal;
}

/** Brings the target's present state. Rejects with `bad-repository` or `target-unreachable`. */
export async function openGate({
	floor,
	target,
	branch,
	runner,
	clock = systemClock,
	signal,
}: GateOptions): Promise<Gate> {
	const store = await openStore(floor.stateDir, target, floor.leases);
	await fetch(store, signal);
	const receipts = receiptStore(floor.stateDir);
	const bench: Bench = { store, receipts, runner, clock };
	return {
		store,
		bench,
		base: async () => await baseAt(store.git, await baseOf(store, branch)),
		site: (by, options = {}) => ({
			store,
			branch,
			log: floor.log,
			logHead() {
				const { head } = logExtent(floor);
				return head && `${head.seq}:${head.hash}`;
			},
			verifyLog: (heads) => floor.log.verify(heads, signal),
			records: floor.records,
			leases: floor.leases,
			judge: treeJudge(bench, options),
			receiptText: (key) => receipts.text(key),
			clock,
			by,
		}),
	};
}
