/** What a person sees of Claude Code at work: one line for each thing it does. */
import { counted } from "../program/counted.ts";
import { asNumber, asObject, asObjects, asText, type JsonObject } from "../program/json-line.ts";
import { shortened } from "../program/shortened.ts";

export function claudeShown(event: JsonObject): readonly string[] {
	switch (event["type"]) {
		case "system":
			return system(event);
		case "assistant":
			return asObjects(asObject(event["message"])?.["content"]).flatMap(said);
		case "user":
			return asObjects(asObject(event["message"])?.["content"]).flatMap(came);
		case "result":
			return [result(event)];
		default:
			return [];
	}
}

function system(event: JsonObject): readonly string[] {
	if (event["subtype"] === "init")
		return [
			`· ${asText(event["model"]) ?? "a model"}, Claude Code ${asText(event["claude_code_version"]) ?? "of an unknown version"}`,
		];
	if (event["subtype"] !== "api_retry") return [];
	const status = event["error_status"] ?? "no answer";
	const seconds = Math.round((asNumber(event["retry_delay_ms"]) ?? 0) / 1000);
	return [
		`! the provider said ${String(status)}; try ${String(event["attempt"])} of ${String(event["max_retries"])} in ${seconds} s`,
	];
}

function said(block: JsonObject): readonly string[] {
	switch (block["type"]) {
		case "text":
			return shortened(asText(block["text"]) ?? "");
		case "tool_use":
			return [`→ ${asText(block["name"]) ?? "a tool"} ${about(asObject(block["input"]) ?? {})}`.trimEnd()];
		default:
			return [];
	}
}

/** The one thing about a call that tells what it does. */
function about(input: JsonObject): string {
	const value = ["command", "file_path", "path", "pattern", "description"]
		.map((key) => asText(input[key]))
		.find(Boolean);
	return shortened(value ?? "").at(0) ?? "";
}

function came(block: JsonObject): readonly string[] {
	if (block["type"] !== "tool_result") return [];
	const text =
		asText(block["content"]) ??
		asObjects(block["content"])
			.map((part) => asText(part["text"]) ?? "")
			.join("\n");
	const first = shortened(text).at(0) ?? "";
	return [`${block["is_error"] === true ? "✗" : "←"} ${first}`.trimEnd()];
}

function result(event: JsonObject): string {
	const usd = asNumber(event["total_cost_usd"]);
	const turns = asNumber(event["num_turns"]);
	const how = event["is_error"] === true ? `ended: ${asText(event["subtype"]) ?? "an error"}` : "done";
	return `= ${how}${turns === undefined ? "" : `, ${counted(turns, "turn")}`}${usd === undefined ? "" : `, $${usd.toFixed(4)} in this conversation`}`;
}
