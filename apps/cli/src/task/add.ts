import type { Draft } from "@shopfloor/core";
import { scheduler, whyNoAnswer } from "../asking/answerer.ts";
import { answerMs, ask } from "../asking/ask.ts";
import type { Context } from "../context.ts";
import { exitCodes, misuse } from "../failure.ts";
import { jsonText } from "../json.ts";
import { readPiped } from "../read-piped.ts";
import { byOf } from "../steering/by.ts";
import { changingFloor } from "../with-floor.ts";
import { added } from "./messages.ts";
import type { AddOptions } from "./options.ts";
import { detailMax, requestOf } from "./request.ts";
import { taskIdOf } from "./task-id.ts";

/** Ends with 1 when it was refused. */
export async function addTask(context: Context, title: string, options: AddOptions): Promise<void> {
	const piped = `; a task's detail takes ${detailMax} characters`;
	const detail = options.detail === "-" ? await readPiped(context.input, piped) : options.detail;
	const asked = requestOf(title, options, detail?.trim());
	if (asked.kind === "faults") throw misuse(asked.faults.join("\n"));
	await changingFloor(context, async (floor) => {
		const { request, answer, presence } = await ask(context, floor, {
			draft: { type: "task_requested", by: byOf(context.user), data: asked.request } as Draft,
			answerer: scheduler,
			waitMs: answerMs,
			isAnswer: (entry, its) =>
				(entry.type === "task_queued" || entry.type === "task_settled") && entry.data.task === taskIdOf(its),
		});
		const task = taskIdOf(request);
		const refused = answer?.type === "task_settled" ? answer.data.reason : undefined;
		const state = answer === undefined ? "written" : refused === undefined ? "queued" : "refused";
		if (state === "refused") context.endWith(exitCodes.failed);
		if (options.json) return context.say(jsonText({ task, state, reason: refused ?? null, scheduler: presence.kind }));
		for (const line of added({ task, title: asked.request.title, state, reason: refused })) context.say(line);
		if (state === "written") for (const line of whyNoAnswer(presence, scheduler)) context.say(line);
	});
}
