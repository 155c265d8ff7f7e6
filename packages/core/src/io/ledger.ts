/** A record with a schema and lawful changes: the task queue, the review queue, and what leases are made of. */
import type { RecordKind } from "../model/record-kind.ts";
import type { Records } from "./records.ts";
import { ShopfloorError } from "./shopfloor-error.ts";
import { lookAgainMs } from "./watch.ts";

export interface Revised<T> {
	readonly revision: number;
	readonly value: T;
}

export interface Ledger<T> {
	read(): Promise<Revised<T>>;
	/**
	 * `change` is pure and may be called more than once. Returning its argument changes nothing. Rejects with
	 * `bad-record`, and changes nothing, when the result does not fit the schema or makes an unlawful move.
	 */
	update(change: (current: T) => T): Promise<Revised<T>>;
	/** The present value, then every later one, or the newest of several; ends with the signal. */
	changes(signal: AbortSignal): AsyncIterable<Revised<T>>;
}

export function ledger<T>(records: Records, kind: RecordKind<T>): Ledger<T> {
	async function read(): Promise<Revised<T>> {
		const { revision, value } = await records.get(kind.key);
		return { revision, value: value === undefined ? kind.empty : kind.schema.parse(value) };
	}
	async function* changes(signal: AbortSignal): AsyncGenerator<Revised<T>> {
		let seen = -1;
		while (!signal.aborted) {
			const now = await read();
			if (now.revision !== seen) {
				seen = now.revision;
				yield now;
			} else await records.changed(kind.key, lookAgainMs, signal);
		}
	}
	return {
		read,
		async update(change) {
			const stored = await records.update(kind.key, (current) => {
				const before = current.value === undefined ? kind.empty : kind.schema.parse(current.value);
				const next = change(before);
				if (next === before) return current.value;
				refuseUnlawful(kind, before, next);
				return next;
			});
			return { revision: stored.revision, value: (stored.value ?? kind.empty) as T };
		},
		changes,
	};
}

function refuseUnlawful<T>(kind: RecordKind<T>, before: T, next: T): void {
	const shape = kind.schema.safeParse(next);
	const faults = shape.success
		? kind.faults(before, next)
		: shape.error.issues.map((issue) => `${issue.path.map(String).join(".") || "value"}: ${issue.message}`);
	if (faults.length > 0)
		throw new ShopfloorError(
			"bad-record",
			[`this change of ${kind.key} is refused, nothing was written:`, ...faults.map((fault) => `  ${fault}`)].join(
				"\n",
			),
		);
}
