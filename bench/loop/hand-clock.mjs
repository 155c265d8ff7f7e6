/**
 * One pair of hands and a clock for each who asks for one. Who sleeps wakes when the hands are moved to its time; so it is
 * known who rests, and what the next thing is that happens.
 */

export function handClock(startMs) {
	const sleepers = new Set();
	const watching = new Set();
	let elapsedMs = 0;
	return {
		clockOf,
		changed,
		/** How many sleep by this clock. */
		asleep: (clock) => [...sleepers].filter((sleeper) => sleeper.clock === clock).length,
		elapsedMs: () => elapsedMs,
		/** Moves the hands to whoever wakes first, and wakes all of that moment. */
		moveOn() {
			elapsedMs = Math.max(elapsedMs, Math.min(...[...sleepers].map(({ at }) => at)));
			for (const { at, wake } of [...sleepers]) if (at <= elapsedMs) wake();
		},
		tell,
	};

	function clockOf() {
		const clock = {
			now: () => startMs + elapsedMs,
			watch: () => elapsedMs,
			sleep: (ms, signal) =>
				new Promise((resolve) => {
					if (signal?.aborted) return resolve();
					const sleeper = { clock, at: elapsedMs + Math.max(0, ms), wake };
					sleepers.add(sleeper);
					signal?.addEventListener("abort", wake, { once: true });
					tell();
					function wake() {
						sleepers.delete(sleeper);
						signal?.removeEventListener("abort", wake);
						resolve();
					}
				}),
		};
		return clock;
	}

	/** Something happened that whoever waits for rest may want to know. */
	function tell() {
		for (const seen of watching) seen();
	}

	function changed(withinMs) {
		return new Promise((resolve) => {
			const timer = setTimeout(seen, withinMs);
			watching.add(seen);
			function seen() {
				clearTimeout(timer);
				watching.delete(seen);
				resolve();
			}
		});
	}
}
