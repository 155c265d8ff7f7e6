/** What the commands about tasks say. Pure. */
import { oneLine, type Task } from "@shopfloor/core";
import { isOpen, type Objection, type Order, type TaskFault } from "@shopfloor/core/person";
import { didYouMean } from "../did-you-mean.ts";
import { invocation } from "../examples.ts";

export interface Added {
	readonly task: string;
	readonly title: string;
	readonly state: "queued" | "refused" | "written";
	readonly reason: string | undefined;
}

export function added({ task, title, state, reason }: Added): string[] {
	switch (state) {
		case "queued":
			return [`${task} is queued: ${oneLine(title)}`, `What becomes of it: ${invocation} task show ${task}`];
		case "refused":
			return [`${task} is refused: ${oneLine(reason ?? "")}`];
		case "written":
			return [`${task} is asked for: ${oneLine(title)}`];
	}
}

/** What is wrong with a wish, by the names of what was typed. */
export function taskFault({ field, code, message, value }: TaskFault): string {
	if (code === "several-lines") return "the title has several lines. Keep the first, and give the rest as --detail.";
	if (code === "no-task") return `--after "${value}" is no task. Give ids such as t-12, with commas between.`;
	return `${field === "title" ? "the title" : `--${field}`} ${message}`;
}

export function unknownTask(id: string, tasks: readonly Task[]): string {
	const open = tasks.filter(isOpen).map((task) => task.id);
	const nobody = `there is no task "${oneLine(id)}".`;
	if (open.length === 0) return `${nobody} None is open; ${invocation} task add "<title>" asks for one.`;
	const newest = open.slice(-namedMax);
	const more = `${invocation} task ls${open.length > newest.length ? "" : " --all"} shows more.`;
	return `${nobody} ${didYouMean(id, newest)} ${more}`;
}

/** As many as one looks through in a sentence. */
const namedMax = 10;

/** Why an order makes no sense, and what to do. */
export function senseless(order: Order, { id, title, status, session }: Task, because: Objection): string {
	switch (because) {
		case "ended":
			return order === "cancel"
				? `${id} is ${status} already; there is nothing to cancel.`
				: `${id} is ${status}, and that is its end. Ask for it anew: ${invocation} task add ${JSON.stringify(oneLine(title))}`;
		case "being-worked-on":
			return `${id} is being worked on by ${session ?? "a session"}; there is nothing to retry yet.`;
		case "in-review":
			return `${id} has a change in review; there is nothing to retry unless it is rejected.`;
		case "untried":
			return `${id} has not been tried yet; it waits for a session.`;
	}
}

/** `state` as the answer says; null when there was none. */
export function obeyed(order: Order, id: string, state: string | null): string {
	if (state === "cancelled") return `${id} is cancelled.`;
	if (state === "waiting") return `${id} waits to be tried again.`;
	return order === "cancel" ? `${id} is to be cancelled.` : `${id} is to be tried again.`;
}
