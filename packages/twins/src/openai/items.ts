/** What a turn says, as the items of a response's output. */
import type { Call, Turn } from "../script/turn.ts";
import { newId } from "../serve/new-id.ts";
import { type OfferedTool, type Responses, toolsOf } from "./request.ts";

export type OutItem =
	| { type: "reasoning"; id: string; summary: { type: "summary_text"; text: string }[]; encrypted_content: string }
	| { type: "message"; id: string; status: string; role: "assistant"; content: Part[] }
	| ({ type: "function_call"; id: string; status: string; arguments: string } & Named)
	| ({ type: "custom_tool_call"; id: string; status: string; input: string } & Named);

export type Part =
	| { type: "output_text"; text: string; annotations: never[]; logprobs: never[] }
	| { type: "refusal"; refusal: string };

interface Named {
	call_id: string;
	name: string;
	/** Of the tool, where it is in one. */
	namespace?: string;
}

export function itemsFor({ thinking, text, calls = [], answer, stop }: Turn, request: Responses): OutItem[] {
	const tools = toolsOf(request);
	const items: OutItem[] = [];
	if (thinking !== undefined) items.push(reasoned(thinking));
	if (text !== undefined) items.push(message(stop === "refusal" ? { type: "refusal", refusal: text } : said(text)));
	if (answer !== undefined) items.push(message(said(JSON.stringify(answer))));
	return [
		...items,
		...calls.map((call) =>
			called(
				call,
				tools.find(({ name }) => name === call.name),
			),
		),
	];
}

function reasoned(text: string): OutItem {
	const encrypted_content = Buffer.from(`a twin's thought: ${text}`).toString("base64");
	return { type: "reasoning", id: newId("rs_"), summary: [{ type: "summary_text", text }], encrypted_content };
}

function said(text: string): Part {
	return { type: "output_text", text, annotations: [], logprobs: [] };
}

function message(part: Part): OutItem {
	return { type: "message", id: newId("msg_"), status: "completed", role: "assistant", content: [part] };
}

/** By a function, or by a tool that takes text, whichever is offered under that name. */
function called({ name, input, id }: Call, tool: OfferedTool | undefined): OutItem {
	const namespace = tool?.namespace === undefined ? {} : { namespace: tool.namespace };
	const named = { status: "completed", call_id: id ?? newId("call_"), name, ...namespace };
	if (typeof input === "string" && tool?.type !== "function") {
		return { type: "custom_tool_call", id: newId("ctc_"), input, ...named };
	}
	const text = typeof input === "string" ? input : JSON.stringify(input);
	return { type: "function_call", id: newId("fc_"), arguments: text, ...named };
}
