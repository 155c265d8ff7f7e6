/** Questions to a person, answered a line at a time. The terminal edits the line, and its Ctrl-C is a signal as ever. */
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import type { Context } from "../context.ts";
import { exitCodes, Failure } from "../failure.ts";

export interface Questions {
	/** What was typed, without the spaces around it. Rejects at Ctrl-C and at Ctrl-D. */
	ask(question: string): Promise<string>;
	/** From here on nothing is read, and the program may end. */
	close(): void;
}

export function openQuestions({
	input,
	err,
	interruption,
}: Pick<Context, "input" | "err" | "interruption">): Questions {
	const signal = interruption();
	const lines = createInterface({ input: input instanceof Readable ? input : Readable.from(input), terminal: false });
	// Opened at once: a line that comes before its question is kept for it.
	const typed = lines[Symbol.asyncIterator]();
	const close = () => lines.close();
	signal.addEventListener("abort", close, { once: true });
	return {
		async ask(question) {
			err.write(question);
			const { done, value } = await typed.next();
			if (!done) return value.trim();
			err.write("\n");
			signal.throwIfAborted();
			throw new Failure(exitCodes.interrupted, "no more answers came; nothing was written");
		},
		close() {
			signal.removeEventListener("abort", close);
			close();
		},
	};
}
