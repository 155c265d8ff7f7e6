/** The report as text of 80 columns that can be read as it is, and pasted where markdown is shown. Pure. */
import { oneLine, showDuration, showUsd, toMs } from "@shopfloor/core";
import { counted } from "../counted.ts";
import { invocation } from "../examples.ts";
import { table } from "../table.ts";
import { timesFor } from "../times.ts";
import { wrap } from "../wrap.ts";
import type { Counted, Report } from "./report.ts";

export function reportLines(report: Report, timeZone: string): string[] {
	const blocks = [
		[titleOf(report, timeZone)],
		[...wrap(summaryOf(report), width, summaryLinesMax)],
		cycleLines(report),
		changeLines(report),
		moneyLines(report),
		taskLines(report),
		sessionLines(report),
		report.isCut ? ["Only the newest entries of this time were counted; ask for less of it."] : [],
	];
	return blocks.filter((block) => block.length > 0).flatMap((block, index) => (index === 0 ? block : ["", ...block]));
}

function titleOf({ since, at }: Report, timeZone: string): string {
	const times = timesFor(toMs(at), timeZone);
	const short = (instant: string) => times.moment(instant).slice(0, "01-31 08:00".length);
	return `# Report of ${showDuration(toMs(at) - toMs(since))}: ${short(since)} to ${short(at)}`;
}

/** What one would say if asked for a single sentence. */
function summaryOf({ cycles, changes, spent }: Report): string {
	if (cycles.all + changes.pushed + changes.landed + changes.byHand + spent.calls === 0)
		return "Nothing was worked on in this time.";
	const money = spent.calls === 0 ? "without a call of an agent" : `for ${showUsd(spent.usd)}`;
	const each = spent.perLandedUsd === null || spent.usd === 0 ? "" : `, ${showUsd(spent.perLandedUsd)} each`;
	return `${counted(cycles.all, "cycle")}; ${counted(changes.landed, "change")} landed ${money}${each}.${survivalOf(changes)}`;
}

function survivalOf({ landed, standing }: Report["changes"]): string {
	if (landed === 0) return "";
	if (standing < landed) return ` ${standing} of them still ${standing === 1 ? "stands" : "stand"}.`;
	return landed === 1 ? " It still stands." : " All of them still stand.";
}

function cycleLines({ cycles, discarded, failed }: Report): string[] {
	if (cycles.all === 0) return [];
	const outcomes = (["pushed", "discarded", "idle", "limited", "failed"] as const).filter((name) => cycles[name] > 0);
	return [
		`## Cycles: ${cycles.all}`,
		"",
		...outcomes.flatMap((name) => [
			`- ${cycles[name]} ${name}`,
			...(name === "discarded" ? reasonLines(discarded) : name === "failed" ? reasonLines(failed) : []),
		]),
	];
}

function changeLines({ changes, rejected }: Report): string[] {
	const { pushed, landed, byHand, reverted, standing } = changes;
	if (pushed + landed + byHand + changes.rejected + reverted === 0) return [];
	const share = landed === 0 ? "" : `, ${Math.round((standing / landed) * 100)} % of which still stand`;
	return [
		"## Changes",
		"",
		`- ${pushed} pushed`,
		`- ${landed} landed${share}`,
		...(byHand > 0 ? [`- ${byHand} landed by hand`] : []),
		...(reverted > 0 ? [`- ${reverted} taken back`] : []),
		...(changes.rejected > 0 ? [`- ${changes.rejected} rejected`, ...reasonLines(rejected)] : []),
	];
}

function moneyLines({ spent: { usd, estimatedUsd, calls, perLandedUsd } }: Report): string[] {
	if (calls === 0) return [];
	const estimated = estimatedUsd > 0 ? `, ${showUsd(estimatedUsd)} of it estimated` : "";
	const each = perLandedUsd === null ? "nothing landed for it" : `${showUsd(perLandedUsd)} for each landed change`;
	return ["## Money", "", `- ${showUsd(usd)} in ${counted(calls, "call")}${estimated}`, `- ${each}`];
}

function taskLines({ tasks: { asked, done, setAside, openNow, setAsideNow } }: Report): string[] {
	if (asked + done + setAside + openNow + setAsideNow === 0) return [];
	const now = setAsideNow > 0 ? `, ${setAsideNow} set aside (${invocation} task ls --status set-aside)` : "";
	return [
		"## Tasks",
		"",
		`- ${asked} asked for, ${done} done, ${setAside} set aside in this time`,
		`- now ${openNow} open${now}`,
	];
}

function sessionLines({ sessions }: Report): string[] {
	if (sessions.length < 2) return [];
	const head = ["session", "cycles", "pushed", "landed", "spent"];
	const rows = sessions.map(({ name, cycles, pushed, landed, usd }) => [
		oneLine(name),
		...[String(cycles), String(pushed), String(landed), showUsd(usd)],
	]);
	const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => (row[column] ?? "").length)));
	const aligned = [head, ...rows].map((row) =>
		row.map((text, column) => ({ text: column === 0 ? text : text.padStart(widths[column] ?? 0) })),
	);
	return ["## Sessions", "", ...table(aligned, width).map((line) => `    ${line}`)];
}

function reasonLines(reasons: readonly Counted[]): string[] {
	const shown = reasons.slice(0, reasonsMax);
	const lines = shown.flatMap(({ what, count }) => {
		const mark = `  - ${count > 1 ? `${count} × ` : ""}`;
		return wrap(oneLine(what) || "no reason given", width - mark.length, reasonLinesMax).map((line, index) =>
			index === 0 ? `${mark}${line}` : `    ${line}`,
		);
	});
	const left = reasons.slice(reasonsMax).reduce((sum, { count }) => sum + count, 0);
	return left > 0 ? [...lines, `  - ${left} for other reasons; --json has all of them`] : lines;
}

const width = 80;
const summaryLinesMax = 4;
/** What comes up less often than these is no pattern. */
const reasonsMax = 6;
const reasonLinesMax = 3;
