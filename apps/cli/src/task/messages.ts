/** What the commands about tasks say. Pure. */
import { oneLine, type Task } from "@shopfloor/core";
import { didYouMean } from "../did-you-mean.ts";
import { invocation } from "../examples.ts";
import { isOpen } from "./statuses.ts";

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
