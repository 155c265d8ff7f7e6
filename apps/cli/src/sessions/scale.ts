import type { Entry } from "@shopfloor/core";
import { answerMs, auto, configIn, configuredSessions, scaleOf, scheduler } from "@shopfloor/core/person";
import { takeTurn } from "../asking/take-turn.ts";
import { whyNoAnswer } from "../asking/why-no-answer.ts";
import type { Context } from "../context.ts";
import { counted } from "../counted.ts";
import { startCommand } from "../examples.ts";
import { exitCodes, misuse } from "../failure.ts";
import { jsonText } from "../json.ts";
import { changingFloor } from "../with-floor.ts";
import type { SessionsOptions } from "./options.ts";

/** A person's word on how many sessions are given tasks; it holds until the next one. Ends with 1 when it was refused. */
export async function scaleSessions(context: Context, word: string, options: SessionsOptions): Promise<void> {
	const note = noteOf(word, configuredSessions(configIn(context.places.config)).length);
	await changingFloor(context, async (floor) => {
		const { done, presence, happened, ...asked } = await takeTurn(context, floor, {
			what: "scale",
			note,
			answerer: scheduler,
			waitMs: answerMs,
			tells: ["alert"],
		});
		const answer = answerIn(happened);
		if (answer?.code === "scale-refused") context.endWith(exitCodes.failed);
		const said = answer?.message ?? null;
		if (options.json)
			return context.say(jsonText({ ...asked, scale: note, done: done ?? null, said, scheduler: presence.kind }));
		context.say(said ?? inWords(note));
		if (done === undefined) for (const line of whyNoAnswer(presence, scheduler)) context.say(line);
	});
}

function answerIn(happened: readonly Entry[]): { readonly code: string; readonly message: string } | undefined {
	return happened
		.flatMap((entry) => (entry.type === "alert" ? [entry.data] : []))
		.find(({ code }) => code === "scaled" || code === "scale-refused");
}

function inWords(note: string): string {
	if (note === auto) return "How many sessions are given tasks is to follow from how much of their work lands.";
	if (note === "0") return "No session is to be given tasks; what is under way is finished.";
	const count = counted(Number(note), "session is", "sessions are");
	return `${count} to be given tasks; what others have under way is finished.`;
}

function noteOf(word: string, configured: number): string {
	const found = scaleOf(word, configured);
	switch (found.kind) {
		case "scale":
			return found.note;
		case "no-number":
			throw misuse(`"${word}" is no number of sessions. Give a whole number, 0 or more, or auto.`);
		case "too-many":
			throw misuse(
				`only ${counted(configured, "session is", "sessions are")} configured. For more of them raise "sessions" in the configuration, then ${startCommand}.`,
			);
	}
}
