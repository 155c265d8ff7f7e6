/** Each rule of the API, broken once: what is answered, and that it is kept. */
import { expect, test } from "vitest";
import { anthropicHeaders, ask } from "../testing/ask.ts";
import { used } from "../testing/real.ts";
import { startAnthropic } from "./start-anthropic.ts";

const user = { role: "user", content: "Hello." };
const asked = { model: "claude-sonnet-5-5", max_tokens: 2_000, messages: [user] };
const tool = { name: "Bash", input_schema: { type: "object" } };
const call = (id: string) => ({ type: "tool_use", id, name: "Bash", input: {} });
const result = (id: string) => ({ type: "tool_result", tool_use_id: id, content: "said" });
const assistant = (...content: object[]) => ({ role: "assistant", content });
const says = (...content: object[]) => ({ role: "user", content });
const words = { type: "text", text: "Words." };
const mark = { type: "text", text: "x", cache_control: { type: "ephemeral" } };

test.each<[string, object, RegExp]>([
	["no model", { model: undefined }, /^model: Field required$/],
	["no max_tokens", { max_tokens: undefined }, /^max_tokens: Field required$/],
	["no room for an answer", { max_tokens: 0 }, /^max_tokens: /],
	["no messages", { messages: [] }, /^messages: at least one message is required$/],
	["a field that is not known", { foo: 1 }, /^foo: Extra inputs are not permitted$/],
	["a field of a feature that is not asked for", { context_management: {} }, /^context_management: Extra inputs/],
	["another role", { messages: [{ role: "tool", content: "x" }] }, /^messages\.0\.role: /],
	[
		"a system message without the feature",
		{ messages: [user, { role: "system", content: "x" }] },
		/Unexpected role "system"/,
	],
	["the assistant first", { messages: [assistant(words)] }, /first message must use the "user" role/],
	["an empty message", { messages: [says(), user] }, /^messages\.0: all messages must have non-empty content/],
	["an empty text", { messages: [says({ type: "text", text: "" })] }, /text content blocks must be non-empty/],
	["blanks for text", { messages: [{ role: "user", content: " \n" }] }, /must contain non-whitespace text/],
	[
		"a call without a result",
		{ messages: [user, assistant(call("a")), user] },
		/without `tool_result` blocks immediately after: a\./,
	],
	["a call at the end", { messages: [user, assistant(call("a"))] }, /immediately after: a\./],
	[
		"one of two results missing",
		{ messages: [user, assistant(call("a"), call("b")), says(result("a"))] },
		/after: b\./,
	],
	["words before a result", { messages: [user, assistant(call("a")), says(words, result("a"))] }, /after: a\./],
	[
		"a result without a call",
		{ messages: [says(result("a"))] },
		/unexpected `tool_use_id` found in `tool_result` blocks: a\./,
	],
	[
		"a result that is late",
		{ messages: [user, assistant(call("a")), says(result("a")), assistant(words), says(result("a"))] },
		/unexpected `tool_use_id`/,
	],
	[
		"a result twice",
		{ messages: [user, assistant(call("a")), says(result("a"), result("a"))] },
		/Found multiple `tool_result` blocks with id: a/,
	],
	["an id twice", { messages: [user, assistant(call("a"), call("a")), says(result("a"))] }, /ids must be unique: a/],
	["a call of the user's", { messages: [says(call("a")), says(result("a"))] }, /can only be in `assistant` messages/],
	[
		"a thought that was altered",
		{ messages: [user, assistant({ type: "thinking", thinking: "x", signature: "y" }), user] },
		/Invalid `signature`/,
	],
	[
		"an id with a blank",
		{ messages: [user, assistant(call("a b")), says(result("a b"))] },
		/tool_use\.id: String should match pattern/,
	],
	["a name with a dot", { tools: [{ ...tool, name: "a.b" }] }, /^tools\.0\.custom\.name: String should match pattern/],
	["two tools of one name", { tools: [tool, tool] }, /Tool names must be unique/],
	["a tool without a schema", { tools: [{ name: "a" }] }, /input_schema: Field required/],
	[
		"a schema of no object",
		{ tools: [{ name: "a", input_schema: { type: "string" } }] },
		/^tools\.0\.input_schema\.type: /,
	],
	["a choice without tools", { tool_choice: { type: "auto" } }, /only be specified while providing `tools`/],
	["a choice that is not offered", { tools: [tool], tool_choice: { type: "tool", name: "b" } }, /Tool 'b' not found/],
	[
		"thoughts longer than the answer",
		{ thinking: { type: "enabled", budget_tokens: 2_000 } },
		/must be greater than `thinking\.budget_tokens`/,
	],
	["thoughts too short", { thinking: { type: "enabled", budget_tokens: 1 } }, /^thinking\.budget_tokens: /],
	[
		"warm thoughts",
		{ thinking: { type: "adaptive" }, temperature: 0.5 },
		/may only be set to 1 when thinking is enabled/,
	],
	["too warm", { temperature: 1.5 }, /^temperature: /],
	[
		"five marks for the cache",
		{ messages: [says(mark, mark, mark, mark, mark)] },
		/A maximum of 4 blocks with cache_control may be provided\. Found 5\./,
	],
])("%s", async (_what, change, message) => {
	const twin = await used(startAnthropic([{ text: "Taken." }]));
	const { status, body } = await ask(twin.url, "/v1/messages", { ...asked, ...change }, anthropicHeaders);
	expect(status).toBe(400);
	expect(body).toMatchObject({
		type: "error",
		error: { type: "invalid_request_error", message: expect.stringMatching(message) },
	});
	expect(twin.faults[0]).toMatchObject({ kind: "protocol", message: expect.stringMatching(message) });
});

test.each<[string, Record<string, string>, string, number, RegExp]>([
	["no key", { "anthropic-version": "2023-06-01" }, "{}", 401, /x-api-key header is required/],
	["no version", { "x-api-key": "k" }, "{}", 400, /anthropic-version: header is required/],
	["no JSON", anthropicHeaders, "{", 400, /not valid JSON/],
	["nothing", anthropicHeaders, "", 400, /not valid JSON: it is empty/],
])("%s", async (_what, headers, body, status, message) => {
	const twin = await used(startAnthropic([]));
	const answer = await ask(twin.url, "/v1/messages", body, headers);
	expect(answer.status).toBe(status);
	expect(twin.faults[0]?.message).toMatch(message);
});

test("a body larger than the API takes is refused", async () => {
	const twin = await used(startAnthropic([{ text: "Taken." }]));
	const messages = [{ role: "user", content: "x".repeat(33 * 1024 * 1024) }];
	expect((await ask(twin.url, "/v1/messages", { ...asked, messages }, anthropicHeaders)).status).toBe(413);
});

test("what a feature allows is allowed to those who ask for it", async () => {
	const twin = await used(startAnthropic([{ text: "Taken." }]));
	const messages = [user, { role: "system", content: "x", output_config: { effort: "low" } }];
	const headers = {
		...anthropicHeaders,
		"anthropic-beta": "context-management-2025-06-27,per-turn-control-2026-07-01",
	};
	const { status } = await ask(twin.url, "/v1/messages", { ...asked, messages, context_management: {} }, headers);
	expect([status, twin.faults]).toEqual([200, []]);
});

test("all that is wrong is kept, though the API tells the first only", async () => {
	const twin = await used(startAnthropic([]));
	await ask(twin.url, "/v1/messages", { messages: [] }, anthropicHeaders);
	expect(twin.faults.map(({ message }) => message)).toEqual([
		"model: Field required",
		"messages: at least one message is required",
		"max_tokens: Field required",
	]);
});
