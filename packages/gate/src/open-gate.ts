/** A gate for one target, opened on a floor: everything that checking, landing and auditing need. */
import { type Clock, type FileFloor, logExtent, type Runner, systemClock } from "@shopfloor/core/io";
import { readDefinition } from "./definition/gate-definition.ts";
import type { Bench, JudgeOptions } from "./gate/bench.ts";
import { knownSecrets, withoutConfidential } from "./gate/confidential.ts";
import { discreetJudge } from "./gate/discreet-judge.ts";
import { treeJudge } from "./gate/judge-tree.ts";
import { commitOf } from "./git/objects.ts";
import { baseOf, fetch, mirrored, openStore, type Store } from "./git/store.ts";
import type { Target } from "./git/target.ts";
import type { AuditSite } from "./landing/audit.ts";
import type { Base } from "./landing/change.ts";
import { baseAt } from "./landing/combine.ts";
import type { LandingSite } from "./landing/site.ts";
import { receiptStore } from "./receipts/receipt-store.ts";

export interface Gate {
	readonly store: Store;
	/** The base branch. */
	readonly branch: string;
	readonly bench: Bench;
	/** What the base branch stands on, as of the last fetch. */
	base(): Promise<Base>;
	/** To land and to audit; judged with these options. */
	site(by: string, options?: JudgeOptions): LandingSite & AuditSite;
}

export interface GateOptions {
	readonly floor: FileFloor;
	readonly target: Target;
	/** The base branch. By default `main`, or `master` where there is no main. */
	readonly branch?: string | undefined;
	/** Told when something begins that takes its time. */
	readonly starts?: (what: string) => void;
	readonly runner: Runner;
	readonly clock?: Clock;
	readonly signal?: AbortSignal;
}

/** Brings the target's present state. Rejects with `bad-repository` or `target-unreachable`. */
export async function openGate(options: GateOptions): Promise<Gate> {
	const { floor, target, runner, clock = systemClock, signal, starts } = options;
	const store = await openStore(floor.stateDir, target, floor.leases);
	if (await isEmpty(store)) starts?.(`copying ${target.address}, once`);
	await fetch(store, signal);
	const branch = options.branch ?? (await usualBase(store));
	const receipts = receiptStore(floor.stateDir);
	const bench: Bench = { store, receipts, runner, clock };
	const discretion = async ({ commit }: Base) => {
		const { definition } = await readDefinition(store.git, commit);
		return withoutConfidential(target, definition, knownSecrets(floor.stateDir));
	};
	return {
		store,
		branch,
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
			judge: discreetJudge(treeJudge(bench, options), discretion),
			receiptText: (key) => receipts.text(key),
			clock,
			by,
		}),
	};
}

async function isEmpty({ git }: Store): Promise<boolean> {
	return (await git.text(["for-each-ref", "--count=1", mirrored("")])) === "";
}

async function usualBase({ git }: Store): Promise<string> {
	for (const name of ["main", "master"]) if ((await commitOf(git, mirrored(name))) !== undefined) return name;
	return "main";
}
