/** One calm screen of 80 columns. Pure. */
import { cut, oneLine, showDuration, toMs } from "@shopfloor/core";
import type { Paint } from "../paint.ts";
import type { Times } from "../times.ts";
import { wrap } from "../wrap.ts";
import type { News, Story } from "./story.ts";

export interface Look {
	readonly nowMs: number;
	readonly beganMs: number;
	readonly sessions: readonly string[];
	readonly paint: Paint;
	readonly times: Times;
	readonly columns: number;
	readonly rows: number;
}

export function screenLines(story: Story, look: Look): string[] {
	const { paint, columns, rows, nowMs, beganMs } = look;
	const title = "Shopfloor at work on a copy of its sample, with the built-in agent";
	const clock = minutesAndSeconds(nowMs - beganMs);
	const head = [
		paint.bold(`${title}${clock.padStart(Math.max(1, columns - title.length))}`),
		"",
		...look.sessions.map((session) => sessionLine(story, session, look)),
		"",
		...countLines(story, paint),
		"",
	];
	const foot = ["", paint.dim("Ctrl-C ends the watching, not the factory. npm stop ends the factory.")];
	const room = Math.max(3, rows - head.length - foot.length);
	return [...head, ...newest(story.news, look, room), ...foot];
}

/** As many whole events as there is room for. */
function newest(news: readonly News[], look: Look, room: number): string[] {
	const lines: string[] = [];
	for (const one of [...news].reverse()) {
		const added = newsLines(one, look);
		if (lines.length + added.length > room) break;
		lines.unshift(...added);
	}
	return lines;
}

function sessionLine({ state }: Story, session: string, { nowMs, columns, paint }: Look): string {
	const cycle = state.work.cycles[session];
	const name = `  ${session.padEnd(9)} `;
	if (cycle === undefined) return `${name}${paint.dim("between two cycles")}`;
	const age = showDuration(nowMs - toMs(cycle.at));
	const what = cycle.title === undefined ? "" : oneLine(cycle.title);
	const room = columns - name.length - 10 - age.length - 1;
	return `${name}${paint.yellow(cycle.step.padEnd(9))} ${cut(what, room).padEnd(room)} ${paint.dim(age)}`;
}

function countLines({ errors, failing, pushed, landed, discarded, rejected }: Story, paint: Paint): string[] {
	return [
		`  compiler errors  ${fall(errors, paint)}`,
		`  failing tests    ${fall(failing, paint)}`,
		`  branches pushed  ${pushed}   landed ${paint.green(String(landed))}   discarded ${discarded}   rejected ${rejected}`,
	];
}

function fall(counts: Story["errors"], paint: Paint): string {
	if (counts === undefined) return paint.dim("being counted…");
	const [first, now] = counts;
	const bar = "█".repeat(now) + paint.dim("·".repeat(Math.max(0, first - now)));
	return `${String(first).padStart(2)} → ${String(now).padEnd(2)}  ${bar}`;
}

/** One line, and where it needs a reason that below: it is what a person wants to read. */
export function newsLines({ at, kind, title, why }: News, { times, paint, columns }: Look): string[] {
	const indent = 23;
	const room = Math.max(20, columns - indent);
	const colour = {
		pushed: paint.dim,
		landed: paint.green,
		discarded: paint.yellow,
		rejected: paint.yellow,
		trouble: paint.red,
	}[kind];
	const line = `  ${paint.dim(times.moment(at).slice(-8))}  ${colour(kind.padEnd(9))}  ${cut(oneLine(title), room)}`;
	const reason = why === "" ? [] : wrap(oneLine(why), room, 2);
	return [line, ...reason.map((text) => `${" ".repeat(indent)}${paint.dim(text)}`)];
}

function minutesAndSeconds(ms: number): string {
	const seconds = Math.floor(Math.max(0, ms) / 1_000);
	return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

export interface EndLook extends Look {
	readonly project: string;
	readonly enough: boolean;
}

/** What happened, where it is to be seen, and the next three commands. */
export function endLines(story: Story, look: EndLook): string[] {
	const { paint, beganMs, nowMs, project, enough } = look;
	const { landed, discarded, rejected } = story;
	const traps = story.news.filter(({ kind }) => kind === "discarded" || kind === "rejected").slice(-3);
	return [
		paint.bold(
			enough
				? `In ${minutesAndSeconds(nowMs - beganMs)} min its sessions landed ${landed} changes on main; each was tested as the tree that landed.`
				: `So far, in ${minutesAndSeconds(nowMs - beganMs)} min: ${landed} landed, ${discarded} discarded, ${rejected} rejected.`,
		),
		"",
		...countLines(story, paint),
		...(traps.length === 0
			? []
			: ["", "What did not pass, and why:", ...traps.flatMap((news) => newsLines(news, look))]),
		"",
		"It goes on working until you say npm stop. What landed:",
		`  git -C ${project} log --oneline`,
		"",
		"What next:",
		"  npx shopfloor status --watch     what it does, live",
		"  npx shopfloor report             what came of it, and why",
		"  npx shopfloor init               your own repository",
	];
}
