/** How much the bot may say: buckets that fill with time, and who asks again too soon. */

export interface Limits {
	/** Over all chats. */
	readonly messagesPerS: number;
	/** In one chat at once; then one after each `chatEveryMs`. The API promises no number. */
	readonly chatBurst: number;
	readonly chatEveryMs: number;
	readonly groupPerMinute: number;
}

export const usualLimits: Limits = { messagesPerS: 30, chatBurst: 20, chatEveryMs: 1_000, groupPerMinute: 20 };

export class Flood {
	readonly #limits: Limits;
	readonly #nowMs: () => number;
	readonly #buckets = new Map<string, Bucket>();
	readonly #untilMs = new Map<string, number>();

	constructor(limits: Limits, nowMs: () => number) {
		this.#limits = limits;
		this.#nowMs = nowMs;
	}

	/** Seconds to wait before this message may be sent; 0 when it may be now, and is counted. */
	admit(chatId: number, isGroup: boolean): number {
		const { messagesPerS, chatBurst, chatEveryMs, groupPerMinute } = this.#limits;
		const buckets = [
			this.#bucket("all", messagesPerS, 1_000 / messagesPerS),
			this.#bucket(`chat ${chatId}`, chatBurst, chatEveryMs),
			...(isGroup ? [this.#bucket(`group ${chatId}`, groupPerMinute, 60_000 / groupPerMinute)] : []),
		];
		const waitMs = Math.max(...buckets.map((bucket) => bucket.waitMs(this.#nowMs())));
		if (waitMs === 0) for (const bucket of buckets) bucket.take();
		return Math.ceil(waitMs / 1_000);
	}

	/** Who was told to wait. */
	told(who: string, retryAfterS: number): void {
		this.#untilMs.set(who, this.#nowMs() + retryAfterS * 1_000);
	}

	/** How much of the wait was left when this one asked again; 0 for the patient. */
	leftMs(who: string): number {
		const leftMs = (this.#untilMs.get(who) ?? 0) - this.#nowMs();
		return leftMs > timerMs ? leftMs : 0;
	}

	#bucket(name: string, size: number, everyMs: number): Bucket {
		const known = this.#buckets.get(name);
		if (known !== undefined) return known;
		const bucket = new Bucket(size, everyMs, this.#nowMs());
		this.#buckets.set(name, bucket);
		return bucket;
	}
}

/** Timers may be a little early. */
const timerMs = 50;

class Bucket {
	readonly #size: number;
	readonly #everyMs: number;
	#free: number;
	#atMs: number;

	constructor(size: number, everyMs: number, nowMs: number) {
		this.#size = size;
		this.#everyMs = everyMs;
		this.#free = size;
		this.#atMs = nowMs;
	}

	waitMs(nowMs: number): number {
		this.#free = Math.min(this.#size, this.#free + (nowMs - this.#atMs) / this.#everyMs);
		this.#atMs = nowMs;
		return this.#free >= 1 ? 0 : (1 - this.#free) * this.#everyMs;
	}

	take(): void {
		this.#free -= 1;
	}
}
