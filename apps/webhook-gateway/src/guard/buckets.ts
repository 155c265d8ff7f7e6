/** How much may come from whom: a bucket each, which fills again with time. Their number is bounded, whoever calls. */
import type { Clock } from "@shopfloor/core/io";

export class Buckets {
	readonly #clock: Clock;
	readonly #perMinute: number;
	readonly #buckets = new Map<string, { left: number; at: number }>();

	constructor(clock: Clock, perMinute: number) {
		this.#clock = clock;
		this.#perMinute = perMinute;
	}

	/** Takes one, and returns 0; or returns after how many milliseconds there will be one. */
	take(who: string): number {
		const now = this.#clock.watch();
		const known = this.#buckets.get(who);
		const filled = ((now - (known?.at ?? now)) * this.#perMinute) / minuteMs;
		const left = Math.min(this.#perMinute, (known?.left ?? this.#perMinute) + filled);
		this.#put(who, { left: left >= 1 ? left - 1 : left, at: now });
		return left >= 1 ? 0 : ((1 - left) * minuteMs) / this.#perMinute;
	}

	/** The one that was not used for longest gives way: it is the fullest, or nearly so. */
	#put(who: string, bucket: { left: number; at: number }): void {
		this.#buckets.delete(who);
		this.#buckets.set(who, bucket);
		const oldest = this.#buckets.keys().next();
		if (this.#buckets.size > bucketsMost && !oldest.done) this.#buckets.delete(oldest.value);
	}
}

const minuteMs = 60_000;
/** Some hundred kilobytes. */
const bucketsMost = 2_000;
