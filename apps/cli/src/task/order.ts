/** A person's word about a task that is there: the scheduler does it. */
import type { Entry } from "@shopfloor/core";
import {
	answerMs,
	answersOrder,
	type Order,
	orderTask,
	scheduler,
	sentenceMax,
	taskNamed,
} from "@shopfloor/core/person";
import { awaitAnswer } from "../asking/await-answer.ts";
import { whyNoAnswer } from "../asking/why-no-answer.ts";
import type { Context } from "../context.ts";
import { exitCodes, Failure, misuse } from "../failure.ts";
import { jsonText } from "../json.ts";
import { personAt } from "../person.ts";
import { changingFloor } from "../with-floor.ts";
import { obeyed, senseless, unknownTask } from "./messages.ts";
import type { OrderOptions } from "./options.ts";

/** Ends with 1, and nothing is written, where there is nothing to order. */
export async function giveOrder(context: Context, order: Order, word: string, options: OrderOptions): Promise<void> {
	const task = taskNamed(word);
	const reason = reasonOf(options.reason);
	await changingFloor(context, async (floor) => {
		const ordered = await orderTask(floor, personAt(context), { task, order, ...(reason && { reason }) });
		if (ordered.kind === "unknown-task") throw misuse(unknownTask(task, ordered.tasks));
		if (ordered.kind === "senseless")
			throw new Failure(exitCodes.failed, senseless(order, ordered.task, ordered.because));
		const { answer, presence } = await awaitAnswer(context, floor, ordered.entry, {
			answerer: scheduler,
			waitMs: answerMs,
			isAnswer: answersOrder,
		});
		const refused = answer?.type === "alert" ? answer.data.message : undefined;
		if (refused !== undefined) context.endWith(exitCodes.failed);
		const state = refused === undefined ? stateAfter(answer) : "refused";
		if (options.json)
			return context.say(jsonText({ task, order, state, reason: refused ?? null, scheduler: presence.kind }));
		context.say(refused ?? obeyed(order, task, state));
		if (answer === undefined) for (const line of whyNoAnswer(presence, scheduler)) context.say(line);
	});
}

function stateAfter(answer: Entry | undefined): "cancelled" | "waiting" | null {
	if (answer === undefined) return null;
	return answer.type === "task_settled" ? "cancelled" : "waiting";
}

function reasonOf(text: string | undefined): string | undefined {
	if (text !== undefined && text.length > sentenceMax)
		throw misuse(`the reason is ${text.length} characters long; the log takes ${sentenceMax}`);
	return text?.trim() || undefined;
}
