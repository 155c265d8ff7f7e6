/**
 * When to seal. The open segment is sealed once it is past its size and nobody is in a hurry: folding costs about as
 * much as appending, so sealing in the middle of a burst would double the burst. A process that crosses the size
 * looks again after a calm moment. A segment that has grown enormous is sealed while others append, unless they do so
 * about as fast as one can fold.
 */
import { statSync } from "node:fs";
import { isShopfloorError } from "../shopfloor-error.ts";

/** What a start has to fold at most, in normal times: a few milliseconds' worth. */
export const segmentBytesDefault = 384 * 1024;

const calmMs = 1_000;
/** Growth within a moment that still counts as calm. */
const calmBytes = 128 * 1024;
const enormousBytes = 128 * 1024 * 1024;
/** Growth within a moment that leaves a core to fold with. */
const briskBytes = 4 * 1024 * 1024;

export class Sealer {
	readonly #open: string;
	readonly #segmentBytes: number;
	readonly #seal: () => Promise<boolean>;
	/** So large was it when sealing it did not come off; what stood in the way may stand there still. */
	#triedAt = Number.NEGATIVE_INFINITY;
	#waiting: { readonly timer: NodeJS.Timeout; readonly size: number } | undefined;
	#sealing: Promise<unknown> = Promise.resolve();
	#closed = false;

	/** `seal` says whether it came off. */
	constructor(open: string, segmentBytes: number, seal: () => Promise<boolean>) {
		this.#open = open;
		this.#segmentBytes = segmentBytes;
		this.#seal = seal;
	}

	/** The open segment has reached this size. */
	grown(size: number): void {
		// Another process has sealed it meanwhile.
		if (size < this.#triedAt) this.#triedAt = Number.NEGATIVE_INFINITY;
		if (size <= Math.max(this.#segmentBytes, this.#triedAt + calmBytes) || this.#waiting !== undefined) return;
		if (this.#closed) return;
		const timer = setTimeout(() => this.#look(), calmMs);
		timer.unref();
		this.#waiting = { timer, size };
	}

	/** Seals what waits for it: a process that only comes and goes must leave the log as it would like to find it. */
	async close(): Promise<void> {
		const waiting = this.#waiting;
		this.#forget();
		// What sealing itself has to tell makes the segment grow once more.
		this.#closed = true;
		if (waiting !== undefined) this.#try();
		await this.#sealing;
	}

	#look(): void {
		const before = this.#waiting?.size ?? 0;
		this.#forget();
		const size = sizeOf(this.#open);
		const grown = size - before;
		if (grown <= calmBytes || (size > enormousBytes && grown <= briskBytes)) this.#try();
		else this.grown(size);
	}

	#try(): void {
		let size = 0;
		// One after the other: who closes must not leave one behind that still runs.
		this.#sealing = this.#sealing
			.then(() => {
				size = sizeOf(this.#open);
				return this.#seal();
			})
			.catch((error: unknown) => {
				// The entries are safe where they are; an append that finds the segment larger still tries again.
				if (!isShopfloorError(error)) throw error;
				return false;
			})
			.then((sealed) => {
				this.#triedAt = sealed ? Number.NEGATIVE_INFINITY : size;
			});
	}

	#forget(): void {
		clearTimeout(this.#waiting?.timer);
		this.#waiting = undefined;
	}
}

function sizeOf(path: string): number {
	return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
