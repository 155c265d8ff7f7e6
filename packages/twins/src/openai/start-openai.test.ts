import { expect, test } from "vitest";
import type { Script, ScriptFunction } from "../script/script.ts";
import { ask, openaiHeaders, typesOf } from "../testing/ask.ts";
import { used } from "../testing/real.ts";
import { startOpenai } from "./start-openai.ts";

const asked = { model: "gpt-6.1-sol", input: [{ role: "user", content: [{ type: "input_text", text: "Hello." }] }] };
const tools = [
	{ type: "function", name: "exec_command", strict: false, parameters: { type: "object" } },
	{ type: "custom", name: "apply_patch", description: "Patches." },
];

test("a stream tells of each item, its parts and their pieces, and ends with the counts", async () => {
	const text = "Some words that are longer than one piece, with a 🦉 in them.";
	const usage = { input: 10, cached: 20, cacheWrite: 30, output: 40, reasoning: 5 };
	const { say, twin } = await aTwin([{ thinking: "Hm.", text, usage }]);
	const { events } = await say({ ...asked, stream: true });
	expect(typesOf(events)).toEqual([
		"response.created",
		"response.in_progress",
		"response.output_item.added",
		"response.reasoning_summary_part.added",
		"response.reasoning_summary_text.delta",
		"response.reasoning_summary_text.done",
		"response.reasoning_summary_part.done",
		"response.output_item.done",
		"response.output_item.added",
		"response.content_part.added",
		"response.output_text.delta",
		"response.output_text.done",
		"response.content_part.done",
		"response.output_item.done",
		"response.completed",
	]);
	expect(events.map(({ sequence_number }) => sequence_number)).toEqual(events.map((_, at) => at));
	expect(joined(events, "response.output_text.delta")).toBe(text);
	expect(events.at(-1)).toMatchObject({
		response: {
			status: "completed",
			output: [{ type: "reasoning" }, { type: "message", content: [{ type: "output_text", text }] }],
			usage: {
				input_tokens: 60,
				input_tokens_details: { cached_tokens: 20, cache_write_tokens: 30 },
				output_tokens: 40,
				output_tokens_details: { reasoning_tokens: 5 },
				total_tokens: 100,
			},
		},
	});
	expect(twin.faults).toEqual([]);
});

test("a call takes the way of the tool that is offered: a function's arguments, or text", async () => {
	const input = "*** Begin Patch\n*** End Patch\n";
	const { say } = await aTwin([
		{
			calls: [
				{ name: "exec_command", input: { cmd: "true" } },
				{ name: "apply_patch", input },
			],
		},
	]);
	const { events } = await say({ ...asked, tools, stream: true });
	expect(typesOf(events)).toEqual([
		"response.created",
		"response.in_progress",
		"response.output_item.added",
		"response.function_call_arguments.delta",
		"response.function_call_arguments.done",
		"response.output_item.done",
		"response.output_item.added",
		"response.custom_tool_call_input.delta",
		"response.custom_tool_call_input.done",
		"response.output_item.done",
		"response.completed",
	]);
	expect(joined(events, "response.function_call_arguments.delta")).toBe('{"cmd":"true"}');
	expect(joined(events, "response.custom_tool_call_input.delta")).toBe(input);
});

test("a tool in a namespace, also of one that an item of the input offers, is called with it", async () => {
	const namespace = { type: "namespace", name: "functions", tools };
	const items = [{ type: "additional_tools", role: "developer", tools: [namespace] }, ...asked.input];
	const { say } = await aTwin([{ when: { tool: "exec_command" }, calls: [{ name: "exec_command", input: {} }] }]);
	const { body } = await say({ ...asked, input: items });
	expect(body).toMatchObject({ output: [{ type: "function_call", name: "exec_command", namespace: "functions" }] });
});

test("an answer in a form, a refusal and an end too early", async () => {
	const { say } = await aTwin([
		{ when: { form: true }, answer: { good: true } },
		{ text: "No.", stop: "refusal" },
		{ text: "It goes on", stop: "max_tokens" },
	]);
	const schema = { type: "object", properties: {}, required: [], additionalProperties: false };
	const format = { type: "json_schema", name: "verdict", strict: true, schema };
	const inForm = await say({ ...asked, text: { format } });
	expect(inForm.body).toMatchObject({ output: [{ content: [{ text: '{"good":true}' }] }] });
	expect((await say(asked)).body).toMatchObject({ output: [{ content: [{ type: "refusal", refusal: "No." }] }] });
	expect((await say({ ...asked, stream: true })).events.at(-1)).toMatchObject({
		type: "response.incomplete",
		response: { status: "incomplete", incomplete_details: { reason: "max_output_tokens" } },
	});
});

test("a whole conversation with calls and their outputs is taken, and a progress told twice", async () => {
	const { say, twin } = await aTwin([{ when: { toolResult: "said" }, text: "Done." }]);
	const call = { type: "function_call", call_id: "a", name: "exec_command", arguments: "{}" };
	const patch = { type: "custom_tool_call", call_id: "b", name: "apply_patch", input: "" };
	const outputs = [
		{ type: "function_call_output", call_id: "a", output: "said" },
		{ type: "custom_tool_call_output", call_id: "b", output: "half" },
		{ type: "custom_tool_call_output", call_id: "b", output: "whole" },
	];
	const note = { role: "developer", content: "Time passes." };
	const { body } = await say({ ...asked, tools, input: [...asked.input, call, patch, ...outputs, note] });
	expect(body).toMatchObject({ output: [{ content: [{ text: "Done." }] }] });
	expect(twin.faults).toEqual([]);
});

test("a WebSocket is refused by 426, models are listed, and what is not there is not found", async () => {
	const { url, twin } = await aTwin([]);
	const get = { method: "GET" };
	const list = await ask(url, "/v1/models", undefined, openaiHeaders, get);
	expect(list.body).toMatchObject({ object: "list", data: [{ object: "model" }, { object: "model" }] });
	const forCodex = await ask(url, "/v1/models?client_version=0.169.0", undefined, openaiHeaders, get);
	expect(forCodex.body).toEqual({ models: [] });
	expect((await ask(url, "/v1/models/any", undefined, openaiHeaders, get)).body).toMatchObject({ id: "any" });
	expect((await ask(url, "/v1/other", {}, openaiHeaders)).status).toBe(404);
	expect(twin.faults).toEqual([]);
});

test("a limit of a subscription tells when it is filled again", async () => {
	const { say } = await aTwin([
		{ trouble: { kind: "status", status: 429, error: "usage_limit_reached", resetInS: 60 } },
	]);
	const { body } = await say(asked);
	expect(body).toMatchObject({ error: { type: "usage_limit_reached", resets_in_seconds: 60 } });
});

test("a request without a turn is refused, and told among the faults", async () => {
	const { say, twin } = await aTwin([]);
	expect((await say(asked)).status).toBe(400);
	expect(twin.faults).toMatchObject([
		{ kind: "unscripted", message: expect.stringContaining("the user says: Hello.") },
	]);
});

async function aTwin(script: Script | ScriptFunction) {
	const twin = await used(startOpenai(script));
	return { twin, url: twin.url, say: (body: unknown) => ask(twin.url, "/v1/responses", body, openaiHeaders) };
}

function joined(events: readonly Record<string, unknown>[], type: string): string {
	return events.flatMap((event) => (event["type"] === type ? [event["delta"]] : [])).join("");
}
