/**
 * What an agent is told of the others: what they did, what is under way, and what was thrown away and why. Made by code
 * from the log, bounded in characters, the newest first.
 */
import { type Entry, type FactoryState, oneLine, toMs } from "@shopfloor/core";
import type { FileFloor } from "@shopfloor/core/io";

/** A page; more is not read with care. */
const digestMax = 5_000;
const lineMax = 300;

export function digestOf(entries: readonly Entry[], { work }: FactoryState, session: string): string {
	const newest = [...entries].reverse();
	const under = Object.entries(work.cycles)
		.filter(([name, { title }]) => name !== session && title !== undefined)
		.map(([name, { title, step, files }]) => `${name} is at "${title}" (${step})${filesIn(files)}`);
	const done = newest.flatMap((entry) => doneLine(entry, titlesIn(entries)) ?? []);
	const discarded = newest.flatMap((entry) => discardedLine(entry, titlesIn(entries)) ?? []);
	return bounded([
		["In flight, to be left alone", under],
		["Discarded or rejected, and why", discarded],
		["Done by others and by you", done],
	]);
}

function doneLine(entry: Entry, titles: ReadonlyMap<string, string>): string | undefined {
	if (entry.type === "change_landed") return `landed: ${titles.get(entry.data.change) ?? entry.data.change}`;
	if (entry.type === "ralph_cycle" && entry.data.outcome === "pushed")
		return `in review: ${entry.data.title ?? ""} (${entry.data.session}: ${entry.data.reason})`;
	return undefined;
}

function discardedLine(entry: Entry, titles: ReadonlyMap<string, string>): string | undefined {
	if (entry.type === "change_rejected")
		return `rejected: ${titles.get(entry.data.change) ?? entry.data.change}: ${entry.data.reasons.join("; ")}`;
	if (entry.type === "change_reverted")
		return `taken back: ${titles.get(entry.data.change) ?? entry.data.change}: ${entry.data.reason}`;
	if (entry.type === "task_settled" && entry.data.outcome === "set-aside")
		return `set aside: ${entry.data.task}: ${entry.data.reason}`;
	if (entry.type !== "ralph_cycle" || !["discarded", "failed"].includes(entry.data.outcome)) return undefined;
	return `${entry.data.outcome}: ${entry.data.title ?? "a cycle"} (${entry.data.session}): ${entry.data.reason}`;
}

/** By change. */
function titlesIn(entries: readonly Entry[]): ReadonlyMap<string, string> {
	return new Map(
		entries.flatMap((entry) =>
			entry.type === "ralph_cycle" && entry.data.change !== undefined && entry.data.title !== undefined
				? [[entry.data.change, entry.data.title] as const]
				: [],
		),
	);
}

function filesIn(files: readonly string[] | undefined): string {
	return files === undefined || files.length === 0 ? "" : `, in ${files.slice(0, 5).join(", ")}`;
}

/** Each part gets what the parts before it left. */
function bounded(parts: readonly (readonly [title: string, lines: readonly string[]])[]): string {
	let left = digestMax;
	const texts = parts.flatMap(([title, lines]) => {
		const kept: string[] = [];
		for (const line of lines.map((each) => `- ${oneLine(each).slice(0, lineMax)}`)) {
			if (line.length > left) break;
			left -= line.length + 1;
			kept.push(line);
		}
		return kept.length === 0 ? [] : [`${title}:\n${kept.join("\n")}`];
	});
	return texts.join("\n\n");
}

/** Why a task was turned away before, oldest first. */
export async function earlierAttempts({ log }: Pick<FileFloor, "log">, task: string | null): Promise<string[]> {
	if (task === null) return [];
	const entries = await log.last(recentRead, { type: ["ralph_cycle", "change_rejected"] });
	const changes = new Set<string>();
	return entries
		.flatMap((entry) => {
			if (entry.type === "change_rejected" && changes.has(entry.data.change)) return [entry.data.reasons.join("; ")];
			if (entry.type !== "ralph_cycle" || entry.data.task !== task) return [];
			if (entry.data.change !== undefined) changes.add(entry.data.change);
			return ["discarded", "failed"].includes(entry.data.outcome) ? [entry.data.reason] : [];
		})
		.slice(-attemptsTold);
}

/** A task is set aside after three. */
const attemptsTold = 3;

/** Once may be chance. */
function isFailedAgain(title: string, entries: readonly Entry[]): boolean {
	const failed = entries.filter(
		({ type, data }) => type === "ralph_cycle" && data.title === title && data.outcome === "failed",
	);
	return failed.length > 1;
}

const recentMs = 24 * 60 * 60_000;
const recentRead = 300;

/** What came to an end lately, by title: not worth proposing again. What was only called off may be tried again. */
export async function recentTitles({ log }: Pick<FileFloor, "log">): Promise<string[]> {
	const entries = await log.last(recentRead, { type: ["ralph_cycle"] });
	const newest = toMs(entries.at(-1)?.ts ?? "");
	const titles = entries.flatMap((entry) =>
		entry.type === "ralph_cycle" &&
		entry.data.title !== undefined &&
		(["pushed", "discarded", "idle"].includes(entry.data.outcome) || isFailedAgain(entry.data.title, entries)) &&
		newest - toMs(entry.ts) <= recentMs
			? [entry.data.title]
			: [],
	);
	return [...new Set(titles)].sort();
}
