/** From what a person wishes to what is asked for; everything wrong with it is said at once. */
import type { DataOf } from "../../model/entry.ts";
import { requestSeqOf, taskNamed } from "./task-id.ts";

/** As it was typed: which of it makes sense is found out here. */
export interface TaskWish {
	readonly title: string;
	readonly detail?: string | undefined;
	readonly files?: readonly string[] | undefined;
	readonly priority?: number | string | undefined;
	/** Tasks that must be done before it. */
	readonly after?: readonly string[] | undefined;
	readonly key?: string | undefined;
}

export interface TaskFault {
	readonly field: keyof TaskWish;
	readonly code: "empty" | "several-lines" | "too-long" | "too-many" | "no-path" | "no-number" | "no-task";
	/** Begins where its subject has been named: `the title` `is empty. …` */
	readonly message: string;
	/** Of several, the one that is meant. */
	readonly value?: string;
}

export type TaskRequest =
	| { readonly kind: "request"; readonly request: DataOf<"task_requested"> }
	| { readonly kind: "faults"; readonly faults: readonly TaskFault[] };

/** `source`: the way by which it is asked for. */
export function taskRequestOf(wish: TaskWish, source: string): TaskRequest {
	const { priority, key } = wish;
	const title = wish.title.trim();
	const detail = wish.detail?.trim();
	const files = [...new Set((wish.files ?? []).map(normalized))];
	const after = [...new Set((wish.after ?? []).map(taskNamed))];
	const faults = [
		...titleFaults(title),
		...tooLong("detail", detail ?? "", detailMax),
		...files.flatMap(fileFaults),
		...tooMany("files", files, filesMax),
		...priorityFaults(priority),
		...after.flatMap(afterFaults),
		...tooMany("after", after, afterMax),
		...keyFaults(key),
	];
	if (faults.length > 0) return { kind: "faults", faults };
	return {
		kind: "request",
		request: {
			title,
			...(detail !== undefined && detail !== "" && { detail }),
			...(files.length > 0 && { files }),
			...(priority !== undefined && { priority: Number(priority) }),
			source,
			...(key !== undefined && { key }),
			...(after.length > 0 && { after }),
		},
	};
}

function titleFaults(title: string): TaskFault[] {
	if (title === "") return [fault("title", "empty", "is empty. Say in a line what is to be done.")];
	if (/[\r\n]/.test(title))
		return [
			fault("title", "several-lines", "has several lines. Keep the first, and give the rest as the task's detail."),
		];
	return tooLong("title", title, titleMax);
}

/** `./src//a.ts` is `src/a.ts`; a slash at its end is kept, it says that a folder is meant. */
function normalized(path: string): string {
	const parts: string[] = [];
	for (const part of path.split("/").filter((one) => one !== "" && one !== ".")) {
		if (part !== ".." || parts.length === 0 || parts.at(-1) === "..") parts.push(part);
		else parts.pop();
	}
	const inside = parts.join("/") || ".";
	if (path.startsWith("/")) return `/${parts.join("/")}`;
	return path.endsWith("/") ? `${inside}/` : inside;
}

function fileFaults(path: string): TaskFault[] {
	if (/^(\/|\.\.?(\/|$))/.test(path))
		return [
			fault(
				"files",
				"no-path",
				`"${path}" is no path in the repository. Give it from the repository's top, as src/parser.ts.`,
				path,
			),
		];
	return tooLong("files", path, pathMax);
}

function priorityFaults(priority: TaskWish["priority"]): TaskFault[] {
	if (priority === undefined || /^\d$/.test(String(priority))) return [];
	return [fault("priority", "no-number", `"${priority}" is none. Give a number from 0, the most urgent, to 9.`)];
}

function afterFaults(id: string): TaskFault[] {
	if (requestSeqOf(id) !== undefined) return [];
	return [fault("after", "no-task", `"${id}" is no task. Give ids such as t-12.`, id)];
}

function keyFaults(key: string | undefined): TaskFault[] {
	if (key === "")
		return [fault("key", "empty", "is empty. Leave it out, or give a word that stands for this very task.")];
	return tooLong("key", key ?? "", keyMax);
}

function tooLong(field: TaskFault["field"], text: string, max: number): TaskFault[] {
	const what = field === "files" ? "names a path that is" : "is";
	return text.length > max
		? [fault(field, "too-long", `${what} ${text.length} characters long; the log takes ${max}.`)]
		: [];
}

function tooMany(field: TaskFault["field"], items: readonly string[], max: number): TaskFault[] {
	return items.length > max ? [fault(field, "too-many", `names ${items.length}; a task takes ${max}.`)] : [];
}

function fault(field: TaskFault["field"], code: TaskFault["code"], message: string, value?: string): TaskFault {
	return { field, code, message, ...(value !== undefined && { value }) };
}

/** What the log takes. */
const titleMax = 300;
export const detailMax = 20_000;
const filesMax = 500;
const pathMax = 500;
const afterMax = 20;
const keyMax = 120;
