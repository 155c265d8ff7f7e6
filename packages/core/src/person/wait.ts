/** Waits a while for the entry that answers another one. */
import type { Clock, Floor } from "../io/index.ts";
import type { Entry } from "../model/entry.ts";
import type { IsAnswer } from "./asking/answers.ts";

export interface Waiting {
	readonly isAnswer: IsAnswer;
	/** The longest. */
	readonly waitMs: number;
	readonly clock: Clock;
	/** Ends the waiting, and not what was asked for. */
	readonly signal?: AbortSignal;
	/** Told about every entry after the request, up to the answer. */
	meanwhile?(entry: Entry): void;
}

/** Undefined when there was none in time, or the signal came before it. */
export async function answerTo(
	{ log }: Pick<Floor, "log">,
	request: Entry,
	{ isAnswer, waitMs, clock, signal, meanwhile }: Waiting,
): Promise<Entry | undefined> {
	const end = new AbortController();
	const over = signal === undefined ? end.signal : AbortSignal.any([signal, end.signal]);
	void clock.sleep(waitMs, over).then(() => end.abort());
	try {
		// From the request itself: whoever saw something looks again at once for what follows.
		for await (const entry of log.follow(request.seq, over)) {
			if (entry.seq === request.seq) continue;
			if (isAnswer(entry, request)) return entry;
			meanwhile?.(entry);
		}
	} finally {
		end.abort();
	}
	return undefined;
}

/** A turn of the scheduler that only has to answer takes a fraction of a second. */
export const answerMs = 5_000;
/** A review or a cycle with slow models takes this long at the most; who waits longer asks the log. */
export const turnMs = 2 * 3_600_000;
