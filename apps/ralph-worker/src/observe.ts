import type { World } from "@shopfloor/core/io";
import type { Snapshot } from "./decide.ts";

export async function observe({ name, floor }: World): Promise<Snapshot> {
	const { value } = await floor.tasks.read();
	const task = value.tasks.find(({ status, session }) => status === "assigned" && session === name);
	return { session: name, task: task && { id: task.id, attempts: task.attempts } };
}
