/** The floor without files: the reference that the file driver is compared with, and what fast tests stand on. */

import { type Clock, instant } from "../io/clock.ts";
import type { EventLog } from "../io/event-log.ts";
import type { Floor } from "../io/floor.ts";
import { recordLeases } from "../io/leases.ts";
import { ledger } from "../io/ledger.ts";
import { genesis, hashLine } from "../io/log/hash.ts";
import { matches } from "../io/log/last.ts";
import type { Records, StoredRecord } from "../io/records.ts";
import { ShopfloorError } from "../io/shopfloor-error.ts";
import { type Draft, draftFaults, type Entry, type Seq } from "../model/entry.ts";
import { reviewQueue } from "../model/review-queue.ts";
import { taskQueue } from "../model/task-queue.ts";

export function memoryFloor(clock: Clock): Floor {
	return over(new MemoryLog(clock), new MemoryRecords(), clock);
}

/** Two processes at one floor, each with a clock of its own. */
export function memoryFloors(clocks: readonly Clock[]): Floor[] {
	const [first] = clocks;
	if (first === undefined) return [];
	const log = new MemoryLog(first);
	const records = new MemoryRecords();
	return clocks.map((clock) => over(log, records, clock));
}

function over(log: MemoryLog, records: MemoryRecords, clock: Clock): Floor {
	return {
		log,
		records,
		tasks: ledger(records, taskQueue),
		reviews: ledger(records, reviewQueue),
		leases: recordLeases(records, clock),
		close: async () => {},
	};
}

class Bell {
	readonly #waiting = new Set<() => void>();

	ring(): void {
		for (const wake of [...this.#waiting]) wake();
	}

	heard(signal?: AbortSignal): Promise<void> {
		return new Promise((resolve) => {
			if (signal?.aborted) return resolve();
			const wake = () => {
				this.#waiting.delete(wake);
				signal?.removeEventListener("abort", wake);
				resolve();
			};
			this.#waiting.add(wake);
			signal?.addEventListener("abort", wake, { once: true });
		});
	}
}

class MemoryLog implements EventLog {
	readonly #clock: Clock;
	readonly #entries: Entry[] = [];
	readonly #bell = new Bell();
	#hash = genesis;

	constructor(clock: Clock) {
		this.#clock = clock;
	}

	async append(drafts: readonly Draft[]): Promise<readonly Entry[]> {
		const faults = drafts.flatMap(draftFaults);
		if (faults.length > 0)
			throw new ShopfloorError("bad-draft", faults.map(({ at, message }) => `${at}: ${message}`).join("\n"));
		const written = drafts.map((draft) => this.#standing(draft) ?? this.#write(draft));
		this.#bell.ring();
		return written;
	}

	async *read(from: Seq): AsyncGenerator<Entry> {
		yield* this.#entries.slice(Math.max(0, from - 1));
	}

	async last(count: number, where = {}): Promise<readonly Entry[]> {
		return this.#entries.filter((entry) => matches(entry, where)).slice(count === 0 ? this.#entries.length : -count);
	}

	async *follow(from: Seq, signal: AbortSignal): AsyncGenerator<Entry> {
		for (let next = Math.max(1, from); !signal.aborted; ) {
			const entry = this.#entries[next - 1];
			if (entry === undefined) await this.#bell.heard(signal);
			else {
				next++;
				yield entry;
			}
		}
	}

	#standing({ id }: Draft): Entry | undefined {
		return id === undefined ? undefined : this.#entries.find((entry) => entry.id === id);
	}

	#write(draft: Draft): Entry {
		const place = { seq: this.#entries.length + 1, ts: instant(this.#clock.now()), prev: this.#hash };
		const entry = { ...structuredClone(draft), ...place } as Entry;
		this.#entries.push(entry);
		this.#hash = hashLine(JSON.stringify(entry));
		return entry;
	}
}

const nothing: StoredRecord = { revision: 0, value: undefined };

class MemoryRecords implements Records {
	readonly #records = new Map<string, StoredRecord>();
	readonly #bell = new Bell();

	async get(key: string): Promise<StoredRecord> {
		return this.#copy(key);
	}

	async update(key: string, change: (current: StoredRecord) => unknown): Promise<StoredRecord> {
		const current = this.#copy(key);
		const value = change(current);
		if (value === current.value) return current;
		const next = { revision: current.revision + 1, value };
		this.#records.set(key, structuredClone(next));
		this.#bell.ring();
		return next;
	}

	/** Whoever changes what it was handed changes only that. */
	#copy(key: string): StoredRecord {
		return structuredClone(this.#records.get(key) ?? nothing);
	}

	/** A hint may be missed, here as in every driver, so the wait is short in real time and no fake clock can stretch it. */
	async changed(_key: string, _ms: number, signal?: AbortSignal): Promise<void> {
		const timer = new AbortController();
		const timeout = setTimeout(() => timer.abort(), 5);
		await this.#bell.heard(signal === undefined ? timer.signal : AbortSignal.any([signal, timer.signal]));
		clearTimeout(timeout);
	}

	/** Nobody can break what only this process holds. */
	check(): void {}

	async keys(prefix: string): Promise<readonly string[]> {
		return [...this.#records.keys()].filter((key) => key.startsWith(prefix)).sort();
	}

	isGone(): boolean {
		return false;
	}
}
