/** What can be ordered of a task in which status, and what is said about it. Pure. */
import { type DataOf, oneLine, type Task } from "@shopfloor/core";
import { invocation } from "../examples.ts";

export type Order = DataOf<"task_order">["order"];

/** Undefined when it makes sense. */
export function whyNot(order: Order, { id, title, status, session, attempts }: Task): string | undefined {
	switch (status) {
		case "done":
		case "refused":
		case "cancelled":
			return order === "cancel"
				? `${id} is ${status} already; there is nothing to cancel.`
				: `${id} is ${status}, and that is its end. Ask for it anew: ${invocation} task add ${JSON.stringify(oneLine(title))}`;
		case "assigned":
		case "pushed":
			if (order === "cancel") return undefined;
			return status === "assigned"
				? `${id} is being worked on by ${session ?? "a session"}; there is nothing to retry yet.`
				: `${id} has a change in review; there is nothing to retry unless it is rejected.`;
		case "waiting":
			return order === "cancel" || attempts > 0 ? undefined : `${id} has not been tried yet; it waits for a session.`;
		case "set-aside":
			return undefined;
	}
}

/** `state` as the answer says; null when there was none. */
export function obeyed(order: Order, id: string, state: string | null): string {
	if (state === "cancelled") return `${id} is cancelled.`;
	if (state === "waiting") return `${id} waits to be tried again.`;
	return order === "cancel" ? `${id} is to be cancelled.` : `${id} is to be tried again.`;
}
