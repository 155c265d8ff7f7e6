/** What the compiler's process came to, as an outcome: the ways in which it gave no answer. */
import type { Asked } from "../child/compiler.ts";
import type { LastAnswer } from "../child/protocol.ts";
import { type Ended, refused } from "./said.ts";

/** What an answer is good for. */
export type Answered = Exclude<LastAnswer, { kind: "refused" | "broken" }>;

export function answerOf(asked: Asked): Answered | Ended {
	switch (asked.kind) {
		case "answered":
			return fromAnswer(asked.answer);
		case "aborted":
			return { kind: "failed", code: "aborted", detail: "It was called off; nothing was changed." };
		case "timed-out":
			return {
				kind: "timed-out",
				which: asked.which,
				detail: "The compiler took longer than allowed; nothing was changed.",
			};
		case "out-of-memory":
			return refused("the project needs more memory than its compiler's process may take");
		case "not-started":
			return {
				kind: "failed",
				code: "not-started",
				detail: `The compiler's process could not be started: ${asked.why}`,
			};
		case "crashed":
			return {
				kind: "failed",
				code: "crashed",
				detail: `The compiler's process ended without an answer: ${asked.why}`,
			};
	}
}

function fromAnswer(answer: LastAnswer): Answered | Ended {
	if (answer.kind === "refused") return refused(answer.why);
	if (answer.kind === "broken")
		return {
			kind: "failed",
			code: "crashed",
			detail: `The built-in agent failed by a fault of its own: ${answer.why}`,
		};
	return answer;
}
