/** A person's answer to the question that is open about a change. It is bound to the commit that they were asked about. */
import type { Floor } from "../io/index.ts";
import type { Person } from "./asking/person.ts";
import { answerGiven, answerId, type Binding, bindingOf, type Given } from "./change/binding.ts";
import { type ChangeRecords, findChange, type KnownChange } from "./change/known-change.ts";
import { type Answer, changeStory, type Question } from "./change/story.ts";
import { changeRecords } from "./changes.ts";
import { say } from "./say.ts";

export type AnswerWish = (
	| {
			/** Its id, its branch, or the beginning of its commit. */
			readonly change: string;
			readonly approval?: never;
	  }
	| {
			/** The question's own id. */
			readonly approval: string;
			readonly change?: never;
	  }
) & {
	/** What the person looked at, where that is known: another one is not answered for. */
	readonly commit?: string;
	readonly answer: Answer;
	/** A rejection needs one: whoever plans the next attempt reads it. */
	readonly note?: string;
};

/** Nothing is written but where it is `answered`. */
export type Answered =
	| { readonly kind: "answered"; readonly change: KnownChange; readonly bound: Binding; readonly entry: Given }
	| { readonly kind: "note-missing" }
	| { readonly kind: "unknown-change"; readonly records: ChangeRecords }
	| { readonly kind: "several-changes"; readonly ids: readonly string[] }
	| { readonly kind: "unknown-question" }
	| { readonly kind: "not-open"; readonly change: KnownChange; readonly question: Question | null }
	/** Another commit or question was meant than the one that is asked about, or the change went on since. */
	| { readonly kind: "overtaken"; readonly change: KnownChange; readonly bound: Binding }
	/** Somebody was quicker, and said something else. */
	| { readonly kind: "second"; readonly change: KnownChange; readonly given: Given };

export async function answerQuestion(
	floor: Pick<Floor, "reviews" | "log">,
	person: Person,
	wish: AnswerWish,
	nowMs: number,
): Promise<Answered> {
	const { answer, note } = wish;
	if (answer === "reject" && !note) return { kind: "note-missing" };
	const records = await changeRecords(floor);
	const found = find(wish, records);
	if (found.kind !== "change") return found;
	const { change } = found;
	const { question } = changeStory(change.id, records.entries, nowMs);
	const given = answerGiven(change, question, records.entries);
	if (given !== undefined && isRepeated(given, person, wish))
		return { kind: "answered", change, bound: boundBy(given), entry: given };
	const bound = bindingOf(change, question, answer);
	if (bound === undefined) return { kind: "not-open", change, question };
	if (change.commit !== bound.commit || !isMeant(wish, bound, question)) return { kind: "overtaken", change, bound };
	const { approval, commit } = bound;
	// Of two people in the same moment the second one is told what the first one said.
	const one = { by: person.by, id: answerId(bound, question) };
	const said = await say(floor, one, "approval_given", { approval, commit, answer, ...(note && { note }) });
	if (said.kind === "said") return { kind: "answered", change, bound, entry: said.entry };
	const { entry } = said;
	if (entry.type !== "approval_given") throw new Error(`entry ${entry.seq} has the id of an answer, and is none`);
	const isTheirs = entry.by === person.by && entry.data.answer === answer;
	return isTheirs ? { kind: "answered", change, bound, entry } : { kind: "second", change, given: entry };
}

type Found =
	| { readonly kind: "change"; readonly change: KnownChange }
	| Extract<Answered, { kind: "unknown-change" | "several-changes" | "unknown-question" }>;

function find({ change, approval }: AnswerWish, records: ChangeRecords): Found {
	const word = change ?? changeAskedAbout(approval, records);
	if (word === undefined) return { kind: "unknown-question" };
	const found = findChange(word, records);
	switch (found.kind) {
		case "change":
			return found;
		case "several":
			return { kind: "several-changes", ids: found.ids };
		case "none":
			return { kind: "unknown-change", records };
	}
}

function changeAskedAbout(approval: string | undefined, { entries }: ChangeRecords): string | undefined {
	return entries.filter((entry) => entry.type === "approval_asked").findLast(({ data }) => data.approval === approval)
		?.data.change;
}

/** Asked again by somebody who does not know whether they were heard. */
function isRepeated({ by, data }: Given, person: Person, { answer, approval, commit }: AnswerWish): boolean {
	if (person.id === undefined || by !== person.by || data.answer !== answer) return false;
	return (approval === undefined || data.approval === approval) && (commit === undefined || data.commit === commit);
}

function boundBy({ data: { approval, commit } }: Given): Binding {
	return { approval, commit };
}

function isMeant({ approval, commit }: AnswerWish, bound: Binding, question: Question | null): boolean {
	// A parked change is rejected by the question that expired.
	const isAsked = approval === undefined || approval === question?.approval;
	return isAsked && (commit === undefined || commit === bound.commit);
}
