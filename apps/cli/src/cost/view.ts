/** What was spent as lines for a terminal. Pure. */
import { oneLine, showUsd, toMs } from "@shopfloor/core";
import { invocation } from "../examples.ts";
import type { Paint } from "../paint.ts";
import { table } from "../table.ts";
import { type Times, timesFor } from "../times.ts";
import { wrap } from "../wrap.ts";
import type { Cost, Counted } from "./cost.ts";

export interface CostLook {
	readonly paint: Paint;
	readonly timeZone: string;
	readonly width: number;
	/** How many were asked for. */
	readonly days: number;
}

export function costLines(cost: Cost, look: CostLook): string[] {
	const times = timesFor(toMs(cost.at), look.timeZone);
	const blocks = [
		todayLines(cost, look, times),
		openLines(cost, look, times),
		sumLines(cost, look),
		dayLines(cost, look),
		savedLines(cost, look),
	];
	return blocks.filter((block) => block.length > 0).flatMap((block, index) => (index === 0 ? block : ["", ...block]));
}

function todayLines({ today, roles, caps, paused }: Cost, { paint, width }: CostLook, times: Times): string[] {
	const calls = `${today.calls} ${today.calls === 1 ? "call" : "calls"}`;
	const share = today.estimatedUsd > 0 ? ` (${estimatedShare(today)} estimated)` : "";
	const lines = [
		labelled("today", `${countedText(today, share)}; ${calls}`, paint, today),
		...roles.map((role) => labelled(oneLine(role.role), countedText(role), paint, role)),
		caps === null
			? paint.yellow(`The caps are not known: the configuration has faults (${invocation} config check).`)
			: paint.dim(
					`caps: ${showUsd(caps.perCall)} a call, ${showUsd(caps.perTask)} a task, ${showUsd(caps.perTicket)} a ticket; ${caps.callsPerHour} calls an hour`,
				),
	];
	if (paused === null) return lines;
	const until = paused.until === undefined ? "" : ` until ${times.clock(paused.until)}`;
	const sentence = `Nothing paid is called${until}: ${oneLine(paused.reason)}`;
	return [...lines, ...wrap(sentence, width, sentenceLinesMax).map((line) => paint.yellow(line))];
}

function labelled(label: string, text: string, paint: Paint, { leftUsd }: Counted): string {
	const line = `${label.padEnd(labelWidth)}${text}`;
	return leftUsd !== null && leftUsd <= 0 ? paint.red(line) : line;
}

const labelWidth = 10;
/** A sentence longer than this is somebody's text, and stands in the log. */
const sentenceLinesMax = 5;

function countedText({ settledUsd, reservedUsd, capUsd, leftUsd }: Counted, share = ""): string {
	const cap = capUsd === null ? "" : ` of ${showUsd(capUsd)}`;
	const reserved = reservedUsd === 0 ? "" : `, ${showUsd(reservedUsd)} reserved`;
	return `${showUsd(settledUsd)}${cap} spent${share}${reserved}${leftUsd === null ? "" : `, ${showUsd(Math.max(0, leftUsd))} left`}`;
}

/** Reserved for calls that are under way. */
function openLines({ open }: Cost, { paint, width }: CostLook, times: Times): string[] {
	if (open.length === 0) return [];
	const rows = open.map(({ session, agent, role, task, usd, at, until }) => [
		session ?? "-",
		agent,
		role,
		task ?? "-",
		showUsd(usd),
		times.age(at),
		times.clock(until),
	]);
	return lined(["reserved by", "agent", "role", "task", "up to", "for", "over by"], rows, paint, width);
}

function sumLines({ by, rows, total }: Cost, { paint, width, days }: CostLook): string[] {
	if (rows.length === 0) return [paint.dim(`no agent was called ${by === "task" ? "for a task" : spanOf(days)}`)];
	if (by === "task") {
		const lines = rows.map(({ name, calls, usd }) => [name, String(calls), showUsd(usd)]);
		return lined(["task, over its whole life", "calls", "spent"], lines, paint, width);
	}
	const sums = [...rows, ...(rows.length > 1 ? [{ name: "all", ...total }] : [])];
	const lines = sums.map(({ name, calls, done = 0, usd, estimatedUsd = 0 }) => [
		name,
		String(calls),
		String(done),
		showUsd(usd),
		usd === 0 ? "-" : estimatedShare({ usd, estimatedUsd }),
	]);
	return lined([`${by}, ${spanOf(days)}`, "calls", "done", "spent", "estimated"], lines, paint, width);
}

function dayLines({ days }: Cost, { paint, width }: CostLook): string[] {
	if (days.length < 2) return [];
	const rows = days.map(({ name, calls, usd }) => [name, String(calls), showUsd(usd)]);
	return lined(["day (UTC)", "calls", "spent"], rows, paint, width);
}

function savedLines({ saved }: Cost, { width }: CostLook): string[] {
	if (saved.length === 0) return [];
	const usd = saved.reduce((sum, one) => sum + one.usd, 0);
	const parts = saved.map(({ role, calls, averageUsd }) => `${calls} × ${showUsd(averageUsd)} as ${oneLine(role)}`);
	return wrap(
		`The built-in agent saved about ${showUsd(usd)}: ${parts.join(", ")}. That is its calls that ended well, at the average price of the paid calls of the same role in these days.`,
		width,
		sentenceLinesMax,
	);
}

/** Numbers to the right, where they can be compared. */
function lined(head: readonly string[], rows: readonly (readonly string[])[], paint: Paint, width: number): string[] {
	const all = [head, ...rows.map((row) => row.map(oneLine))];
	const widths = head.map((_, column) => Math.max(...all.map((row) => (row[column] ?? "").length)));
	const aligned = (text: string, column: number) =>
		numbers.has(head[column] ?? "") ? text.padStart(widths[column] ?? 0) : text;
	return table(
		all.map((row, index) =>
			row.map((text, column) => ({ text: aligned(text, column), ...(index === 0 ? { paint: paint.dim } : {}) })),
		),
		width,
	);
}

const numbers = new Set(["calls", "done", "spent", "estimated", "up to", "for"]);

function spanOf(days: number): string {
	return days === 1 ? "today" : `in ${days} days`;
}

function estimatedShare({ usd, estimatedUsd }: { readonly usd: number; readonly estimatedUsd: number }): string {
	return `${Math.round((estimatedUsd / usd) * 100)} %`;
}
