/**
 * What a run of Claude Code came to. Neither its exit code nor its `subtype` is enough: interrupted it exits with 0, and
 * an API that failed is a "success". So: a last word that claims no error, an exit code of 0, and the answer that was
 * asked for.
 */
import { fits } from "../answer/fits.ts";
import type { JsonSchema } from "../port/job.ts";
import type { Ending, Usage } from "../port/outcome.ts";
import type { ProgramEnd } from "../program/dialect.ts";
import { asNumber, asObjects, asText, type JsonObject } from "../program/json-line.ts";
import { lastWords } from "../program/last-words.ts";
import { troubleOf } from "../program/trouble.ts";

export interface ClaudeHeard {
	/** The last `result`: a run that is woken again says several. */
	readonly result: JsonObject | undefined;
	readonly version: string | undefined;
	readonly session: string | undefined;
	/** Of the last refusal to serve; the result does not say when it ends. */
	readonly resetsAt: number | undefined;
	readonly apiError: string | undefined;
}

export function claudeEnding(heard: ClaudeHeard, end: ProgramEnd, answer: JsonSchema | undefined): Ending {
	const { result } = heard;
	if (result === undefined) return withoutLastWord(end);
	const detail = detailOf(result);
	switch (result["subtype"]) {
		case "error_max_turns":
			return { kind: "incomplete", code: "turns", detail };
		case "error_max_budget_usd":
			return { kind: "over-budget", detail };
		case "error_max_structured_output_retries":
			return { kind: "incomplete", code: "answer", detail };
	}
	if (result["is_error"] === true || result["subtype"] !== "success") return troubled(heard, result, detail);
	if (end.child.kind !== "exited" || end.child.code !== 0)
		return { kind: "failed", code: "crashed", detail: `after its last word: ${lastWords(end)}` };
	return done(result, answer);
}

function done(result: JsonObject, answer: JsonSchema | undefined): Ending {
	const denied = asObjects(result["permission_denials"]).map((denial) => asText(denial["tool_name"]) ?? "a tool");
	const rest = { text: asText(result["result"]) ?? "", ...(denied.length === 0 ? {} : { denied }) };
	if (answer === undefined) return { kind: "done", ...rest };
	// Never called, its tool for answers leaves no trace but this one.
	if (!("structured_output" in result))
		return { kind: "incomplete", code: "answer", detail: "it gave no answer of the form that was asked for" };
	const fit = fits(result["structured_output"], answer);
	if (fit.kind === "unfit") return { kind: "incomplete", code: "answer", detail: fit.detail };
	return { kind: "done", ...rest, data: fit.data };
}

function troubled(heard: ClaudeHeard, result: JsonObject, detail: string): Ending {
	if (result["stop_reason"] === "refusal") return { kind: "refused", code: "model", detail };
	if (result["stop_reason"] === "max_tokens") return { kind: "incomplete", code: "length", detail };
	if (isOfConversation(detail)) return { kind: "failed", code: "conversation", detail };
	if (result["subtype"] === "error_during_execution")
		return { kind: "failed", code: "crashed", detail: `it was interrupted: ${detail}` };
	return troubleOf({
		status: asNumber(result["api_error_status"]),
		text: `${heard.apiError ?? ""} ${detail}`,
		detail,
		resetsAtS: heard.resetsAt,
	});
}

function withoutLastWord(end: ProgramEnd): Ending {
	// Whoever calls it wrongly hears of it on the standard error alone.
	const said = lastWords(end);
	if (isOfConversation(said)) return { kind: "failed", code: "conversation", detail: said };
	return { kind: "failed", code: "crashed", detail: said };
}

function isOfConversation(text: string): boolean {
	return /No conversation found|already in use/i.test(text);
}

function detailOf(result: JsonObject): string {
	const errors = Array.isArray(result["errors"]) ? result["errors"].filter((error) => typeof error === "string") : [];
	return asText(result["result"]) ?? (errors.join("; ") || (asText(result["subtype"]) ?? "it did not say why"));
}

/** What the result says was used, as the program counts. */
export function claudeTotals(result: JsonObject | undefined): Totals | undefined {
	const usd = asNumber(result?.["total_cost_usd"]);
	if (result === undefined || usd === undefined) return undefined;
	const usage = (result["usage"] ?? {}) as JsonObject;
	const read = asNumber(usage["cache_read_input_tokens"]) ?? 0;
	const written = asNumber(usage["cache_creation_input_tokens"]) ?? 0;
	return {
		usd,
		inputTokens: (asNumber(usage["input_tokens"]) ?? 0) + read + written,
		cachedTokens: read,
		outputTokens: asNumber(usage["output_tokens"]) ?? 0,
	};
}

export type Totals = Omit<Usage, "estimated">;

/** The first version that is known to count over the whole conversation. Of one before it, or of none, all is charged. */
const totalsSince = [2, 1, 329] as const;

export function tellsTotals(version: string | undefined): boolean {
	const parts = version?.split(".").map(Number) ?? [];
	for (const [index, known] of totalsSince.entries()) {
		const part = parts[index] ?? Number.NaN;
		if (part !== known) return part > known;
	}
	return true;
}
