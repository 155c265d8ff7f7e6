/** One task and its story as lines. Pure. */
import { oneLine, plainText, showUsd, type Task } from "@shopfloor/core";
import { type TaskSight, waitsFor } from "@shopfloor/core/person";
import { counted } from "../counted.ts";
import { invocation } from "../examples.ts";
import { labelled } from "../labelled.ts";
import { storyLines } from "../story-lines.ts";
import { type Times, timesFor } from "../times.ts";
import { wrap } from "../wrap.ts";
import { type Look, statusPaint } from "./list-view.ts";

export function taskLines(sight: TaskSight, all: readonly Task[], look: Look): string[] {
	const { paint, width, timeZone, nowMs } = look;
	const times = timesFor(nowMs, timeZone);
	const known = sight.task ?? sight.request;
	const detail = known?.detail === undefined ? [] : ["", ...detailLines(known.detail, width)];
	const story = storyLines(sight.story, times, paint, width);
	return [
		headline(sight, times, look),
		...(known === null ? [] : wrap(oneLine(known.title), width, titleLinesMax).map((line) => paint.bold(line))),
		...detail,
		"",
		...factLines(sight, all, times, look),
		...(story.length === 0 ? [] : ["", ...story]),
		...nextLines(sight),
	];
}

function headline({ id, task, story }: TaskSight, times: Times, { paint }: Look): string {
	if (task !== null) {
		const since = ` for ${times.age(task.changed)}`;
		return `${oneLine(id)}  ${statusPaint(task.status, paint)(task.status)}${since}, priority ${task.priority}`;
	}
	const settled = story.findLast((entry) => entry.type === "task_settled");
	if (settled?.type === "task_settled") return `${oneLine(id)}  ${settled.data.outcome}, no longer in the queue`;
	return `${oneLine(id)}  asked for, not yet in the queue`;
}

function detailLines(detail: string, width: number): string[] {
	const lines = plainText(detail)
		.split("\n")
		.flatMap((line) => (line.trim() === "" ? [""] : wrap(line, width - 2, detailLinesMax)));
	const shown = lines.slice(0, detailLinesMax).map((line) => `  ${line}`.trimEnd());
	return lines.length > shown.length
		? [...shown, `  and ${lines.length - shown.length} more lines; --json has them`]
		: shown;
}

function factLines(
	{ task, request, cycle, usd, calls }: TaskSight,
	all: readonly Task[],
	times: Times,
	look: Look,
): string[] {
	const { paint, width } = look;
	const files = (task ?? request)?.files ?? [];
	const waits = task === null ? [] : waitsFor(task, all);
	const after = (task ?? request)?.after ?? [];
	const facts: readonly (readonly [string, string])[] = [
		["asked", request === null ? "" : `by ${request.by} ${times.age(request.at)} ago`],
		[
			"now",
			cycle === null ? "" : `${cycle.session} is at ${cycle.step} for ${times.age(cycle.at)} (cycle ${cycle.cycle})`,
		],
		["session", cycle === null ? (task?.session ?? "") : ""],
		["files", files.join(", ")],
		["after", after.map((id) => (waits.includes(id) ? `${id} (open)` : `${id} (done)`)).join(", ")],
		["tries", task === null || task.attempts === 0 ? "" : triesOf(task)],
		["reason", task?.reason ?? ""],
		["spent", calls === 0 ? "" : `${showUsd(usd)} in ${counted(calls, "call")}`],
	];
	return facts
		.filter(([, text]) => text !== "")
		.flatMap(([label, text]) => labelled(label.padEnd(labelWidth), text, { width, paint: paint.dim }));
}

function triesOf({ attempts, failedBy }: Task): string {
	return `${attempts}${failedBy.length === 0 ? "" : `, by ${[...new Set(failedBy)].join(", ")}`}`;
}

function nextLines({ id, task }: TaskSight): string[] {
	if (task?.status !== "set-aside") return [];
	return ["", `To have it tried again: ${invocation} task retry ${oneLine(id)}`];
}

const labelWidth = 9;
const titleLinesMax = 4;
/** A page of text; whoever wrote more has it in a file. */
const detailLinesMax = 30;
