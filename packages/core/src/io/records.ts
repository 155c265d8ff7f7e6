/**
 * Small named values that change by compare-and-swap: the other half of what a driver of the floor brings (the log
 * is the first). Queues, leases, cursors and notes are all built on it, once, for every driver.
 */
export interface StoredRecord {
	/** Grows by one with every change; 0 stands for "does not exist". */
	readonly revision: number;
	readonly value: unknown;
}

export interface Records {
	get(key: string): Promise<StoredRecord>;
	/**
	 * Replaces the value by what `change` makes of the present one, atomically and durably. `change` is pure and may be
	 * called more than once: a driver without a lock of its own compares, swaps and tries again. Returning the value
	 * it was given changes nothing. Whatever it throws is thrown, and nothing changes.
	 */
	update(key: string, change: (current: StoredRecord) => unknown): Promise<StoredRecord>;
	/** Resolves when the record may have changed, or after `ms`. A hint, not the truth. */
	changed(key: string, ms: number, signal?: AbortSignal): Promise<void>;
	/**
	 * Whoever owns a record says what is wrong with a value. A driver whose records others can break counts one that
	 * has such a fault as broken.
	 */
	check(key: string, fault: (value: unknown) => string | undefined): void;
	keys(prefix: string): Promise<readonly string[]>;
	/** Driver's knowledge that a holder (see `myIdentity`) cannot come back. False when it does not know. */
	isGone(holder: string): boolean;
}
