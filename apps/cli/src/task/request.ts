/** From what was typed to what is asked for; everything wrong with it is said at once. Pure. */
import { posix } from "node:path";
import type { DataOf } from "@shopfloor/core";
import type { AddOptions } from "./options.ts";
import { requestSeqOf, taskNamed } from "./task-id.ts";

type Request = DataOf<"task_requested">;

export type Requested =
	| { readonly kind: "request"; readonly request: Request }
	| { readonly kind: "faults"; readonly faults: readonly string[] };

/** `detail` is its text, wherever it came from. */
export function requestOf(typed: string, options: AddOptions, detail: string | undefined): Requested {
	const title = typed.trim();
	const files = [...new Set(listOf(options.files).map((path) => posix.normalize(path)))];
	const after = listOf(options.after).map(taskNamed);
	const { priority, key } = options;
	const faults = [
		...titleFaults(title),
		...tooLong("--detail", detail ?? "", detailMax),
		...files.flatMap(fileFaults),
		...tooMany("--files", files, filesMax),
		...(priority === undefined || /^\d$/.test(priority)
			? []
			: [`--priority "${priority}" is none. Give a number from 0, the most urgent, to 9.`]),
		...after
			.filter((id) => requestSeqOf(id) === undefined)
			.map((id) => `--after "${id}" is no task. Give ids such as t-12, with commas between.`),
		...tooMany("--after", after, afterMax),
		...(key === "" ? ["--key is empty. Leave it out, or give a word that stands for this very task."] : []),
		...tooLong("--key", key ?? "", keyMax),
	];
	if (faults.length > 0) return { kind: "faults", faults };
	return {
		kind: "request",
		request: {
			title,
			...(detail !== undefined && detail !== "" && { detail }),
			...(files.length > 0 && { files }),
			...(priority !== undefined && { priority: Number(priority) }),
			source: "cli",
			...(key !== undefined && { key }),
			...(after.length > 0 && { after }),
		},
	};
}

function titleFaults(title: string): string[] {
	if (title === "") return ["the title is empty. Say in a line what is to be done."];
	if (/[\r\n]/.test(title)) return ["the title has several lines. Keep the first, and give the rest as --detail."];
	return tooLong("the title", title, titleMax);
}

function fileFaults(path: string): string[] {
	if (posix.isAbsolute(path) || path === "." || path === ".." || path.startsWith("../"))
		return [`--files "${path}" is no path in the repository. Give it from the repository's top, as src/parser.ts.`];
	return tooLong("a path of --files", path, pathMax);
}

function tooLong(what: string, text: string, max: number): string[] {
	return text.length > max ? [`${what} is ${text.length} characters long; the log takes ${max}.`] : [];
}

function tooMany(what: string, items: readonly string[], max: number): string[] {
	return items.length > max ? [`${what} names ${items.length}; a task takes ${max}.`] : [];
}

function listOf(text: string | undefined): string[] {
	const parts = (text ?? "").split(",").map((part) => part.trim());
	return [...new Set(parts.filter((part) => part !== ""))];
}

/** What the log takes. */
const titleMax = 300;
export const detailMax = 20_000;
const filesMax = 500;
const pathMax = 500;
const afterMax = 20;
const keyMax = 120;
