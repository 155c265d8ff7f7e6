/** Which entry answers what was asked. */
import type { Entry } from "../../model/entry.ts";
import { taskIdOf } from "../task/task-id.ts";
import { scheduler } from "./answerer.ts";

export type IsAnswer = (entry: Entry, request: Entry) => boolean;

export const answersTrigger: IsAnswer = (entry, { seq }) => entry.type === "trigger_done" && entry.data.trigger === seq;

/** Queued, or refused at once. */
export const answersTask: IsAnswer = (entry, request) =>
	(entry.type === "task_queued" || entry.type === "task_settled") && entry.data.task === taskIdOf(request);

export const answersOrder: IsAnswer = (entry, request) => {
	if (request.type !== "task_order" || entry.by !== scheduler.name) return false;
	const { task, order } = request.data;
	if (isRefusedOrder(entry, request)) return true;
	if (order === "retry") return entry.type === "task_queued" && entry.data.task === task;
	return entry.type === "task_settled" && entry.data.task === task && entry.data.outcome === "cancelled";
};

/** The scheduler says it under the name of the order. */
function isRefusedOrder(entry: Entry, { seq }: Entry): boolean {
	return entry.type === "alert" && entry.id === `order-refused:${seq}`;
}

/** What became of a change about which somebody was asked. */
export function decides(change: string): IsAnswer {
	return (entry) =>
		(entry.type === "change_landed" || entry.type === "change_rejected") && entry.data.change === change;
}
