import type { World } from "@shopfloor/core/io";

export interface Snapshot {
	readonly session: string;
	/** What the scheduler gave to this session. */
	readonly task: { readonly id: string; readonly attempts: number } | undefined;
}

export async function observe({ name, floor }: World): Promise<Snapshot> {
	const { value } = await floor.tasks.read();
	const task = value.tasks.find(({ status, session }) => status === "assigned" && session === name);
	return { session: name, task: task && { id: task.id, attempts: task.attempts } };
}
