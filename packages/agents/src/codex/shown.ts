/** What a person sees of Codex at work: one line for each thing it does. */
import { asObject, asObjects, asText, type JsonObject } from "../program/json-line.ts";
import { shortened } from "../program/shortened.ts";

export function codexShown(event: JsonObject): readonly string[] {
	switch (event["type"]) {
		case "thread.started":
			return ["· Codex"];
		case "item.started":
			return started(asObject(event["item"]) ?? {});
		case "item.completed":
			return completed(asObject(event["item"]) ?? {});
		case "error":
			return shortened(`! ${asText(event["message"]) ?? "an error"}`);
		case "turn.completed":
			return ["= done"];
		case "turn.failed":
			return shortened(`= ended: ${asText(asObject(event["error"])?.["message"]) ?? "an error"}`);
		default:
			return [];
	}
}

function started(item: JsonObject): readonly string[] {
	if (item["type"] === "command_execution") return shortened(`→ ${asText(item["command"]) ?? "a command"}`);
	return item["type"] === "mcp_tool_call" ? shortened(`→ ${asText(item["tool"]) ?? "a tool"}`) : [];
}

function completed(item: JsonObject): readonly string[] {
	switch (item["type"]) {
		case "agent_message":
			return shortened(asText(item["text"]) ?? "");
		case "command_execution": {
			const first = shortened(asText(item["aggregated_output"]) ?? "").at(0) ?? "";
			return [`${item["exit_code"] === 0 ? "←" : "✗"} ${first}`.trimEnd()];
		}
		case "file_change": {
			const sign = item["status"] === "completed" ? "→" : "✗";
			return asObjects(item["changes"]).flatMap((change) =>
				shortened(`${sign} ${asText(change["kind"]) ?? "change"} ${asText(change["path"]) ?? "a file"}`),
			);
		}
		case "error":
			return shortened(`! ${asText(item["message"]) ?? "a warning"}`);
		default:
			return [];
	}
}
