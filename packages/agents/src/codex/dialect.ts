/** What Codex's stream says. */
import type { JsonSchema } from "../port/job.ts";
import type { Ending } from "../port/outcome.ts";
import type { Dialect, ProgramEnd } from "../program/dialect.ts";
import { asObject, asText, type JsonObject, jsonLine } from "../program/json-line.ts";
import { type CodexHeard, codexEnding } from "./ending.ts";
import { codexShown } from "./shown.ts";

export class CodexDialect implements Dialect {
	readonly #answer: JsonSchema | undefined;
	#thread: string | undefined;
	#text: string | undefined;
	#usage: JsonObject | undefined;
	#failure: string | undefined;
	#denied: string[] = [];
	unknown = 0;
	awake = false;
	steps = 0;

	constructor(answer: JsonSchema | undefined) {
		this.#answer = answer;
	}

	hear(line: string): readonly string[] {
		const event = jsonLine(line);
		if (event === undefined) return [];
		switch (event["type"]) {
			case "thread.started":
				this.#thread = asText(event["thread_id"]);
				break;
			case "turn.started":
			// It tries again by itself, or fails and says so.
			case "error":
				break;
			case "item.started":
			case "item.updated":
			case "item.completed":
				this.#item(event["type"], asObject(event["item"]) ?? {});
				break;
			case "turn.completed":
				this.#usage = asObject(event["usage"]) ?? {};
				break;
			case "turn.failed":
				this.#failure = asText(asObject(event["error"])?.["message"]) ?? "it did not say why";
				break;
			default:
				this.unknown++;
		}
		return codexShown(event);
	}

	get finished(): boolean {
		return this.#usage !== undefined || this.#failure !== undefined;
	}

	ending(end: ProgramEnd): Ending {
		return codexEnding(this.heard, end, this.#answer);
	}

	get heard(): CodexHeard {
		return {
			thread: this.#thread,
			text: this.#text,
			did: this.steps > 0,
			usage: this.#usage,
			failure: this.#failure,
			denied: this.#denied,
		};
	}

	#item(type: string, item: JsonObject): void {
		// A warning of the program's own is no sign of the model.
		if (item["type"] === "error") return;
		this.awake = true;
		if (type !== "item.completed") return;
		if (item["type"] === "agent_message") this.#text = asText(item["text"]);
		if (item["type"] === "command_execution" || item["type"] === "file_change" || item["type"] === "mcp_tool_call")
			this.steps++;
		if (item["status"] === "declined") this.#denied.push(asText(item["command"]) ?? String(item["type"]));
	}
}
