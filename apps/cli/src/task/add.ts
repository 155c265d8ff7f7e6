import { answerMs, answersTask, detailMax, requestTask, scheduler, taskIdOf } from "@shopfloor/core/person";
import { awaitAnswer } from "../asking/await-answer.ts";
import { whyNoAnswer } from "../asking/why-no-answer.ts";
import type { Context } from "../context.ts";
import { exitCodes, misuse } from "../failure.ts";
import { jsonText } from "../json.ts";
import { personAt } from "../person.ts";
import { readPiped } from "../read-piped.ts";
import { changingFloor } from "../with-floor.ts";
import { added } from "./messages.ts";
import type { AddOptions } from "./options.ts";
import { requestOf } from "./request.ts";

/** Ends with 1 when it was refused. */
export async function addTask(context: Context, title: string, options: AddOptions): Promise<void> {
	const piped = `; a task's detail takes ${detailMax} characters`;
	const detail = options.detail === "-" ? await readPiped(context.input, piped) : options.detail;
	const wish = requestOf(title, options, detail);
	if (wish.kind === "faults") throw misuse(wish.faults.join("\n"));
	await changingFloor(context, async (floor) => {
		const asked = await requestTask(floor, personAt(context), wish.request);
		const { answer, presence } = await awaitAnswer(context, floor, asked.entry, {
			answerer: scheduler,
			waitMs: answerMs,
			isAnswer: answersTask,
		});
		const task = taskIdOf(asked.entry);
		const refused = answer?.type === "task_settled" ? answer.data.reason : undefined;
		const state = answer === undefined ? "written" : refused === undefined ? "queued" : "refused";
		if (state === "refused") context.endWith(exitCodes.failed);
		if (options.json) return context.say(jsonText({ task, state, reason: refused ?? null, scheduler: presence.kind }));
		for (const line of added({ task, title: wish.request.title, state, reason: refused })) context.say(line);
		if (state === "written") for (const line of whyNoAnswer(presence, scheduler)) context.say(line);
	});
}
