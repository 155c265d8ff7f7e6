/** What the bot has not confirmed yet, and the one poll that may wait for more. */
import type { Update } from "./wire.ts";

export interface Poll {
	readonly offset: number;
	readonly limit: number;
	readonly timeoutMs: number;
}

export class Updates {
	readonly #nowMs: () => number;
	#kept: { readonly update: Update; readonly atMs: number }[] = [];
	#nextId = firstId;
	#allowed: ReadonlySet<string> | undefined;
	#waiting: Waiting | undefined;

	constructor(nowMs: () => number) {
		this.#nowMs = nowMs;
	}

	get pending(): number {
		return this.#kept.length;
	}

	/** Of what happens from now on; undefined: what a bot gets that says nothing. */
	allow(kinds: readonly string[] | undefined): void {
		this.#allowed = kinds === undefined ? undefined : new Set(kinds);
	}

	add(kind: string, what: unknown): void {
		const isAllowed = this.#allowed === undefined || this.#allowed.has(kind);
		if (!isAllowed || this.#kept.length >= keptMax) return;
		this.#kept.push({ update: { update_id: this.#nextId++, [kind]: what }, atMs: this.#nowMs() });
		// What happens in one go comes in one answer.
		setImmediate(() => {
			// Unless a poll came in between and has it.
			if (this.#kept.length > 0) this.#waiting?.end("ready");
		});
	}

	drop(): void {
		this.#kept = [];
	}

	/**
	 * Confirms everything before the offset. Waits when there is nothing, and ends whoever waits already: that one gets
	 * "terminated". A client that leaves (`left`) gets nothing, and nothing is lost.
	 */
	async poll({ offset, limit, timeoutMs }: Poll, left: AbortSignal): Promise<readonly Update[] | "terminated"> {
		this.#forget(offset);
		const found = this.#kept.slice(0, limit);
		if (found.length > 0 || timeoutMs === 0) return found.map(({ update }) => update);
		this.#waiting?.end("terminated");
		const end = await new Promise<End>((resolve) => {
			const waiting = new Waiting(this.#nowMs() + timeoutMs, timeoutMs, left, resolve);
			this.#waiting = waiting;
		});
		if (end === "terminated") return end;
		this.#waiting = undefined;
		return end === "left" ? [] : this.#kept.slice(0, limit).map(({ update }) => update);
	}

	/** The clock was moved. */
	timePassed(): void {
		if (this.#waiting !== undefined && this.#nowMs() >= this.#waiting.untilMs) this.#waiting.end("ready");
	}

	#forget(offset: number): void {
		const oldestMs = this.#nowMs() - keptMs;
		this.#kept = this.#kept.filter(({ atMs }) => atMs >= oldestMs);
		if (offset < 0) this.#kept = this.#kept.slice(offset);
		else this.#kept = this.#kept.filter(({ update }) => update.update_id >= offset);
	}
}

/** Far from the numbers of messages, so that a test that mistakes one for the other fails. */
const firstId = 700_000_001;
/** More than any test has. */
const keptMax = 100_000;
/** The API keeps what nobody fetches for a day. */
const keptMs = 24 * 3_600_000;

type End = "ready" | "left" | "terminated";

class Waiting {
	readonly untilMs: number;
	readonly #timer: NodeJS.Timeout;
	readonly #resolve: (end: End) => void;
	readonly #left: AbortSignal;
	readonly #leave = () => this.end("left");

	constructor(untilMs: number, timeoutMs: number, left: AbortSignal, resolve: (end: End) => void) {
		this.untilMs = untilMs;
		this.#resolve = resolve;
		this.#left = left;
		this.#timer = setTimeout(() => this.end("ready"), timeoutMs);
		left.addEventListener("abort", this.#leave);
		if (left.aborted) this.#leave();
	}

	end(end: End): void {
		clearTimeout(this.#timer);
		this.#left.removeEventListener("abort", this.#leave);
		this.#resolve(end);
	}
}
