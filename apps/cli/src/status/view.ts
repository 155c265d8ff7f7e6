/** The status as lines for a terminal. Pure. */
import { cut, oneLine, showBytes, showUsd, toMs } from "@shopfloor/core";
import type { ProcessSight, Sign } from "@shopfloor/core/person";
import type { Paint } from "../paint.ts";
import { type Cell, table } from "../table.ts";
import { type Times, timesFor } from "../times.ts";
import { wrap } from "../wrap.ts";
import type { Status } from "./status.ts";

export interface Look {
	readonly paint: Paint;
	readonly timeZone: string;
	readonly width: number;
	/** Where the commands that it names work, when the person stands elsewhere. */
	readonly elsewhere?: string;
}

export function statusLines(status: Status, { paint, timeZone, width, elsewhere }: Look): string[] {
	const times = timesFor(toMs(status.at), timeZone);
	const blocks = [
		headlines(status, times, paint, width),
		processLines(status, times, paint, width),
		sessionLines(status, times, paint, width),
		factLines(status, times, paint, width),
		nextLines(status, paint, width, elsewhere),
	];
	return blocks.filter((block) => block.length > 0).flatMap((block, index) => (index === 0 ? block : ["", ...block]));
}

/** The factory in one line each: does it run, is it shut in, and what was asked of it. */
function headlines(status: Status, times: Times, paint: Paint, width: number): string[] {
	const pauses = Object.entries(status.pauses).map(([scope, { kind, reason, by, at, until }]) => {
		const subject = scope === "all" ? "The factory" : oneLine(scope);
		const end = until === undefined ? "" : `, until ${times.clock(until)}`;
		const since = `since ${times.clock(at)} (${times.age(at)})${end}`;
		const line = `${subject} is ${kind === "stop" ? "stopped" : "paused"} ${since}, by ${oneLine(by)}: ${oneLine(reason)}`;
		return paint.yellow(cut(line, width));
	});
	const bare = status.config.isSandboxOff
		? [paint.red("Without a sandbox: whatever agents and checks run can do all that you can.")]
		: [];
	return [runningLine(status, times, paint), ...bare, ...pauses];
}

function runningLine({ factory, processes }: Status, times: Times, paint: Paint): string {
	if (factory.state === "down") return paint.red(downLine(processes, factory.downSince, times));
	const wanted = processes.filter(({ expected }) => expected).length;
	const count = factory.alive === wanted ? `${wanted}` : `${factory.alive} of ${wanted}`;
	const line = `The factory is up: ${count} ${wanted === 1 ? "process runs" : "processes run"}.`;
	return factory.alive < wanted ? paint.yellow(line) : paint.green(line);
}

function downLine(processes: readonly ProcessSight[], since: string | null, times: Times): string {
	if (since === null) return "The factory is not running. It was never started on this state directory.";
	const how = processes.some(({ state }) => state === "gone") ? "were last heard" : "ended";
	return `The factory is not running. Its processes ${how} ${times.age(since)} ago.`;
}

function processLines({ processes }: Status, times: Times, paint: Paint, width: number): string[] {
	// What an earlier configuration left behind is worth a line only while it still lives.
	const shown = processes.filter(({ expected, state }) => expected || state !== "stopped");
	if (shown.every(({ state }) => state === "absent")) return [];
	const head = ["process", "state", "pid", "for", "heard", "memory", "doing"].map((text) => dim(text, paint));
	const rows = shown.map((process): Cell[] => [
		{ text: cut(oneLine(process.name), nameWidth) },
		{ text: process.state, paint: signPaint(process.state, paint) },
		{ text: process.pid === null ? "-" : String(process.pid) },
		{ text: process.since === null ? "-" : times.age(process.since) },
		{ text: process.heard === null ? "-" : times.age(process.heard) },
		{ text: process.rssBytes === null ? "-" : showBytes(process.rssBytes) },
		{ text: oneLine(process.doing) },
	]);
	return table([head, ...rows], width);
}

function sessionLines({ sessions }: Status, times: Times, paint: Paint, width: number): string[] {
	const names = Object.keys(sessions).sort(naturally);
	if (names.length === 0) return [];
	const head = ["session", "task", "cycles", "last cycle", ""].map((text) => dim(text, paint));
	const rows = names.map((name): Cell[] => {
		const { task, outcome, reason, at, cycles, class: doctors } = sessions[name] as (typeof sessions)[string];
		return [
			{ text: cut(oneLine(name), nameWidth) },
			{ text: task === null ? "-" : cut(oneLine(task), nameWidth) },
			{ text: String(cycles) },
			{ text: outcome === null ? "-" : `${oneLine(outcome)} ${times.age(at)} ago` },
			{ text: oneLine([doctors === undefined ? "" : `${doctors};`, reason].join(" ").trim()) },
		];
	});
	return table([head, ...rows], width);
}

function factLines(status: Status, times: Times, paint: Paint, width: number): string[] {
	const room = width - labelWidth;
	const line = (label: string, text: string) => `${paint.dim(label.padEnd(labelWidth))}${text}`;
	const under = (label: string, [first = "", ...more]: readonly string[]) => [
		line(label, first),
		...more.map((text) => line("", text)),
	];
	return [
		line("tasks", cut(tasks(status), room)),
		line("changes", cut(changes(status), room)),
		...questions(status, room).flatMap((lines) => under("asks", lines)),
		line("machine", cut(machine(status, times), room)),
		line("spent", cut(spent(status), room)),
		...under("alerts", alerts(status, times, paint, room)),
		line("log", cut(log(status, times), room)),
	];
}

function tasks({ tasks: { waiting, assigned } }: Status): string {
	return waiting + assigned === 0 ? "none" : `${waiting} waiting, ${assigned} assigned`;
}

function changes({ changes: byStatus }: Status): string {
	const parts = Object.entries(byStatus).map(([status, count]) => `${count} ${oneLine(status)}`);
	return parts.length === 0 ? "none" : parts.join(", ");
}

function questions({ questions: open }: Status, width: number): string[][] {
	return Object.values(open)
		.slice(-linesMax)
		.map(({ question }) => wrap(oneLine(question), width, questionLinesMax));
}

function machine({ machine: health }: Status, times: Times): string {
	if (health === null) return "not looked at yet";
	const { memory, load, disk, at } = health;
	const used = `memory ${Math.round(memory.usedShare * 100)} % of ${showBytes(memory.limitBytes)}`;
	const busy = `load ${load.one.toFixed(1)} of ${load.cores}`;
	return `${used}, ${busy}, disk ${showBytes(disk.freeBytes)} free (${times.age(at)} ago)`;
}

function spent({ spentToday: { usd, estimatedUsd, calls } }: Status): string {
	if (calls === 0) return "nothing today";
	const estimated = estimatedUsd > 0 ? `, $${estimatedUsd.toFixed(2)} of it estimated` : "";
	return `${showUsd(usd)} today in ${calls} ${calls === 1 ? "call" : "calls"}${estimated}`;
}

/** Newest first. */
function alerts({ alerts: all }: Status, times: Times, paint: Paint, width: number): string[] {
	const newest = all.slice(-linesMax).reverse();
	if (newest.length === 0) return ["none"];
	const rows = newest.flatMap(({ at, severity, message }): Cell[][] => {
		const [first = "", ...more] = wrap(oneLine(message), width - alertIndent, alertLinesMax);
		const severityPaint = { error: paint.red, warning: paint.yellow, note: paint.dim }[severity];
		return [
			[{ text: times.age(at) }, { text: severity, paint: severityPaint }, { text: first }],
			...more.map((line) => [{ text: "" }, { text: "" }, { text: line }]),
		];
	});
	return table(rows, width);
}

function log({ log: { head, lastAt, bytes, segments } }: Status, times: Times): string {
	if (head === null) return "empty";
	const last = lastAt === null ? "" : `, last ${times.age(lastAt)} ago`;
	const files = segments === 1 ? "" : ` in ${segments} segments`;
	return `${head.seq} ${head.seq === 1 ? "entry" : "entries"}${last}, ${showBytes(bytes)}${files}, head ${head.hash.slice(0, hashShown)}`;
}

function nextLines({ next }: Status, paint: Paint, width: number, elsewhere: string | undefined): string[] {
	if (next.length === 0) return [];
	const steps = next.flatMap(({ why, do: action }) => {
		const [reason, command] = [oneLine(why), oneLine(action)];
		const fits = reason.length + command.length + 4 <= width;
		return fits ? [`  ${reason}: ${paint.bold(command)}`] : [`  ${reason}:`, `    ${paint.bold(command)}`];
	});
	return [elsewhere === undefined ? "What to do:" : `What to do, in ${elsewhere}:`, ...steps];
}

function signPaint(sign: Sign, paint: Paint): (text: string) => string {
	const paints: Record<Sign, (text: string) => string> = {
		running: paint.green,
		starting: paint.cyan,
		silent: paint.yellow,
		gone: paint.red,
		parked: paint.red,
		stopped: paint.dim,
		absent: paint.dim,
	};
	return paints[sign];
}

function dim(text: string, paint: Paint): Cell {
	return { text, paint: paint.dim };
}

/** ralph-2 before ralph-10. */
function naturally(a: string, b: string): number {
	return a.localeCompare(b, "en", { numeric: true });
}

const labelWidth = 9;
/** The longest name of ours is session-doctor; a longer one of somebody's is cut. */
const nameWidth = 16;
const linesMax = 3;
/** The most that age and severity take, with the gaps. */
const alertIndent = 16;
const alertLinesMax = 3;
const questionLinesMax = 2;
/** Enough to compare by eye; `log verify` prints all of it. */
const hashShown = 12;
