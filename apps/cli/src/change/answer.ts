/** A person's answer to the question that is open about a change. */
import type { Entry } from "@shopfloor/core";
import {
	type Answer,
	type Answered,
	answerMs,
	answerQuestion,
	decides,
	reviewer,
	sentenceMax,
} from "@shopfloor/core/person";
import { awaitAnswer } from "../asking/await-answer.ts";
import { whyNoAnswer } from "../asking/why-no-answer.ts";
import type { Context } from "../context.ts";
import { exitCodes, Failure, misuse } from "../failure.ts";
import { jsonText } from "../json.ts";
import { personAt } from "../person.ts";
import { type Times, timesFor } from "../times.ts";
import { widthOf } from "../width.ts";
import { changingFloor } from "../with-floor.ts";
import { answered, overtaken, severalChanges, unknownChange, whyNotOpen } from "./messages.ts";
import type { AnswerOptions } from "./options.ts";
import { headLines } from "./view.ts";

/** Ends with 1, and nothing is written, where no question is open. */
export async function giveAnswer(
	context: Context,
	answer: Answer,
	word: string,
	options: AnswerOptions,
): Promise<void> {
	const note = noteOf(options.note);
	await changingFloor(context, async (floor) => {
		const { clock, paint, timeZone, out } = context;
		const times = timesFor(clock.now(), timeZone);
		const wish = { change: word, answer, ...(note && { note }) };
		const { change, bound, entry } = given(
			await answerQuestion(floor, personAt(context), wish, clock.now()),
			word,
			times,
		);
		const { answer: outcome, presence } = await awaitAnswer(context, floor, entry, {
			answerer: reviewer,
			waitMs: answerMs,
			isAnswer: decides(change.id),
		});
		const state = stateAfter(outcome);
		if (options.json)
			return context.say(jsonText({ change: change.id, ...bound, answer, state, reviewer: presence.kind }));
		for (const line of headLines(change, times, { paint, timeZone, width: widthOf(out), nowMs: clock.now() }))
			context.say(line);
		context.say("");
		for (const line of answered(answer, change, bound, outcome)) context.say(line);
		if (outcome === undefined) for (const line of whyNoAnswer(presence, reviewer)) context.say(line);
	});
}

function given(result: Answered, word: string, times: Times): Extract<Answered, { kind: "answered" }> {
	switch (result.kind) {
		case "answered":
			return result;
		case "note-missing":
			throw misuse('say why with --note "…": whoever plans the next attempt reads it. Nothing was written.');
		case "unknown-change":
			throw misuse(unknownChange(word, result.records));
		case "several-changes":
			throw misuse(severalChanges(word, result.ids));
		case "not-open":
			throw new Failure(exitCodes.failed, whyNotOpen(result.change, result.question, times));
		case "overtaken":
			throw new Failure(exitCodes.failed, overtaken(result.change, result.bound));
		case "second":
			throw new Failure(
				exitCodes.failed,
				`${result.given.by} was quicker, and said ${result.given.data.answer}; nothing was written`,
			);
		case "unknown-question":
			throw new Error("a change was named, and no question");
	}
}

function noteOf(text: string | undefined): string | undefined {
	const note = text?.trim();
	if (note !== undefined && note.length > sentenceMax)
		throw misuse(`the note is ${note.length} characters long; the log takes ${sentenceMax}`);
	return note;
}

function stateAfter(outcome: Entry | undefined): "landed" | "rejected" | "written" {
	if (outcome === undefined) return "written";
	return outcome.type === "change_landed" ? "landed" : "rejected";
}
