/** What a run of Codex came to. It exits with 0 when every command it ran had failed, and never checks an answer. */
import { fitsText } from "../answer/fits.ts";
import type { JsonSchema } from "../port/job.ts";
import type { Ending } from "../port/outcome.ts";
import type { ProgramEnd } from "../program/dialect.ts";
import { asNumber, type JsonObject } from "../program/json-line.ts";
import { lastWords } from "../program/last-words.ts";
import { troubleOf } from "../program/trouble.ts";

export interface CodexHeard {
	readonly thread: string | undefined;
	readonly text: string | undefined;
	/** Whether it ran a command or changed a file. */
	readonly did: boolean;
	/** Set when the turn came to its end. */
	readonly usage: JsonObject | undefined;
	/** The word with which the turn failed. */
	readonly failure: string | undefined;
	readonly denied: readonly string[];
}

export function codexEnding(heard: CodexHeard, end: ProgramEnd, answer: JsonSchema | undefined): Ending {
	const { failure, usage, text, did, denied } = heard;
	if (failure !== undefined) return troubleOf({ text: failure });
	if (usage === undefined || end.child.kind !== "exited" || end.child.code !== 0) {
		const detail = lastWords(end);
		const isUnknown = /no rollout found|thread .*not found|already .*in use|is locked/i.test(detail);
		return { kind: "failed", code: isUnknown ? "conversation" : "crashed", detail };
	}
	if (text === undefined && !did)
		return { kind: "incomplete", code: "answer", detail: "it said nothing and did nothing" };
	const rest = { text: text ?? "", ...(denied.length === 0 ? {} : { denied }) };
	if (answer === undefined) return { kind: "done", ...rest };
	// The provider is told the form, and nobody there checks the answer.
	const fit = fitsText(rest.text, answer);
	if (fit.kind === "unfit") return { kind: "incomplete", code: "answer", detail: fit.detail };
	return { kind: "done", ...rest, data: fit.data };
}

/** As the program counts: over the whole thread. */
export function codexCounts(usage: JsonObject): { inputTokens: number; cachedTokens: number; outputTokens: number } {
	return {
		inputTokens: asNumber(usage["input_tokens"]) ?? 0,
		cachedTokens: asNumber(usage["cached_input_tokens"]) ?? 0,
		outputTokens: asNumber(usage["output_tokens"]) ?? 0,
	};
}
