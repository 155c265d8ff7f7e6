/** What waits, what is worked on and what is in review, on one screen. Pure. */
import { oneLine, type Task } from "@shopfloor/core";
import type { QueueSight } from "@shopfloor/core/person";
import { paintOfChange } from "../change/paint-of-change.ts";
import { counted } from "../counted.ts";
import { invocation } from "../examples.ts";
import { type Cell, table } from "../table.ts";
import { type Times, timesFor } from "../times.ts";
import { type Look, statusPaint, titleOf } from "./list-view.ts";
import { unheardLines } from "./unheard-view.ts";

export function queueLines(sight: QueueSight, look: Look): string[] {
	const times = timesFor(look.nowMs, look.timeZone);
	return [
		...taskBlock(sight, times, look),
		"",
		...changeBlock(sight, times, look),
		...questionBlock(sight, times, look),
	];
}

function taskBlock({ tasks, asked }: QueueSight, times: Times, { paint, width }: Look): string[] {
	const unheard = unheardLines(asked, paint, width);
	if (tasks.length === 0 && unheard.length > 0) return unheard;
	if (tasks.length === 0)
		return [
			"No task is open. Sessions without one look for something small themselves.",
			`To ask for one: ${invocation} task add "<title>"`,
		];
	const groups = shares.flatMap(({ status, label, shownMax }) => {
		const some = tasks.filter((task) => task.status === status);
		return some.length === 0 ? [] : [{ status, label, shown: some.slice(0, shownMax), left: some.length - shownMax }];
	});
	const rows = groups.flatMap(({ status, label, shown, left }) => [
		...shown.map((task, index): Cell[] => [
			{ text: index === 0 ? label : "", paint: statusPaint(status, paint) },
			{ text: oneLine(task.id) },
			{ text: whoOf(task) },
			{ text: times.age(task.changed) },
			{ text: oneLine(titleOf(task, task.waitsFor)) },
		]),
		...(left > 0 ? [["", "", "", "", `and ${left} more`].map((text): Cell => ({ text, paint: paint.dim }))] : []),
	]);
	const isCut = groups.some(({ left }) => left > 0);
	const all = isCut ? [paint.dim(`All of them: ${invocation} task ls`)] : [];
	return [paint.bold(`Tasks: ${tasks.length} open`), ...table(rows, width), ...all, ...unheard];
}

/** Of each kind as many as leave room for the others. */
const shares: readonly { readonly status: Task["status"]; readonly label: string; readonly shownMax: number }[] = [
	{ status: "assigned", label: "worked on", shownMax: 8 },
	{ status: "pushed", label: "in review", shownMax: 6 },
	{ status: "waiting", label: "waiting", shownMax: 8 },
	{ status: "set-aside", label: "set aside", shownMax: 4 },
];

function whoOf({ status, session, priority, attempts }: Task): string {
	if (status === "waiting") return `prio ${priority}`;
	return status === "set-aside" ? counted(attempts, "try", "tries") : oneLine(session ?? "-");
}

function changeBlock({ changes }: QueueSight, times: Times, { paint, width }: Look): string[] {
	if (changes.length === 0) return ["No change is in review."];
	const shown = changes.slice(0, changesMax);
	const rows = shown.map(({ id, status, session, task, changed, title }): Cell[] => [
		{ text: status, paint: paintOfChange(status, paint) },
		{ text: oneLine(id) },
		{ text: oneLine(session) },
		{ text: times.age(changed) },
		{ text: oneLine(task === null ? title : `${task}: ${title}`) },
	]);
	const left = changes.length - shown.length;
	return [
		paint.bold(`Changes: ${changes.length} in review`),
		...table(rows, width),
		...(left > 0 ? [paint.dim(`and ${left} more: ${invocation} change ls`)] : []),
	];
}

const changesMax = 10;

function questionBlock({ questions }: QueueSight, times: Times, { paint }: Look): string[] {
	const open = Object.values(questions);
	if (open.length === 0) return [];
	return [
		"",
		paint.yellow(`A person is asked about ${open.length === 1 ? "one" : `${open.length}`}:`),
		...open
			.slice(0, questionsMax)
			.flatMap(({ change, expires }) => [
				`  ${invocation} change show ${oneLine(change)}   until ${times.clock(expires)}`,
			]),
		...(open.length > questionsMax ? [`  and ${open.length - questionsMax} more`] : []),
	];
}

const questionsMax = 5;
