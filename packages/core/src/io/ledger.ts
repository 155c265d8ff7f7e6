/** A record with a schema and lawful changes: the task queue, the review queue, and what leases are made of. */
import { quickCheck } from "../model/quick-check.ts";
import type { RecordKind } from "../model/record-kind.ts";
import type { Records } from "./records.ts";
import { ShopfloorError } from "./shopfloor-error.ts";
import { lookAgainMs } from "./watch.ts";

interface Revised<T> {
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

/** The one place where a kind of record meets the driver: what does not fit its schema is broken to every reader. */
export function ledger<T>(records: Records, kind: RecordKind<T>): Ledger<T> {
	const fits = quickCheck(kind.schema);
	const known = (value: unknown): Known<T> => (fits(value) ? { value: value as T, faults: [] } : parsed(kind, value));
	records.check(kind.key, (value) => {
		const [fault] = known(value).faults;
		return fault && `does not fit: ${fault}`;
	});

	function valueIn(stored: unknown): T {
		if (stored === undefined) return kind.empty;
		const { value, faults } = known(stored);
		if (faults.length > 0) throw badRecord(`the record ${kind.key} does not hold what it should:`, faults);
		return value as T;
	}

	function refuseUnlawful(before: T, next: T): void {
		const shape = known(next).faults;
		const faults = shape.length > 0 ? shape : kind.faults(before, next);
		if (faults.length > 0) throw badRecord(`this change of ${kind.key} is refused, nothing was written:`, faults);
	}

	async function read(): Promise<Revised<T>> {
		const { revision, value } = await records.get(kind.key);
		return { revision, value: valueIn(value) };
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
				const before = valueIn(current.value);
				const next = change(before);
				if (next === before) return current.value;
				refuseUnlawful(before, next);
				return next;
			});
			return { revision: stored.revision, value: (stored.value ?? kind.empty) as T };
		},
		changes,
	};
}

interface Known<T> {
	readonly value: T | undefined;
	readonly faults: readonly string[];
}

function parsed<T>({ schema }: RecordKind<T>, stored: unknown): Known<T> {
	const { data, error } = schema.safeParse(stored);
	const faults = (error?.issues ?? []).map(
		({ path, message }) => `${path.map(String).join(".") || "value"}: ${message}`,
	);
	return { value: data, faults };
}

function badRecord(what: string, faults: readonly string[]): ShopfloorError {
	return new ShopfloorError("bad-record", [what, ...faults.map((fault) => `  ${fault}`)].join("\n"));
}
