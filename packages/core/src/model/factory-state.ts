/**
 * The one fold: entries in, the factory's present state out. The command line, the bot, the page and `/metrics` all
 * show this value, so they cannot disagree. It is plain JSON, it is bounded, and it is what a checkpoint holds.
 *
 * Laws, held by property tests: folding in two parts equals folding at once, and a checkpoint equals the history
 * that it replaces.
 */
import type { Entry, Seq } from "./entry.ts";
import { toMs } from "./instant.ts";
import { own } from "./own.ts";
import { foldProcesses, type Processes } from "./state/processes.ts";
import { foldProviders, type Providers } from "./state/providers.ts";
import { foldRates, type Rates } from "./state/rates.ts";
import { foldSpending, noSpending, type Spending } from "./state/spending.ts";
import { foldSteering, noSteering, type Pause, type Steering } from "./state/steering.ts";
import { foldWork, noWork, type Work } from "./state/work.ts";

export interface FactoryState {
	/** Raised when the meaning of the fields changes; a checkpoint of another version is not trusted. */
	readonly version: 3;
	readonly seq: Seq;
	readonly at: string;
	readonly entries: number;
	readonly processes: Processes;
	readonly work: Work;
	readonly spending: Spending;
	readonly providers: Providers;
	readonly rates: Rates;
	readonly steering: Steering;
	readonly health: Extract<Entry, { type: "health" }>["data"] | null;
	readonly healthAt: string;
}

export const emptyState: FactoryState = {
	version: 3,
	seq: 0,
	at: "",
	entries: 0,
	processes: {},
	work: noWork,
	spending: noSpending,
	providers: {},
	rates: {},
	steering: noSteering,
	health: null,
	healthAt: "",
};

export function fold(state: FactoryState, entry: Entry): FactoryState {
	if (entry.type === "checkpoint") return fromCheckpoint(state, entry);
	return {
		version: 3,
		seq: entry.seq,
		at: entry.ts,
		entries: state.entries + 1,
		processes: foldProcesses(state.processes, entry),
		work: foldWork(state.work, entry),
		spending: foldSpending(state.spending, entry),
		providers: foldProviders(state.providers, entry),
		rates: foldRates(state.rates, entry),
		steering: foldSteering(state.steering, entry),
		health: entry.type === "health" ? entry.data : state.health,
		healthAt: entry.type === "health" ? entry.ts : state.healthAt,
	};
}

/**
 * A reader that comes with the history keeps what it folded itself; one that starts here takes the checkpoint's word.
 */
function fromCheckpoint(state: FactoryState, entry: Extract<Entry, { type: "checkpoint" }>): FactoryState {
	const known = state.seq >= entry.data.through || !isState(entry.data.state);
	const base = known ? state : (entry.data.state as unknown as FactoryState);
	return { ...base, seq: entry.seq, at: entry.ts };
}

export function isState(value: Readonly<Record<string, unknown>>): boolean {
	return value["version"] === emptyState.version && Object.keys(emptyState).every((key) => Object.hasOwn(value, key));
}

/** The pause that holds at this moment for any of the scopes, a stop before a pause. `all` is always looked at. */
export function pauseFor(state: FactoryState, nowMs: number, ...scopes: readonly string[]): Pause | undefined {
	const holding = ["all", ...scopes].flatMap((scope) => standingPause(state, scope, nowMs) ?? []);
	return holding.find((pause) => pause.kind === "stop") ?? holding[0];
}

/** The pause or stop of this very scope that holds at this moment. */
export function standingPause({ steering }: FactoryState, scope: string, nowMs: number): Pause | undefined {
	const pause = own(steering.pauses, scope);
	return pause?.until !== undefined && toMs(pause.until) <= nowMs ? undefined : pause;
}
