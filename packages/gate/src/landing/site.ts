/** Where landing happens: the target's store, the floor, and whoever judges. */
import { createHash } from "node:crypto";
import type { Clock, EventLog, Leases, Records } from "@shopfloor/core/io";
import type { Store } from "../git/store.ts";
import type { Judge } from "./change.ts";

export interface LandingSite {
	readonly store: Store;
	/** The base branch. */
	readonly branch: string;
	readonly log: EventLog;
	/** `seq:hash` of the log's last entry. */
	readonly logHead: () => string | undefined;
	readonly records: Records;
	readonly leases: Leases;
	readonly judge: Judge;
	/** The proof under a key, to be sent along with what lands; undefined when it is not there any more. */
	readonly receiptText: (key: string) => string | undefined;
	readonly clock: Clock;
	/** Whose entries in the log these are. */
	readonly by: string;
}

/** Where one lander works at a time: one base branch of one target. In a form that leases and records take as a name. */
export function laneOf({ store, branch }: Pick<LandingSite, "store" | "branch">): string {
	const plain = branch
		.toLowerCase()
		.replace(/[^a-z0-9._-]/g, "-")
		.slice(0, 16);
	const part = plain === branch ? plain : `${plain}-${createHash("sha256").update(branch).digest("hex").slice(0, 8)}`;
	// The end of the target's name is what no other has.
	return `${store.target.name.slice(-30).replace(/^[^a-z0-9]+/, "")}-${part}`;
}
