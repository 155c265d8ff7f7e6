/** Each rule of the API, broken once: what is answered, and that it is kept. */
import { request as httpRequest } from "node:http";
import { expect, test } from "vitest";
import { ask, openaiHeaders } from "../testing/ask.ts";
import { used } from "../testing/real.ts";
import { startOpenai } from "./start-openai.ts";

const user = { role: "user", content: "Hello." };
const asked = { model: "gpt-6.1-sol", input: [user] };
const call = (call_id: string) => ({ type: "function_call", call_id, name: "a", arguments: "{}" });
const output = (call_id: string) => ({ type: "function_call_output", call_id, output: "said" });
const object = (properties: object, more: object = {}) => ({
	type: "object",
	properties,
	required: Object.keys(properties),
	additionalProperties: false,
	...more,
});
const inForm = (schema: object, more = {}) => ({
	text: { format: { type: "json_schema", name: "a", strict: true, schema, ...more } },
});
const string = { type: "string" };

test.each<[string, object, RegExp]>([
	["no model", { model: undefined }, /^Missing required parameter: 'model'\.$/],
	["no input", { input: undefined }, /^Missing required parameter: 'input'\.$/],
	["an empty input", { input: [] }, /'input'/],
	["a parameter that is not known", { foo: 1 }, /^Unknown parameter: 'foo'\.$/],
	["another role", { input: [{ role: "tool", content: "x" }] }, /'input/],
	["a message without a role", { input: [{ type: "message", content: "x" }] }, /'input\[0\]\.role'/],
	["a message without content", { input: [{ role: "user" }] }, /'input\[0\]\.content'/],
	[
		"words of the user as if of the assistant",
		{ input: [{ role: "assistant", content: [{ type: "input_text", text: "x" }] }] },
		/^Invalid value: 'input_text'\. Supported values are: 'output_text', 'refusal'\./,
	],
	["a part without its text", { input: [{ role: "user", content: [{ type: "input_text" }] }] }, /content\[0\]\.text'/],
	[
		"an output without a call",
		{ input: [user, output("a")] },
		/^No tool call found for function call output with call_id a\.$/,
	],
	[
		"an output before its call",
		{ input: [user, output("a"), call("a")] },
		/^No tool call found for function call output/,
	],
	["a call without an output", { input: [user, call("a")] }, /^No tool output found for function call a\.$/],
	[
		"a text tool's call answered as a function's",
		{ input: [user, { type: "custom_tool_call", call_id: "a", name: "p", input: "" }, output("a")] },
		/^No tool call found for function call output/,
	],
	["a call without an id", { input: [user, { type: "function_call", name: "a", arguments: "{}" }] }, /'call_id'/],
	[
		"an item twice",
		{
			input: [
				{ ...user, id: "m" },
				{ ...user, id: "m" },
			],
		},
		/^Duplicate item found with id m\./,
	],
	[
		"a response that was not stored",
		{ previous_response_id: "r", store: false },
		/^Previous response with id 'r' not found/,
	],
	["a name with a dot", { tools: [{ type: "function", name: "a.b", parameters: {} }] }, /'a\.b' does not match/],
	["too short an answer", { max_output_tokens: 1 }, /'max_output_tokens'/],
	[
		"a strict function that is open",
		{ tools: [{ type: "function", name: "a", strict: true, parameters: object({}, { additionalProperties: true }) }] },
		/^Invalid schema for function 'a': In context=\(\), 'additionalProperties' is required to be supplied and to be false\.$/,
	],
	[
		"a form that is open",
		inForm(object({}, { additionalProperties: undefined })),
		/^Invalid schema for response_format 'a': In context=\(\), 'additionalProperties'/,
	],
	["a form that is no object", inForm(string), /schema must be a JSON Schema of 'type: "object"'/],
	["a key that may be missing", inForm(object({ a: string }, { required: [] })), /Missing 'a'\.$/],
	[
		"an inner object that is open",
		inForm(object({ a: { type: "object", properties: {} } })),
		/In context=\('properties', 'a'\), 'additionalProperties'/,
	],
	[
		"an item that is open",
		inForm(object({ a: { type: "array", items: { type: "object" } } })),
		/In context=\('properties', 'a', 'items'\)/,
	],
	[
		"a choice that is open",
		inForm(object({ a: { anyOf: [string, { type: "object" }] } })),
		/In context=\('properties', 'a', 'anyOf', '1'\)/,
	],
	[
		"a definition that is open",
		inForm(object({}, { $defs: { b: { type: "object" } } })),
		/In context=\('\$defs', 'b'\)/,
	],
	["a form without a name", inForm(object({}), { name: undefined }), /'text\.format\.name'/],
	["a form without a schema", inForm(object({}), { schema: undefined }), /'text\.format\.schema'/],
])("%s", async (_what, change, message) => {
	const twin = await used(startOpenai([{ text: "Taken." }]));
	const { status, body } = await ask(twin.url, "/v1/responses", { ...asked, ...change }, openaiHeaders);
	expect(status).toBe(400);
	expect(body).toMatchObject({
		error: { type: "invalid_request_error", message: expect.stringMatching(message), param: null },
	});
	expect(twin.faults[0]).toMatchObject({ kind: "protocol", message: expect.stringMatching(message) });
});

test("a schema that is not strict may be open", async () => {
	const twin = await used(startOpenai([{ text: "Taken." }]));
	const tools = [{ type: "function", name: "a", strict: false, parameters: { type: "object" } }];
	expect((await ask(twin.url, "/v1/responses", { ...asked, tools }, openaiHeaders)).status).toBe(200);
});

test("no key is 401, no JSON is 400", async () => {
	const twin = await used(startOpenai([]));
	expect((await ask(twin.url, "/v1/responses", asked, {})).status).toBe(401);
	expect((await ask(twin.url, "/v1/responses", "{", openaiHeaders)).status).toBe(400);
	expect(twin.faults).toHaveLength(2);
});

test("who asks for a WebSocket is told to do without, and that is no fault", async () => {
	const twin = await used(startOpenai([]));
	const headers = { ...openaiHeaders, connection: "Upgrade", upgrade: "websocket" };
	const status = await new Promise((resolve, reject) => {
		const request = httpRequest(`${twin.url}/v1/responses`, { headers });
		request.on("response", (response) => {
			response.resume();
			resolve(response.statusCode);
		});
		request.on("error", reject);
		request.end();
	});
	expect([status, twin.faults]).toEqual([426, []]);
});
