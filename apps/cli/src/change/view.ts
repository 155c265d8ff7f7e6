/** A change as whoever decides about it wants to see it. Pure. */
import { type Entry, oneLine, plainText, showDuration, showUsd } from "@shopfloor/core";
import type { ChangeStory, KnownChange } from "@shopfloor/core/person";
import { counted } from "../counted.ts";
import { invocation } from "../examples.ts";
import { findingLines } from "../gate/check-view.ts";
import { labelled } from "../labelled.ts";
import type { Paint } from "../paint.ts";
import { storyLines } from "../story-lines.ts";
import { type Cell, table } from "../table.ts";
import { type Times, timesFor } from "../times.ts";
import { wrap } from "../wrap.ts";
import type { Seen } from "./git.ts";
import { paintOfChange } from "./paint-of-change.ts";

export interface Look {
	readonly paint: Paint;
	readonly timeZone: string;
	readonly width: number;
	readonly nowMs: number;
}

export interface ChangeSight extends Omit<ChangeStory, "entries"> {
	readonly change: KnownChange;
	/** What was measured for its receipt; null where there is none, or it is not here any more. */
	readonly checks:
		| readonly {
				readonly name: string;
				readonly errors: number;
				readonly passed: number;
				readonly failed: number;
				readonly skipped: number;
		  }[]
		| null;
	readonly git: Seen;
	readonly story: readonly Entry[];
}

export function changeLines(sight: ChangeSight, look: Look): string[] {
	const times = timesFor(look.nowMs, look.timeZone);
	const blocks = [
		[...headLines(sight.change, times, look), ...measuredLines(sight, look)],
		questionLines(sight, times, look),
		reviewLines(sight, look),
		ruleLines(sight, look),
		storyLines(sight.story, times, look.paint, look.width),
		diffLines(sight, look),
	];
	return blocks.filter((block) => block.length > 0).flatMap((block, index) => (index === 0 ? block : ["", ...block]));
}

/** What it is, where it comes from and how large it is. */
export function headLines(change: KnownChange, times: Times, { paint, width }: Look): string[] {
	const { id, status, session, task, branch, commit, base, title, created, changed, files, size, usd } = change;
	const from = [session ?? "a person", ...(task === null ? [] : [`on ${task}`])].join(" ");
	const on = base === null ? "" : `, on ${base.slice(0, shownHash)}`;
	const facts = [
		...(files === null ? [] : [counted(files.length, "file")]),
		...(size == null ? [] : [`+${size.added} -${size.removed}`]),
		...(usd === null ? [] : [showUsd(usd)]),
		`pushed ${times.clock(created)} (${times.age(created)})`,
	];
	return [
		`${oneLine(id)}  ${paintOfChange(status, paint)(status)} for ${times.age(changed)}, by ${oneLine(from)}`,
		...(title === null ? [] : wrap(oneLine(title), width, titleLinesMax).map((line) => paint.bold(line))),
		`${oneLine(branch)} at ${commit.slice(0, shownHash)}${on}`,
		facts.join(", "),
		...labelled("because  ", change.reasons.join("; "), { width, linesMax: reasonLinesMax, paint: paint.dim }),
	];
}

/** What its cycle measured, and what was proven of it. */
function measuredLines({ cycle, receipt, checks }: ChangeSight, { paint, width }: Look): string[] {
	const { before, after, steps } = cycle ?? {};
	const took = Object.entries(steps ?? {}).flatMap(([step, ms]) =>
		ms === undefined ? [] : [`${step} ${showDuration(ms)}`],
	);
	const errors =
		before && after
			? [`errors ${before.errors} → ${after.errors}`, `failing tests ${before.failingTests} → ${after.failingTests}`]
			: [];
	const proven = (checks ?? []).map(
		({ name, errors: found, passed, failed, skipped }) =>
			`${name} ${[
				found > 0 || passed + failed + skipped === 0 ? counted(found, "error") : "",
				passed > 0 ? `${passed} passed` : "",
				failed > 0 ? `${failed} failed` : "",
				skipped > 0 ? `${skipped} skipped` : "",
			]
				.filter((part) => part !== "")
				.join(", ")}`,
	);
	return [
		...labelled("verdict  ", errors.join(", "), { width, paint: paint.dim }),
		...labelled("steps    ", took.join(", "), { width, paint: paint.dim }),
		...labelled("receipt  ", receipt === null ? "" : [receipt, ...proven].join("; "), { width, paint: paint.dim }),
	];
}

function questionLines({ change: { id }, question }: ChangeSight, times: Times, { paint, width }: Look): string[] {
	if (question === null) return [];
	const { state, expires, answer } = question;
	const words = wrap(oneLine(question.question), width - 2, questionLinesMax).map((line) => `  ${line}`);
	switch (state) {
		case "open":
			return [
				paint.yellow(
					`A person is asked, until ${times.clock(expires)}, about commit ${question.commit.slice(0, shownHash)}:`,
				),
				...words,
				`  ${paint.bold(`${invocation} approve ${oneLine(id)}`)}`,
				`  ${paint.bold(`${invocation} reject ${oneLine(id)} --note "why"`)}`,
			];
		case "answered":
			return [
				`A person was asked, and ${oneLine(answer?.by ?? "somebody")} said ${answer?.answer ?? "something"} (${times.age(answer?.at ?? "")} ago):`,
				...words,
				...labelled("  note: ", answer?.note ?? "", { width }),
			];
		case "expired":
			return [
				paint.yellow(`A person was asked until ${times.clock(expires)}, and nobody answered:`),
				...words,
				`  asked anew with: ${paint.bold(`${invocation} review ${oneLine(id)}`)}`,
			];
	}
}

function reviewLines({ review }: ChangeSight, { paint, width }: Look): string[] {
	if (review === null) return [];
	const { decision, reason, criteria, commit } = review;
	const paints = { approved: paint.green, rejected: paint.red, asked: paint.yellow };
	const rows = criteria.map(({ name, met, reason: why }): Cell[] => [
		{ text: met ? "  yes" : "  no", paint: met ? paint.green : paint.red },
		{ text: oneLine(name) },
		{ text: oneLine(why) },
	]);
	return [
		...labelled("review   ", `${decision} at ${commit.slice(0, shownHash)}: ${reason}`, {
			width,
			linesMax: reasonLinesMax,
			paint: paints[decision],
		}),
		...table(rows, width),
	];
}

function ruleLines({ git }: ChangeSight, { paint, width }: Look): string[] {
	if (git.kind === "unseen") return [];
	if (git.unread !== undefined) return labelled("rules    ", `they could not read it: ${git.unread}`, { width });
	if (git.findings.length === 0) return [`${paint.dim("rules    ")}none has anything to say`];
	return [paint.dim("rules"), ...findingLines(git.findings, { paint, width })];
}

function diffLines({ git }: ChangeSight, { paint, width }: Look): string[] {
	if (git.kind === "unseen") return labelled("no diff  ", git.why, { width, paint: paint.dim });
	if (git.diff === "") return [`${paint.dim("no diff  ")}it changes nothing`];
	const lines = plainText(git.diff).split("\n");
	const shown = lines.slice(0, diffLinesMax).map((line) => paintOfLine(line, paint)(line));
	if (lines.length === shown.length) return shown;
	return [...shown, paint.yellow(`and ${lines.length - shown.length} more lines; --json has all of them`)];
}

function paintOfLine(line: string, paint: Paint): (text: string) => string {
	if (/^(diff|index|---|\+\+\+|new file|deleted file|rename|similarity|old mode|new mode) ?/.test(line))
		return paint.bold;
	if (line.startsWith("+")) return paint.green;
	if (line.startsWith("-")) return paint.red;
	return line.startsWith("@@") ? paint.cyan : String;
}

/** Enough to tell commits apart by eye. */
export const shownHash = 12;
const titleLinesMax = 4;
/** As long as the log takes one. */
const questionLinesMax = 40;
const reasonLinesMax = 6;
/** What one reads in a terminal; a larger change is read elsewhere. */
const diffLinesMax = 600;
