/**
 * What signed calls were answered with, for as long as their signature is good. The log knows their ids, too, over a
 * restart; but in a busy hour it forgets the oldest before that, and a call that was captured could be made again.
 */
import type { Clock } from "@shopfloor/core/io";
import { toleranceMs } from "../auth/signature.ts";
import { type Answer, refusal } from "../problem.ts";

export class AnsweredCalls {
	readonly #clock: Clock;
	readonly #calls = new Map<string, { readonly request: string; readonly answer: Answer; readonly at: number }>();

	constructor(clock: Clock) {
		this.#clock = clock;
	}

	/** `request`: what it is, so that nothing else is done under its id. What was refused may be tried again. */
	async once(id: string, request: string, work: () => Promise<Answer | undefined>): Promise<Answer | undefined> {
		const known = this.#calls.get(id);
		if (known !== undefined) return known.request === request ? known.answer : refusal("key-reused");
		const answer = await work();
		if (answer !== undefined && answer.status < 300) this.#note(id, request, answer);
		return answer;
	}

	#note(id: string, request: string, answer: Answer): void {
		const now = this.#clock.watch();
		this.#calls.set(id, { request, answer, at: now });
		// In the order in which they came.
		for (const [oldest, { at }] of this.#calls) {
			if (this.#calls.size <= callsMost && now - at <= keptMs) return;
			this.#calls.delete(oldest);
		}
	}
}

/** A clock may be ahead by as much as it may be behind. */
const keptMs = 2 * toleranceMs;
/** Some megabytes; so many in ten minutes are a flood that was let in. */
const callsMost = 20_000;
