/** What is told without being asked for. What others wrote stands in code. Pure. */
import type { Entry } from "@shopfloor/core";
import { block, bold, lines, type Part, quoted, type Rich, rich } from "../chat/rich.ts";
import { sentenceOf } from "../sentences.ts";
import type { Times } from "../times.ts";
import type { News, Stream } from "./news.ts";

export function telling(stream: Exclude<Stream, "question">, news: readonly News[], times: Times): Rich {
	const said = [
		...together(
			news.map(({ entry }) => entry),
			times,
		),
	];
	return stream === "digest" ? lines(bold(digestHead(news)), ...said) : lines(...said);
}

/** The same again is counted, and not told again. */
function together(entries: readonly Entry[], times: Times): Part[] {
	const seen = new Map<string, { part: Part; count: number }>();
	for (const entry of entries) {
		const key = entry.type === "alert" ? `${entry.data.code} ${entry.data.subject ?? ""}` : String(entry.seq);
		const before = seen.get(key);
		if (before === undefined) seen.set(key, { part: lineOf(entry, times), count: 1 });
		else seen.set(key, { part: lineOf(entry, times), count: before.count + 1 });
	}
	return [...seen.values()].map(({ part, count }) => (count === 1 ? part : rich(part, ` (${count} times)`)));
}

function lineOf(entry: Entry, times: Times): Part {
	switch (entry.type) {
		case "alert":
			return rich(entry.data.severity === "error" ? bold("Error") : bold("Note"), " ", quoted(entry.data.message));
		case "trigger_done":
			return rich(
				`What you asked for (entry ${entry.data.trigger}) is `,
				bold(entry.data.outcome),
				detailOf(entry.data.detail),
			);
		case "paused":
			return rich(
				quoted(entry.by),
				` ${entry.data.kind === "stop" ? "stopped" : "paused"} `,
				scopeOf(entry.data.scope),
				": ",
				quoted(entry.data.reason),
			);
		case "resumed":
			return rich(quoted(entry.by), " lets ", scopeOf(entry.data.scope), " go on");
		case "change_landed":
			return rich(
				bold("Landed"),
				` at ${times.clock(entry.ts)}: `,
				quoted(entry.data.task ?? entry.data.change),
				` as ${entry.data.commit.slice(0, 12)}`,
			);
		case "team_standup":
			return lines(bold("The stand-up"), block(entry.data.summary));
		case "budget_reached":
			return rich(bold("Budget"), " ", quoted(sentenceOf(entry)), " See /cost");
		default:
			return quoted(sentenceOf(entry));
	}
}

function scopeOf(scope: string): Part {
	return scope === "all" ? "the factory" : quoted(scope);
}

function detailOf(detail: string | undefined): Part {
	return detail === undefined || detail === "" ? "" : rich(": ", quoted(detail));
}

function digestHead(news: readonly News[]): string {
	const count = (type: Entry["type"]) => news.filter(({ entry }) => entry.type === type).length;
	const parts = [
		`${count("change_landed")} landed`,
		...(count("change_rejected") === 0 ? [] : [`${count("change_rejected")} sent back`]),
		...(count("change_reverted") === 0 ? [] : [`${count("change_reverted")} taken back`]),
	];
	return parts.join(", ");
}

export function welcome(name: string): Rich {
	return lines(
		rich(bold("You are in"), ", ", quoted(name), "."),
		"/status shows how it goes, /help what you can tell me. Questions, errors and what landed come by themselves.",
	);
}
