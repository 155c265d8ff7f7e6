/** What a person reads of a run, when it is over. Pure. */
import type { Answered } from "@shopfloor/agents";
import { plainText } from "@shopfloor/core";
import type { Paint } from "../paint.ts";

/** `seen` is the last line that the same eyes saw of its life; an answer that is that line is not said again. */
export function outcomeLines(answered: Answered, paint: Paint, seen?: string): string[] {
	if (answered.kind === "nobody") return [];
	const { agent, outcome, usd, reused } = answered;
	const cost = reused
		? "nothing: the answer of an earlier call"
		: usd === 0
			? "nothing"
			: `$${usd.toFixed(4)}${isEstimate(answered) ? " (estimated)" : ""}`;
	const went = outcome.conversation === undefined ? [] : [`conversation ${outcome.conversation}; go on with --resume`];
	const tail = paint.dim([`${agent}, cost ${cost}`, ...went].join(" · "));
	if (outcome.kind === "done") {
		const denied = outcome.denied ?? [];
		return [
			...(outcome.data === undefined ? said(outcome.text, seen) : [JSON.stringify(outcome.data, null, "\t")]),
			...(denied.length === 0 ? [] : [paint.yellow(`it was not let: ${[...new Set(denied)].join(", ")}`)]),
			tail,
		];
	}
	const code = "code" in outcome ? ` (${outcome.code})` : "which" in outcome ? ` (${outcome.which})` : "";
	return [paint.red(`${outcome.kind}${code}: ${plainText(outcome.detail)}`), tail];
}

function said(text: string, seen: string | undefined): string[] {
	return text === seen ? [] : [plainText(text)];
}

function isEstimate(answered: Extract<Answered, { kind: "answered" }>): boolean {
	return answered.outcome.usage === null || answered.outcome.usage.estimated;
}
