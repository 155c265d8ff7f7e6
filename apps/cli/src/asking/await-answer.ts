/** Waits a while for the answer to what stands in the log. Nobody is waited for who is not there. */
import type { Entry } from "@shopfloor/core";
import type { FileFloor } from "@shopfloor/core/io";
import { type Answerer, answerTo, type IsAnswer, lookFor, type Presence } from "@shopfloor/core/person";
import type { Context } from "../context.ts";
import type { Failure } from "../failure.ts";

export interface Expected {
	readonly answerer: Answerer;
	/** 0 does not wait. */
	readonly waitMs: number;
	readonly isAnswer: IsAnswer;
	/** Told about every entry after the request, up to the answer. */
	readonly meanwhile?: (entry: Entry) => void;
}

export interface Heard {
	/** Undefined when there was none in time, or Ctrl-C came before it. */
	readonly answer: Entry | undefined;
	readonly presence: Presence;
}

export async function awaitAnswer(
	context: Context,
	floor: FileFloor,
	request: Entry,
	{ answerer, ...waiting }: Expected,
): Promise<Heard> {
	const { clock } = context;
	const presence = await lookFor(floor, answerer, clock.now());
	if (waiting.waitMs === 0 || presence.kind !== "there") return { answer: undefined, presence };
	const signal = context.interruption();
	const answer = await answerTo(floor, request, { ...waiting, clock, signal });
	// What was asked for is asked for; only the waiting ends.
	if (answer === undefined && signal.aborted) context.endWith((signal.reason as Failure).exitCode);
	return { answer, presence };
}
