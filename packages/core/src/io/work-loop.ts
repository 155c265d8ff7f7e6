/**
 * The heart of every process: wait for the schedule or for an entry that concerns it, take one turn, note how far it
 * came. Turns never overlap. The heartbeat comes from this loop and not from a timer, so that a loop that hangs
 * falls silent.
 *
 * What a turn was given counts as handled only after the turn; a process that dies in between is given it again.
 * So a turn must be safe to repeat.
 */
import type { Draft, Entry, Seq } from "../model/entry.ts";
import { emptyState, type FactoryState, fold, isState, pauseFor } from "../model/factory-state.ts";
import type { Clock } from "./clock.ts";
import { becauseMax, type Cursor, concerning, concerns, cursorOf, type Reader } from "./cursor.ts";
import type { Floor } from "./floor.ts";
import type { Ledger } from "./ledger.ts";
import { nextTurn } from "./schedule.ts";
import { isShopfloorError } from "./shopfloor-error.ts";

export interface Turn {
	readonly state: FactoryState;
	/** The entries that woke the process and wait to be handled; empty when it is only time. */
	readonly because: readonly Entry[];
	/** Aborts on a stop and on shutdown: let go of everything at once. */
	readonly signal: AbortSignal;
	/** Says what is being done, as a heartbeat. Call it at every step of a long turn. */
	doing(what: string): Promise<void>;
}

export interface Work extends Reader {
	/** A duration or a cron line. */
	readonly every: string;
	readonly heartbeatMs: number;
	/** Besides `all`: what a pause may be aimed at to reach this process. */
	readonly scopes?: readonly string[];
	turn(turn: Turn): Promise<void>;
}

/** After a full disk or a lost lock: long enough not to spin, short enough that recovery is felt. */
const afterFaultMs = 10_000;

export class WorkLoop {
	readonly #floor: Floor;
	readonly #clock: Clock;
	readonly #work: Work;
	#state: FactoryState = emptyState;
	#pending: Entry[] = [];
	readonly #stored: Ledger<Cursor>;
	#cursor: Cursor = null;
	#wake = new AbortController();
	#turn: AbortController | undefined;
	#beatAt = Number.NEGATIVE_INFINITY;
	#said = "";

	constructor(floor: Floor, clock: Clock, work: Work) {
		this.#floor = floor;
		this.#clock = clock;
		this.#work = work;
		this.#stored = cursorOf(floor.records, work.name);
	}

	/** Runs until the signal aborts. Rejects with what went wrong for good. */
	async run(signal: AbortSignal): Promise<void> {
		const end = new AbortController();
		const both = AbortSignal.any([signal, end.signal]);
		both.addEventListener("abort", () => this.#ring(), { once: true });
		const next = await this.#catchUp();
		try {
			await Promise.all([this.#loop(both), this.#listen(next, both)]);
		} finally {
			end.abort();
		}
	}

	/** The state by now, and what came while nobody was here. Returns the seq to listen from. */
	async #catchUp(): Promise<Seq> {
		this.#cursor = (await this.#stored.read()).value;
		this.#state = await currentState(this.#floor);
		const from = (this.#cursor?.handled ?? this.#state.seq) + 1;
		// What comes meanwhile is for the listener.
		for await (const entry of concerning(this.#floor.log, this.#work, from, this.#state.seq)) this.#pending.push(entry);
		return this.#state.seq + 1;
	}

	async #listen(from: Seq, signal: AbortSignal): Promise<void> {
		for await (const entry of this.#floor.log.follow(from, signal)) {
			this.#state = fold(this.#state, entry);
			if (concerns(this.#work, entry)) this.#pending.push(entry);
			if (this.#pending.length > 0 || entry.type === "paused" || entry.type === "resumed") this.#ring();
			if (this.#paused()?.kind === "stop") this.#turn?.abort(new Error("stopped by a person"));
		}
	}

	async #loop(signal: AbortSignal): Promise<void> {
		while (!signal.aborted) {
			this.#wake = new AbortController();
			const paused = this.#paused();
			if (paused === undefined && this.#due()) await this.#takeTurn(signal);
			else
				await this.#rest(
					paused === undefined ? "waiting" : `${paused.kind === "stop" ? "stopped" : "paused"}: ${paused.reason}`,
					signal,
				);
		}
	}

	async #takeTurn(signal: AbortSignal): Promise<void> {
		const because = this.#pending.slice(0, becauseMax);
		const turn = new AbortController();
		this.#turn = turn;
		try {
			const both = AbortSignal.any([signal, turn.signal]);
			await this.#work.turn({ state: this.#state, because, signal: both, doing: (what) => this.#beat(what) });
			await this.#note(because);
		} catch (error) {
			// A turn that was told to let go may do so by throwing; what it was given is given again.
			if (turn.signal.aborted || signal.aborted) return;
			if (!isShopfloorError(error, "disk-full", "disk-error", "lock-busy", "lock-lost")) throw error;
			process.stderr.write(`${this.#work.name}: ${error.message}\n`);
			await this.#clock.sleep(afterFaultMs, signal);
		} finally {
			this.#turn = undefined;
		}
	}

	/** Progress first, answers second: both may be repeated without harm. */
	async #note(because: readonly Entry[]): Promise<void> {
		const handled = Math.max(
			this.#handled,
			this.#pending.length > because.length ? (because.at(-1)?.seq ?? 0) : this.#state.seq,
		);
		const answers: Draft[] = because
			.filter((entry) => entry.type === "trigger")
			.map(({ seq }) => ({
				type: "trigger_done",
				by: this.#work.name,
				id: `trigger_done:${seq}`,
				data: { trigger: seq, outcome: "done" },
			}));
		await this.#floor.log.append(answers);
		this.#cursor = { handled, turnedAt: this.#clock.now() };
		await this.#stored.update(() => this.#cursor);
		this.#pending = this.#pending.slice(because.length);
	}

	async #rest(what: string, signal: AbortSignal): Promise<void> {
		const now = this.#clock.watch();
		if (what !== this.#said || now - this.#beatAt >= this.#work.heartbeatMs) await this.#tryBeat(what);
		const untilBeat = this.#beatAt + this.#work.heartbeatMs - now;
		const untilTurn = this.#paused() === undefined ? this.#nextTurnAt() - this.#clock.now() : Number.POSITIVE_INFINITY;
		await this.#clock.sleep(Math.max(0, Math.min(untilBeat, untilTurn)), AbortSignal.any([this.#wake.signal, signal]));
	}

	/** A log that takes nothing at the moment is no reason to end. */
	async #tryBeat(what: string): Promise<void> {
		try {
			await this.#beat(what);
		} catch (error) {
			if (!isShopfloorError(error)) throw error;
			process.stderr.write(`${this.#work.name}: ${error.message}\n`);
			this.#beatAt = this.#clock.watch() - this.#work.heartbeatMs + afterFaultMs;
		}
	}

	async #beat(what: string): Promise<void> {
		const data = { pid: process.pid, doing: what.slice(0, 200), handled: this.#handled };
		await this.#floor.log.append([{ type: "heartbeat", by: this.#work.name, data }]);
		this.#said = what;
		this.#beatAt = this.#clock.watch();
	}

	#due(): boolean {
		return this.#pending.length > 0 || this.#nextTurnAt() <= this.#clock.now();
	}

	#nextTurnAt(): number {
		const turnedAt = this.#cursor?.turnedAt;
		const now = this.#clock.now();
		// A clock that was set back must not keep the process from its turn until it has caught up.
		if (turnedAt === undefined || turnedAt > now) return now;
		return nextTurn(this.#work.every, turnedAt);
	}

	#paused() {
		return pauseFor(this.#state, this.#clock.now(), this.#work.name, ...(this.#work.scopes ?? []));
	}

	#ring(): void {
		this.#wake.abort();
	}

	get #handled(): Seq {
		return this.#cursor?.handled ?? 0;
	}
}

/**
 * The factory's state at the end of the log, from the newest checkpoint that this version can read; or before the first
 * entry since then that `ends` it.
 */
export async function currentState(
	{ log }: Pick<Floor, "log">,
	ends: (entry: Entry) => boolean = () => false,
): Promise<FactoryState> {
	const [checkpoint] = await log.last(1, { type: ["checkpoint"] });
	const from = checkpoint?.type === "checkpoint" && isState(checkpoint.data.state) ? checkpoint.seq : 1;
	let state = emptyState;
	for await (const entry of log.read(from)) {
		if (ends(entry)) break;
		state = fold(state, entry);
	}
	return state;
}
