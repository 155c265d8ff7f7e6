/** The appends of one process that wait for their turn: not endlessly many, and cut into batches that are not too large. */
import type { Entry } from "../../model/entry.ts";
import { ShopfloorError } from "../shopfloor-error.ts";
import type { Prepared } from "./encode.ts";

export interface Waiting {
	readonly prepared: readonly Prepared[];
	readonly resolve: (entries: readonly Entry[]) => void;
	readonly reject: (error: unknown) => void;
}

/** A batch is cut here, so that nobody holds the lock for longer than a write of this size takes. */
const batchBytesMax = 2 * 1024 * 1024;
/** Beyond it the producer is told, instead of the memory growing. */
const waitingMax = 10_000;

export class WaitingAppends {
	#waiting: Waiting[] = [];

	get isEmpty(): boolean {
		return this.#waiting.length === 0;
	}

	/** Settles with the batch that it is written in. Throws at once where too many wait already. */
	add(prepared: readonly Prepared[]): Promise<readonly Entry[]> {
		if (this.#waiting.length >= waitingMax)
			throw new ShopfloorError(
				"lock-busy",
				`${waitingMax} appends wait already in this process; the log's disk or lock does not keep up`,
			);
		return new Promise((resolve, reject) => {
			this.#waiting.push({ prepared, resolve, reject });
		});
	}

	/** Those that came first, at least one where any waits. */
	nextBatch(): Waiting[] {
		let bytes = 0;
		let count = 0;
		for (const one of this.#waiting) {
			bytes += sizeOf(one);
			if (count > 0 && bytes > batchBytesMax) break;
			count++;
		}
		return this.#waiting.splice(0, count);
	}
}

/** Near enough: bodies are ASCII but for what people write. */
function sizeOf({ prepared }: Waiting): number {
	let size = 0;
	for (const { body } of prepared) size += body.length;
	return size;
}
