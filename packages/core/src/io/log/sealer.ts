/**
 * When to seal. The open segment is sealed once it is past its size and nobody is in a hurry: folding costs about as
 * much as appending, so sealing in the middle of a burst would double the burst. A process that crosses the size
 * looks again after a calm moment. A segment that has grown enormous is sealed while others append, unless they do so
 * about as fast as one can fold.
 */
import { statSync } from "node:fs";
import { isShopfloorError } from "../shopfloor-error.ts";
import { type Sealing, seal } from "./seal.ts";

/** What a start has to fold at most, in normal times: a few milliseconds' worth. */
export const segmentBytesDefault = 384 * 1024;

const calmMs = 1_000;
/** Growth within a moment that still counts as calm. */
const calmBytes = 128 * 1024;
const enormousBytes = 128 * 1024 * 1024;
/** Growth within a moment that leaves a core to fold with. */
const briskBytes = 4 * 1024 * 1024;

export class Sealer {
	readonly #what: Sealing;
	readonly #segmentBytes: number;
	/** So large was it when sealing it did not come off; what stood in the way may stand there still. */
	#triedAt = 0;
	#waiting: { readonly timer: NodeJS.Timeout; readonly size: number } | undefined;
	#sealing: Promise<unknown> = Promise.resolve();

	constructor(what: Sealing, segmentBytes: number) {
		this.#what = what;
		this.#segmentBytes = segmentBytes;
	}

	/** The open segment has reached this size. */
	grown(size: number): void {
		if (size < this.#triedAt) this.#triedAt = 0;
		if (
			size <= Math.max(this.#segmentBytes, this.#triedAt === 0 ? 0 : this.#triedAt + calmBytes) ||
			this.#waiting !== undefined
		)
			return;
		const timer = setTimeout(() => this.#look(), calmMs);
		timer.unref();
		this.#waiting = { timer, size };
	}

	/** Seals what waits for it: a process that only comes and goes must leave the log as it would like to find it. */
	async close(): Promise<void> {
		const waiting = this.#waiting;
		this.#forget();
		if (waiting !== undefined) this.#seal();
		await this.#sealing;
	}

	#look(): void {
		const before = this.#waiting?.size ?? 0;
		this.#forget();
		const size = sizeOf(this.#what.files.open);
		const grown = size - before;
		if (grown <= calmBytes || (size > enormousBytes && grown <= briskBytes)) this.#seal();
		else this.grown(size);
	}

	#seal(): void {
		const size = sizeOf(this.#what.files.open);
		this.#sealing = seal(this.#what, this.#segmentBytes)
			.catch((error: unknown) => {
				// The entries are safe where they are; an append that finds the segment larger still tries again.
				if (!isShopfloorError(error)) throw error;
				return false;
			})
			.then((sealed) => {
				this.#triedAt = sealed ? 0 : size;
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
