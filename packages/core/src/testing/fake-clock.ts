import type { Clock } from "../io/clock.ts";

export interface FakeClock extends Clock {
	/** Moves both hands on, waking sleepers in order, and lets what they do run as far as it can without the clock. */
	advance(ms: number): Promise<void>;
	/** Moves only the wall clock: somebody set it, or daylight saving did. */
	jump(ms: number): void;
	/** Moves the hands on while this process sees nothing of it: it was stopped, and nobody woke. */
	stall(ms: number): void;
	/** Resolves when somebody has looked at the watch so many times more. */
	looks(times: number): Promise<void>;
}

export function fakeClock(start = Date.UTC(2026, 0, 31, 8, 0, 0)): FakeClock {
	let wall = start;
	let watch = 0;
	const watching = new Set<{ left: number; seen: () => void }>();
	const sleeping = new Set<{ at: number; wake: () => void }>();
	return {
		now: () => wall,
		watch() {
			for (const watcher of watching) if (--watcher.left <= 0) watcher.seen();
			return watch;
		},
		sleep(ms, signal) {
			return new Promise((resolve) => {
				if (signal?.aborted) return resolve();
				const sleeper = { at: watch + ms, wake };
				sleeping.add(sleeper);
				signal?.addEventListener("abort", wake, { once: true });
				function wake() {
					sleeping.delete(sleeper);
					signal?.removeEventListener("abort", wake);
					resolve();
				}
			});
		},
		async advance(ms) {
			const end = watch + ms;
			for (;;) {
				const next = [...sleeping].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
				if (next === undefined) break;
				wall += Math.max(0, next.at - watch);
				watch = Math.max(watch, next.at);
				next.wake();
				await settle();
			}
			wall += end - watch;
			watch = end;
			await settle();
		},
		jump(ms) {
			wall += ms;
		},
		stall(ms) {
			wall += ms;
			watch += ms;
		},
		looks(times) {
			return new Promise((resolve) => {
				const watcher = { left: times, seen };
				watching.add(watcher);
				function seen() {
					watching.delete(watcher);
					resolve();
				}
			});
		},
	};
}

/** Lets promises that wait for nothing but each other finish. */
async function settle(): Promise<void> {
	for (let turn = 0; turn < 20; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
}
