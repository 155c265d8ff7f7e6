/** Time as an argument, so that tests hold the hands of the clock. */
export interface Clock {
	/** Wall time, for people and for the log. May jump. */
	now(): number;
	/** A watch that only goes forwards, for durations. Comparable within one process. */
	watch(): number;
	/** Resolves after `ms`, or at once when the signal aborts. Never rejects. */
	sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
	now: () => Date.now(),
	watch: () => performance.now(),
	sleep(ms, signal) {
		return new Promise((resolve) => {
			if (signal?.aborted) return resolve();
			const timer = setTimeout(done, Math.min(ms, timeoutMaxMs));
			signal?.addEventListener("abort", done, { once: true });
			function done() {
				clearTimeout(timer);
				signal?.removeEventListener("abort", done);
				resolve();
			}
		});
	},
};

/** Beyond this `setTimeout` fires at once; a caller that loops simply sleeps again. */
const timeoutMaxMs = 2 ** 31 - 1;

export function instant(ms: number): string {
	return new Date(ms).toISOString();
}
