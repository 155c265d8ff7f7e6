/** Asks for something by writing it into the log, and waits a while for the answer in it. */
import type { Draft, Entry } from "@shopfloor/core";
import { currentState, type FileFloor } from "@shopfloor/core/io";
import type { Context } from "../context.ts";
import type { Failure } from "../failure.ts";
import { takenSeats } from "../seats.ts";
import { type Answerer, type Presence, presenceOf } from "./answerer.ts";

export interface Question {
	readonly draft: Draft;
	readonly answerer: Answerer;
	/** 0 does not wait. Nobody is waited for who is not there. */
	readonly waitMs: number;
	isAnswer(entry: Entry, request: Entry): boolean;
	/** Told about every entry after the request, up to the answer. */
	meanwhile?(entry: Entry): void;
}

export interface Asked {
	/** As it stands in the log. */
	readonly request: Entry;
	/** Undefined when there was none in time, or Ctrl-C came before it. */
	readonly answer: Entry | undefined;
	readonly presence: Presence;
}

/** A turn of the scheduler that only has to answer takes a fraction of a second. */
export const answerMs = 5_000;

export async function ask(context: Context, floor: FileFloor, question: Question): Promise<Asked> {
	const { answerer, draft, waitMs } = question;
	const state = await currentState(floor);
	const presence = presenceOf(answerer, state, await takenSeats(floor), context.clock.now());
	const [request] = await floor.log.append([draft]);
	if (request === undefined) throw new Error("the log took a draft and returned no entry");
	const waits = waitMs > 0 && presence.kind === "there";
	return { request, presence, answer: waits ? await answerTo(context, floor, request, question) : undefined };
}

async function answerTo(
	context: Context,
	floor: FileFloor,
	request: Entry,
	{ waitMs, isAnswer, meanwhile }: Question,
): Promise<Entry | undefined> {
	const interruption = context.interruption();
	const end = new AbortController();
	const signal = AbortSignal.any([interruption, end.signal]);
	void context.clock.sleep(waitMs, signal).then(() => end.abort());
	try {
		// From the request itself: whoever saw something looks again at once for what follows.
		for await (const entry of floor.log.follow(request.seq, signal)) {
			if (entry.seq === request.seq) continue;
			if (isAnswer(entry, request)) return entry;
			meanwhile?.(entry);
		}
	} finally {
		end.abort();
	}
	// What was asked for is asked for; only the waiting ends.
	if (interruption.aborted) context.endWith((interruption.reason as Failure).exitCode);
	return undefined;
}
