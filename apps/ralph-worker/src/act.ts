import type { World } from "@shopfloor/core/io";
import type { Action } from "./decide.ts";

/** Carries out one action. Each may be repeated without harm. */
export async function act({ floor, name }: World, action: Action): Promise<void> {
	const { task, attempt, reason } = action;
	const data = { task, session: name, outcome: "returned", reason } as const;
	await floor.log.append([{ type: "task_settled", by: name, id: `returned:${task}:${attempt}`, data }]);
}
