/** What judging needs, and how it may be asked. */
import type { Clock, Runner } from "@shopfloor/core/io";
import type { Selection } from "../checks/selection.ts";
import type { Store } from "../git/store.ts";
import type { ReceiptStore } from "../receipts/receipt-store.ts";
import type { MeasureOptions } from "./measure.ts";

export interface Bench {
	readonly store: Store;
	readonly receipts: ReceiptStore;
	readonly runner: Runner;
	readonly clock?: Clock;
}

export interface JudgeOptions extends MeasureOptions {
	/** Ids of tests of the base that may be gone: nobody misses them. */
	readonly givenUp?: readonly string[];
	/**
	 * Less than everything, of which no proof comes. With `relatedTo`, of the tests only those that these files can reach,
	 * where the runner can tell. With `files`, only the tests in these: checks without tests are left out.
	 */
	readonly only?: Extract<Selection, { readonly files: unknown } | { readonly relatedTo: unknown }> | undefined;
	/** Ends at the first check that is worse. */
	readonly quick?: boolean;
	readonly seen?: (spent: { readonly ms: number; readonly runs: number }) => void;
}
