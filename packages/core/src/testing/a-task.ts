import type { Task } from "../model/task-queue.ts";

export function aTask(patch: Partial<Task> = {}): Task {
	return {
		id: "t1",
		status: "waiting",
		title: "repair the parser",
		files: [],
		priority: 5,
		source: "test",
		created: "2026-01-31T08:00:00.000Z",
		changed: "2026-01-31T08:00:00.000Z",
		attempts: 0,
		failedBy: [],
		...patch,
	};
}
