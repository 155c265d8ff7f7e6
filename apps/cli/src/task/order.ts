/** A person's word about a task that is there: the scheduler does it. */
import type { DataOf, Draft, Entry, Task } from "@shopfloor/core";
import type { FileFloor } from "@shopfloor/core/io";
import { scheduler, whyNoAnswer } from "../asking/answerer.ts";
import { answerMs, ask } from "../asking/ask.ts";
import type { Context } from "../context.ts";
import { exitCodes, Failure, misuse } from "../failure.ts";
import { jsonText } from "../json.ts";
import { byOf } from "../steering/by.ts";
import { changingFloor } from "../with-floor.ts";
import { unknownTask } from "./messages.ts";
import type { OrderOptions } from "./options.ts";
import { type Order, obeyed, whyNot } from "./orders.ts";
import { requestSeqOf, taskNamed } from "./task-id.ts";

/** Ends with 1, and nothing is written, where there is nothing to order. */
export async function orderTask(context: Context, order: Order, word: string, options: OrderOptions): Promise<void> {
	const id = taskNamed(word);
	const reason = reasonOf(options.reason);
	await changingFloor(context, async (floor) => {
		const { tasks } = (await floor.tasks.read()).value;
		const task = tasks.find((one) => one.id === id);
		if (task === undefined && !(await isAskedFor(floor, id))) throw misuse(unknownTask(id, tasks));
		const against = task === undefined ? undefined : whyNot(order, task);
		if (against !== undefined) throw new Failure(exitCodes.failed, against);
		const data: DataOf<"task_order"> = { task: id, order, ...(reason && { reason }) };
		const { answer, presence } = await ask(context, floor, {
			draft: { type: "task_order", by: byOf(context.user), data } as Draft,
			answerer: scheduler,
			waitMs: answerMs,
			isAnswer: (entry, its) => entry.by === scheduler.name && (isDone(entry, order, id) || isRefusal(entry, its)),
		});
		const refused = answer?.type === "alert" ? answer.data.message : undefined;
		if (refused !== undefined) context.endWith(exitCodes.failed);
		const state = refused === undefined ? stateAfter(answer) : "refused";
		if (options.json)
			return context.say(jsonText({ task: id, order, state, reason: refused ?? null, scheduler: presence.kind }));
		context.say(refused ?? obeyed(order, id, state));
		if (answer === undefined) for (const line of whyNoAnswer(presence, scheduler)) context.say(line);
	});
}

/** Not taken up by the scheduler yet. What it took up and ended is in the queue for days, and then nobody's to order. */
async function isAskedFor({ log }: FileFloor, id: Task["id"]): Promise<boolean> {
	const seq = requestSeqOf(id);
	if (seq === undefined) return false;
	let asked = false;
	for await (const entry of log.read(seq)) {
		if (entry.seq === seq && entry.type === "task_requested") asked = true;
		if (!asked || ((entry.type === "task_settled" || entry.type === "task_queued") && entry.data.task === id))
			return false;
	}
	return asked;
}

function isDone(entry: Entry, order: Order, id: string): boolean {
	if (order === "retry") return entry.type === "task_queued" && entry.data.task === id;
	return entry.type === "task_settled" && entry.data.task === id && entry.data.outcome === "cancelled";
}

/** The scheduler says it under the name of the order. */
function isRefusal(entry: Entry, { seq }: Entry): boolean {
	return entry.type === "alert" && entry.id === `order-refused:${seq}`;
}

function stateAfter(answer: Entry | undefined): "cancelled" | "waiting" | null {
	if (answer === undefined) return null;
	return answer.type === "task_settled" ? "cancelled" : "waiting";
}

function reasonOf(text: string | undefined): string | undefined {
	if (text !== undefined && text.length > reasonMax)
		throw misuse(`the reason is ${text.length} characters long; the log takes ${reasonMax}`);
	return text?.trim() || undefined;
}

const reasonMax = 2_000;
