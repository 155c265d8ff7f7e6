/** A record with a schema and lawful changes: the task queue, the review queue, and what leases are made of. */
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
	records.check(kind.key, (value) => misfit(kind, value));
	async function read(): Promise<Revised<T>> {
		const { revision, value } = await records.get(kind.key);
		return { revision, value: parsed(kind, value) };
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
				const before = parsed(kind, current.value);
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

function misfit<T>(kind: RecordKind<T>, value: unknown): string | undefined {
	const result = kind.schema.safeParse(value);
	return result.success ? undefined : `does not fit: ${faultsOf(result.error)[0]}`;
}

function parsed<T>(kind: RecordKind<T>, value: unknown): T {
	if (value === undefined) return kind.empty;
	const result = kind.schema.safeParse(value);
	if (result.success) return result.data;
	throw new ShopfloorError(
		"bad-record",
		[
			`the record ${kind.key} does not hold what it should:`,
			...faultsOf(result.error).map((fault) => `  ${fault}`),
		].join("\n"),
	);
}

function faultsOf({ issues }: { readonly issues: readonly { path: PropertyKey[]; message: string }[] }): string[] {
	return issues.map((issue) => `${issue.path.map(String).join(".") || "value"}: ${issue.message}`);
}

function refuseUnlawful<T>(kind: RecordKind<T>, before: T, next: T): void {
	const shape = kind.schema.safeParse(next);
	const faults = shape.success ? kind.faults(before, next) : faultsOf(shape.error);
	if (faults.length > 0)
		throw new ShopfloorError(
			"bad-record",
			[`this change of ${kind.key} is refused, nothing was written:`, ...faults.map((fault) => `  ${fault}`)].join(
				"\n",
			),
		);
}
