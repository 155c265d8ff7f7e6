/**
 * A person's answer to the question that is open about a change. It is bound to the commit that they were asked about. A
 * change that waits for a person without a question may be rejected all the same.
 */
import type { DataOf, Draft, Entry } from "@shopfloor/core";
import { reviewer, whyNoAnswer } from "../asking/answerer.ts";
import { answerMs, ask } from "../asking/ask.ts";
import type { Context } from "../context.ts";
import { exitCodes, Failure, misuse } from "../failure.ts";
import { jsonText } from "../json.ts";
import { byOf } from "../steering/by.ts";
import { timesFor } from "../times.ts";
import { widthOf } from "../width.ts";
import { changingFloor } from "../with-floor.ts";
import type { KnownChange } from "./known-change.ts";
import { answered, overtaken, whyNotOpen } from "./messages.ts";
import type { AnswerOptions } from "./options.ts";
import { changeNamed, changeRecords } from "./records.ts";
import { type Answer, changeStory, type Question } from "./story.ts";
import { headLines } from "./view.ts";

/** Ends with 1, and nothing is written, where no question is open. */
export async function answerQuestion(
	context: Context,
	answer: Answer,
	word: string,
	options: AnswerOptions,
): Promise<void> {
	const note = noteOf(answer, options.note);
	await changingFloor(context, async (floor) => {
		const { clock, paint, timeZone, out, user } = context;
		const records = await changeRecords(floor);
		const change = changeNamed(word, records);
		const { question } = changeStory(change.id, records.entries, clock.now());
		const times = timesFor(clock.now(), timeZone);
		const open = openOn(change, question, answer);
		if (open === undefined) throw new Failure(exitCodes.failed, whyNotOpen(change, question, times));
		if (change.commit !== open.commit) throw new Failure(exitCodes.failed, overtaken(change, open));
		const { approval, commit } = open;
		const data: DataOf<"approval_given"> = { approval, commit, answer, ...(note && { note }) };
		const by = byOf(user);
		const asked = await ask(context, floor, {
			// A question is answered once: of two people in the same moment the second one is told what the first one said.
			draft: {
				type: "approval_given",
				by,
				id: `answer:${approval}${open === question ? "" : `:${question?.approval ?? ""}`}`,
				data,
			} as Draft,
			answerer: reviewer,
			waitMs: answerMs,
			isAnswer: (entry) => isOutcome(entry, change.id),
		});
		refuseSecond(asked.request, by, answer);
		const state = stateAfter(asked.answer);
		if (options.json)
			return context.say(
				jsonText({ change: change.id, approval, commit, answer, state, reviewer: asked.presence.kind }),
			);
		for (const line of headLines(change, times, { paint, timeZone, width: widthOf(out), nowMs: clock.now() }))
			context.say(line);
		context.say("");
		for (const line of answered(answer, change, open, asked.answer)) context.say(line);
		if (asked.answer === undefined) for (const line of whyNoAnswer(asked.presence, reviewer)) context.say(line);
	});
}

/** What the answer is bound to. Parked or given up, a change is rejected by a name that no question has. */
function openOn(
	{ commit, status }: KnownChange,
	question: Question | null,
	answer: Answer,
): Pick<Question, "approval" | "commit"> | undefined {
	if (question?.state === "open") return question;
	const isLeft = status === "poisonous" || (status === "asked" && question?.state === "expired");
	return isLeft && answer === "reject" ? { approval: `a-${commit.slice(0, 12)}-0`, commit } : undefined;
}

function noteOf(answer: Answer, text: string | undefined): string | undefined {
	const note = text?.trim();
	if (answer === "reject" && !note)
		throw misuse('say why with --note "…": whoever plans the next attempt reads it. Nothing was written.');
	if (note !== undefined && note.length > noteMax)
		throw misuse(`the note is ${note.length} characters long; the log takes ${noteMax}`);
	return note;
}

function isOutcome(entry: Entry, change: string): boolean {
	return (entry.type === "change_landed" || entry.type === "change_rejected") && entry.data.change === change;
}

function refuseSecond(request: Entry, by: string, answer: Answer): void {
	if (request.type !== "approval_given" || (request.by === by && request.data.answer === answer)) return;
	throw new Failure(
		exitCodes.failed,
		`${request.by} was quicker, and said ${request.data.answer}; nothing was written`,
	);
}

function stateAfter(outcome: Entry | undefined): "landed" | "rejected" | "written" {
	if (outcome === undefined) return "written";
	return outcome.type === "change_landed" ? "landed" : "rejected";
}

const noteMax = 2_000;
