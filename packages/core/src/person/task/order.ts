/** What can be ordered of a task in which status. */
import type { DataOf } from "../../model/entry.ts";
import type { Task } from "../../model/task-queue.ts";

export type Order = DataOf<"task_order">["order"];

/** Why an order makes no sense. */
export type Objection = "ended" | "being-worked-on" | "in-review" | "untried";

export function objectionTo(order: Order, { status, attempts }: Task): Objection | undefined {
	switch (status) {
		case "done":
		case "refused":
		case "cancelled":
			return "ended";
		case "assigned":
			return order === "cancel" ? undefined : "being-worked-on";
		case "pushed":
			return order === "cancel" ? undefined : "in-review";
		case "waiting":
			return order === "cancel" || attempts > 0 ? undefined : "untried";
		case "set-aside":
			return undefined;
	}
}
