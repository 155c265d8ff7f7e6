/** Where landing happens: the target's store, the floor, and whoever judges. */
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
