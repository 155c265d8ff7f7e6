/** How long to wait: growing, bounded, and not the same for all. */

/** Minutes to wait for a provider that does not say when it is back, by how often it failed in a row. */
const minutes = [1, 2, 5, 15, 30, 60];

export function pauseMs(inARow: number): number {
	return (minutes[Math.min(Math.max(inARow, 1), minutes.length) - 1] as number) * 60_000;
}

/** Spreads those that wait for the same thing. `random` is from 0 up to 1. */
export function jitterMs(waitMs: number, random: () => number): number {
	return Math.min(waitMs * jitterShare, jitterMaxMs) * random();
}

const jitterShare = 0.2;
/** Enough to spread what a second can take; more would waste a short window. */
const jitterMaxMs = 60_000;
