/** What Claude Code's stream says: who is awake, what a person wants to see, and the last word. */
import type { JsonSchema } from "../port/job.ts";
import type { Ending } from "../port/outcome.ts";
import type { Dialect, ProgramEnd } from "../program/dialect.ts";
import { asNumber, asObject, asText, type JsonObject, jsonLine } from "../program/json-line.ts";
import { type ClaudeHeard, claudeEnding } from "./ending.ts";
import { claudeShown } from "./shown.ts";

export class ClaudeDialect implements Dialect {
	readonly #answer: JsonSchema | undefined;
	#result: JsonObject | undefined;
	#version: string | undefined;
	#session: string | undefined;
	#resetsAt: number | undefined;
	#apiError: string | undefined;
	unknown = 0;
	awake = false;
	/** It counts its turns itself. */
	readonly steps = 0;

	constructor(answer: JsonSchema | undefined) {
		this.#answer = answer;
	}

	hear(line: string): readonly string[] {
		const event = jsonLine(line);
		if (event === undefined) return [];
		switch (event["type"]) {
			case "system":
				this.#system(event);
				break;
			case "assistant":
				this.awake ||= !isMadeUp(event);
				this.#apiError = asText(event["error"]) ?? this.#apiError;
				break;
			case "user":
			case "stream_event":
				this.awake = true;
				break;
			case "rate_limit_event":
				this.#resetsAt = asNumber(asObject(event["rate_limit_info"])?.["resetsAt"]) ?? this.#resetsAt;
				break;
			case "result":
				this.#result = event;
				break;
			default:
				this.unknown++;
		}
		return claudeShown(event);
	}

	get finished(): boolean {
		return this.#result !== undefined;
	}

	ending(end: ProgramEnd): Ending {
		return claudeEnding(this.heard, end, this.#answer);
	}

	get heard(): ClaudeHeard {
		return {
			result: this.#result,
			version: this.#version,
			session: this.#session,
			resetsAt: this.#resetsAt,
			apiError: this.#apiError,
		};
	}

	#system(event: JsonObject): void {
		if (event["subtype"] !== "init") return;
		// Woken again it works on: what it said before was not the last word.
		this.#result = undefined;
		this.#version = asText(event["claude_code_version"]) ?? this.#version;
		this.#session = asText(event["session_id"]) ?? this.#session;
	}
}

/** What the program says in the model's place, as when it could not reach it. */
function isMadeUp(event: JsonObject): boolean {
	return asObject(event["message"])?.["model"] === "<synthetic>";
}
