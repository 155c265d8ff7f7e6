/** Work on a guess, beside what decides whether it will be needed. */

export interface Ahead<T> {
	/** Undefined when it could not be done. */
	readonly done: Promise<T | undefined>;
	/** Nothing of it goes on afterwards. */
	end(): Promise<void>;
}

export function workAhead<T>(work: (signal: AbortSignal) => Promise<T>, given?: AbortSignal): Ahead<T> {
	const stop = new AbortController();
	const signal = given === undefined ? stop.signal : AbortSignal.any([given, stop.signal]);
	// What goes wrong here goes wrong again where it counts, and is told there.
	const done = work(signal).catch(() => undefined);
	return {
		done,
		async end() {
			stop.abort();
			await done;
		},
	};
}
