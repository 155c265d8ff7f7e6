/** One answer: what the command line says, else what a person types, else what was found. */
import { isShopfloorError } from "@shopfloor/core/io";
import type { Context } from "../context.ts";
import { exitCodes, Failure, misuse } from "../failure.ts";
import type { Questions } from "./questions.ts";

/** What is taken where nobody says otherwise, as it would be typed. */
export interface Suggestion {
	readonly word: string;
	readonly why: string;
}

export interface Settled<T> {
	readonly value: T;
	readonly why: string;
}

export interface Asking<T> {
	readonly flag: string;
	readonly said: string | undefined;
	readonly question: string;
	readonly found: Suggestion | undefined;
	/** Rejects in words for the person where the answer is none. */
	read(word: string): T | Promise<T>;
}

export async function settle<T>(
	{ note, paint }: Pick<Context, "note" | "paint">,
	questions: Questions | undefined,
	{ flag, said, question, found, read }: Asking<T>,
): Promise<Settled<T>> {
	if (said !== undefined) return { value: await read(said), why: bySaying };
	if (questions === undefined) {
		if (found === undefined) throw misuse(`it cannot be found out, so it has to be said: ${flag}`);
		return { value: await read(found.word), why: found.why };
	}
	if (found !== undefined) note(paint.dim(`${found.word}: ${found.why}`));
	for (let tries = 1; ; tries++) {
		const typed = await questions.ask(`${question}${found === undefined ? "" : ` [${found.word}]`}: `);
		try {
			const isFound = found !== undefined && (typed === "" || typed === found.word);
			return isFound ? { value: await read(found.word), why: found.why } : { value: await read(typed), why: bySaying };
		} catch (error) {
			if (tries === triesMax || !isThePersons(error)) throw error;
			note(error.message);
		}
	}
}

const bySaying = "you said so";
/** Who cannot answer after that has to look it up, and is not to be kept here. */
const triesMax = 5;

function isThePersons(error: unknown): error is Error {
	if (error instanceof Failure) return error.exitCode === exitCodes.usage;
	return isShopfloorError(error, "bad-repository", "target-unreachable");
}
