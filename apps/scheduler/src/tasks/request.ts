/** Whether what somebody asks for becomes a task. Pure. */
import { cut, type DataOf, type Entry, oneLine, type Task } from "@shopfloor/core";
import {
	askedAlready,
	backslash,
	blank,
	full,
	neverDone,
	outside,
	sameKey,
	unknownTask,
	waitsForItself,
} from "./messages.ts";

export type Request = Extract<Entry, { type: "task_requested" }>;

export type Answer =
	| { readonly kind: "task"; readonly task: Task }
	| { readonly kind: "refused"; readonly reason: string };

/** As many as the queue's file holds. */
const tasksMax = 10_000;
/** In the middle: a person says what is urgent, and what can wait. */
const usualPriority = 5;

export function idOf({ seq }: Request): string {
	return `t-${seq}`;
}

export function answerTo(request: Request, tasks: ReadonlyMap<string, Task>, known: Known, now: string): Answer {
	const reason = faultOf(request, tasks, known);
	if (reason !== undefined) return { kind: "refused", reason };
	const { title, detail, files = [], priority = usualPriority, source, key, after } = request.data;
	const task: Task = {
		id: idOf(request),
		status: "waiting",
		title: titleOf(title),
		...(detail === undefined ? {} : { detail }),
		files: [...new Set(files.map(pathOf))],
		priority,
		source,
		...(key === undefined ? {} : { key }),
		request: request.seq,
		created: request.ts,
		changed: now,
		attempts: 0,
		...(after === undefined ? {} : { after: [...new Set(after)] }),
		failedBy: [],
	};
	return { kind: "task", task };
}

/** What was asked for: by key as long as the task is in the file, by text until it has ended, because it may come back. */
export class Known {
	readonly #keys = new Map<string, string>();
	readonly #texts = new Map<string, string>();

	constructor(tasks: Iterable<Task>) {
		for (const task of tasks) this.add(task);
	}

	add(task: Task): void {
		if (task.key !== undefined) this.#keys.set(task.key, task.id);
		if (!isEnded(task)) this.#texts.set(textOf(task), task.id);
	}

	byKey(key: string | undefined): string | undefined {
		return key === undefined ? undefined : this.#keys.get(key);
	}

	byText({ title, detail }: DataOf<"task_requested">): string | undefined {
		return this.#texts.get(textOf({ title: titleOf(title), detail }));
	}
}

export function isEnded({ status }: Task): boolean {
	return status === "done" || status === "refused" || status === "cancelled";
}

function faultOf(request: Request, tasks: ReadonlyMap<string, Task>, known: Known): string | undefined {
	const { title, files = [], key, after = [] } = request.data;
	if (title.trim() === "") return blank;
	const foreign = files.find((file) => file.includes("\\"));
	if (foreign !== undefined) return backslash(foreign);
	const stray = files.find((file) => !isInside(file));
	if (stray !== undefined) return outside(stray);
	const same = tasks.get(known.byKey(key) ?? "");
	if (same !== undefined) return sameKey(same);
	const twin = tasks.get(known.byText(request.data) ?? "");
	if (twin !== undefined && !isEnded(twin)) return askedAlready(twin);
	return faultOfAfter(idOf(request), after, tasks) ?? (tasks.size >= tasksMax ? full(tasksMax) : undefined);
}

/** A task can name only those that were asked for before it. So there is no circle but the one of a task with itself. */
function faultOfAfter(id: string, after: readonly string[], tasks: ReadonlyMap<string, Task>): string | undefined {
	for (const other of after) {
		const task = tasks.get(other);
		if (other === id) return waitsForItself;
		if (task === undefined) return unknownTask(other);
		if (isEnded(task) && task.status !== "done") return neverDone(task);
	}
	return undefined;
}

function isInside(file: string): boolean {
	return !file.startsWith("/") && !file.split("/").includes("..") && !file.includes("\0");
}

/** As git writes it; a dot for the whole repository. */
function pathOf(file: string): string {
	const parts = file.split("/").filter((part) => part !== "" && part !== ".");
	return parts.length === 0 ? "." : parts.join("/");
}

/** As long as the queue takes it; shown characters are longer than hidden ones. */
function titleOf(asked: string): string {
	const title = oneLine(asked.trim());
	return title.length <= 300 ? title : cut(title, 149);
}

function textOf({ title, detail = "" }: { readonly title: string; readonly detail?: string | undefined }): string {
	return `${bare(title)}\n${bare(detail)}`;
}

function bare(text: string): string {
	return text.replace(/\s+/g, "").toLowerCase();
}
