/** What is to be done. Only the scheduler writes it; everybody else asks by appending `task_requested`. */
import { z } from "zod";
import { Count, Id, Instant, Name, Sentence, Seq, Text } from "./entry/fields.ts";
import type { RecordKind } from "./record-kind.ts";
import { type Transitions, unlawful } from "./transitions.ts";

export const TaskStatus = z.enum([
	"waiting",
	"assigned",
	/** Its change waits for review, or to land. */
	"pushed",
	"set-aside",
	"done",
	"refused",
	"cancelled",
]);
export type TaskStatus = z.infer<typeof TaskStatus>;

export const Task = z.strictObject({
	id: Id,
	status: TaskStatus,
	title: z.string().min(1).max(300),
	detail: Text.optional(),
	files: z.array(z.string().max(500)).max(500),
	/** 0 is the most urgent. */
	priority: z.int().min(0).max(9),
	source: Name,
	key: Id.optional(),
	request: Seq.optional(),
	created: Instant,
	changed: Instant,
	session: Name.optional(),
	attempts: Count,
	/** Tasks that must be done before it. */
	after: z.array(Id).max(20).optional(),
	/** Sessions that failed at it, so that another one tries next. */
	failedBy: z.array(Name).max(64),
	reason: Sentence.optional(),
});
export type Task = z.infer<typeof Task>;

export const TaskQueue = z.strictObject({ tasks: z.array(Task).max(10_000) });
export type TaskQueue = z.infer<typeof TaskQueue>;

export const taskTransitions: Transitions<TaskStatus> = {
	waiting: ["assigned", "set-aside", "refused", "cancelled"],
	assigned: ["waiting", "pushed", "set-aside", "done", "cancelled"],
	pushed: ["waiting", "set-aside", "done", "cancelled"],
	"set-aside": ["waiting", "cancelled"],
	done: [],
	refused: [],
	cancelled: [],
};

export const taskQueue: RecordKind<TaskQueue> = {
	key: "task-queue",
	schema: TaskQueue,
	empty: { tasks: [] },
	faults: (current, next) => unlawful(taskTransitions, "waiting", current.tasks, next.tasks),
};
