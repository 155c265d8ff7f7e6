/** What a person's answer about a change is bound to. */
import type { Entry } from "../../model/entry.ts";
import type { KnownChange } from "./known-change.ts";
import type { Answer, Question } from "./story.ts";

export interface Binding {
	/** Of the question. */
	readonly approval: string;
	readonly commit: string;
}

/**
 * The open question. A change that is parked or given up waits for a person without one, and may be rejected all the
 * same, by a name that no question has. Undefined where nothing is to be answered.
 */
export function bindingOf(change: KnownChange, question: Question | null, answer: Answer): Binding | undefined {
	if (question?.state === "open") return { approval: question.approval, commit: question.commit };
	const { commit, status } = change;
	const isLeft = status === "poisonous" || (status === "asked" && question?.state === "expired");
	return isLeft && answer === "reject" ? { approval: unasked(change), commit } : undefined;
}

/** A question is answered once. What was parked may be asked about anew and parked again, so that question names it too. */
export function answerId({ approval }: Pick<Binding, "approval">, question: Question | null): string {
	return `answer:${approval}${approval === question?.approval ? "" : `:${question?.approval ?? ""}`}`;
}

/** The answer that stands, whoever gave it. */
export function answerGiven(
	change: KnownChange,
	question: Question | null,
	entries: readonly Entry[],
): Given | undefined {
	const names = [question?.approval ?? [], unasked(change)].flat();
	const ids = names.map((approval) => answerId({ approval }, question));
	return entries.filter((entry) => entry.type === "approval_given").findLast(({ id }) => id && ids.includes(id));
}

export type Given = Extract<Entry, { type: "approval_given" }>;

function unasked({ commit }: KnownChange): string {
	return `a-${commit.slice(0, 12)}-0`;
}
