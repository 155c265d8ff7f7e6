/** Sessions in a few lines each: what it is at, what it brought, how its last cycle ended. Pure. */
import { cut, oneLine, showUsd } from "@shopfloor/core";
import type { SessionSight } from "@shopfloor/core/person";
import { counted } from "../counted.ts";
import { invocation, startCommand } from "../examples.ts";
import type { Paint } from "../paint.ts";
import { type Times, timesFor } from "../times.ts";

export interface Look {
	readonly paint: Paint;
	readonly timeZone: string;
	readonly width: number;
	readonly nowMs: number;
}

export function sessionLines(sights: readonly SessionSight[], look: Look): string[] {
	if (sights.length === 0) return [`No session is configured; "sessions" in the configuration says how many work.`];
	const nameWidth = Math.max(...sights.map(({ name }) => oneLine(name).length)) + 2;
	const times = timesFor(look.nowMs, look.timeZone);
	const { paint, width } = look;
	const isAnyUp = sights.some(({ process }) => ["running", "starting", "silent"].includes(process.state));
	return [
		...sights.flatMap((sight) => [
			`${paint.bold(oneLine(sight.name).padEnd(nameWidth))}${nowPaint(sight, paint)(cut(oneLine(nowOf(sight, times)), width - nameWidth))}`,
			...[soFar(sight), lastOf(sight, times)]
				.filter((line) => line !== "")
				.map((line) => `${" ".repeat(nameWidth)}${paint.dim(cut(oneLine(line), width - nameWidth))}`),
		]),
		...(isAnyUp ? [] : ["", `None of them runs: ${startCommand} brings them up.`]),
		...(isAnyUp ? ["", paint.dim(`To see one work: ${invocation} attach ${oneLine(sights[0]?.name ?? "")}`)] : []),
	];
}

function nowOf({ process, held, task, step, configured }: SessionSight, times: Times): string {
	const on = task === null ? "" : ` on ${[task.id, task.title].filter((part) => part !== null).join(": ")}`;
	const former = configured ? "" : ", no longer configured";
	if (!["running", "starting", "silent"].includes(process.state)) {
		const left = step === null ? "" : `, in the middle of ${step.name}${on}`;
		return `${process.state}${former}${left}${process.doing === "" ? "" : `: ${process.doing}`}`;
	}
	const silent = process.state === "silent" ? `silent for ${times.age(process.since ?? "")}; ` : "";
	if (step !== null) return `${silent}${step.name} for ${times.age(step.since)}${on}`;
	if (held !== null) return `${silent}${held.how}: ${held.reason}`;
	if (task !== null) return `${silent}about to begin${on}`;
	return `${silent}between two cycles${former}`;
}

function nowPaint({ process, step, held }: SessionSight, paint: Paint): (text: string) => string {
	if (process.state === "gone" || process.state === "parked") return paint.red;
	if (process.state === "silent" || held !== null) return paint.yellow;
	return step === null ? String : paint.green;
}

function soFar({ cycles, landed, usd, class: found }: SessionSight): string {
	if (cycles === 0) return "no cycle yet";
	const doctor = found === null || found === "productive" ? "" : `; the doctor calls it ${found}`;
	return `${counted(cycles, "cycle")}, ${landed} landed, ${showUsd(usd)}${doctor}`;
}

function lastOf({ last }: SessionSight, times: Times): string {
	if (last === null) return "";
	return `last ${last.outcome} ${times.age(last.at)} ago${last.reason === "" ? "" : `: ${last.reason}`}`;
}
