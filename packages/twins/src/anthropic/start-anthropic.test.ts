import { describe, expect, test } from "vitest";
import type { Script, ScriptFunction } from "../script/script.ts";
import { anthropicHeaders, ask, typesOf } from "../testing/ask.ts";
import { used } from "../testing/real.ts";
import { startAnthropic } from "./start-anthropic.ts";

const asked = { model: "claude-sonnet-5-5", max_tokens: 100, messages: [{ role: "user", content: "Hello." }] };
const tools = [{ name: "Bash", input_schema: { type: "object" } }];

describe("a stream", () => {
	test("has a start, each block with its pieces, and an end with the counts", async () => {
		const usage = { input: 10, cached: 20, cacheWrite: 30, output: 40 };
		const text = "Some words that are longer than one piece, with a 🦉 in them.";
		const turn = { thinking: "Hm.", text, calls: [{ name: "Bash", input: { command: "true" } }], usage };
		const { say, twin } = await aTwin([turn]);
		const { status, headers, events } = await say({ ...asked, tools, stream: true });
		expect([status, headers.get("content-type")]).toEqual([200, "text/event-stream; charset=utf-8"]);
		const block = ["content_block_start", "content_block_delta", "content_block_stop"];
		expect(typesOf(events)).toEqual([
			"message_start",
			"ping",
			...block,
			...block,
			...block,
			"message_delta",
			"message_stop",
		]);
		expect(events[0]).toMatchObject({
			message: {
				role: "assistant",
				model: asked.model,
				content: [],
				stop_reason: null,
				usage: { input_tokens: 10, output_tokens: 1 },
			},
		});
		expect(events.find(({ type }) => type === "message_delta")).toMatchObject({
			delta: { stop_reason: "tool_use", stop_sequence: null },
			usage: { input_tokens: 10, cache_read_input_tokens: 20, cache_creation_input_tokens: 30, output_tokens: 40 },
		});
		expect(joined(events, 1, "text")).toBe(text);
		expect(JSON.parse(joined(events, 2, "partial_json"))).toEqual({ command: "true" });
		expect(twin.faults).toEqual([]);
	});

	test("says the same as the plain answer", async () => {
		const { say } = await aTwin([{ text: "The same.", times: 2, usage: { input: 1, output: 2 } }]);
		const plain = await say(asked);
		const streamed = await say({ ...asked, stream: true });
		expect(plain.body).toMatchObject({
			type: "message",
			content: [{ type: "text", text: "The same." }],
			stop_reason: "end_turn",
			usage: { input_tokens: 1, output_tokens: 2 },
		});
		expect(joined(streamed.events, 0, "text")).toBe("The same.");
	});
});

test("an answer in a form comes by its tool where there is one, and as JSON where the request names a form", async () => {
	const { say } = await aTwin([{ answer: { good: true }, when: { form: true } }]);
	const byTool = await say({ ...asked, tools: [{ name: "StructuredOutput", input_schema: { type: "object" } }] });
	expect(byTool.body).toMatchObject({
		content: [{ type: "tool_use", name: "StructuredOutput", input: { good: true } }],
		stop_reason: "tool_use",
	});
	const asText = await say({ ...asked, output_config: { format: { type: "json_schema" } } });
	expect(asText.body).toMatchObject({ content: [{ type: "text", text: '{"good":true}' }], stop_reason: "end_turn" });
});

test("a whole conversation with calls, results and signed thoughts is taken", async () => {
	const { say, twin } = await aTwin([{ thinking: "Hm.", calls: [{ name: "Bash", input: {} }] }, { text: "Done." }]);
	const first = (await say({ ...asked, tools })).body as { content: { type: string; id?: string }[] };
	const id = first.content.find(({ type }) => type === "tool_use")?.id;
	const result = { role: "user", content: [{ type: "tool_result", tool_use_id: id, content: "said" }] };
	const messages = [...asked.messages, { role: "assistant", content: first.content }, result];
	expect((await say({ ...asked, tools, messages })).body).toMatchObject({ content: [{ text: "Done." }] });
	expect(twin.faults).toEqual([]);
});

test("tokens are counted, models are listed, and what is not there is not found", async () => {
	const { url, say, twin } = await aTwin([]);
	const { max_tokens: _, ...counted } = asked;
	expect((await say(counted, {}, "/v1/messages/count_tokens")).body).toEqual({ input_tokens: expect.any(Number) });
	const get = { method: "GET" };
	expect((await ask(url, "/v1/models", undefined, anthropicHeaders, get)).body).toMatchObject({ has_more: false });
	expect((await ask(url, "/v1/models/any-name", undefined, anthropicHeaders, get)).body).toMatchObject({
		id: "any-name",
	});
	expect((await ask(url, "/v1/other", undefined, anthropicHeaders, get)).status).toBe(404);
	expect((await ask(url, "/", undefined, {}, { method: "HEAD" })).status).toBe(404);
	expect(twin.faults).toEqual([]);
});

test("what was asked is kept, and the key is not", async () => {
	const { say, twin } = await aTwin([{ text: "Yes." }]);
	await say(asked, { "x-api-key": "sk-secret", authorization: "Bearer sk-secret" }, "/v1/messages?beta=true");
	expect(twin.requests).toMatchObject([
		{
			method: "POST",
			path: "/v1/messages",
			query: "beta=true",
			headers: { "x-api-key": "(hidden)", authorization: "Bearer (hidden)" },
			body: asked,
		},
	]);
	expect(JSON.stringify(twin.requests)).not.toContain("sk-secret");
});

test("a request without a turn is refused, and told among the faults", async () => {
	const { say, twin } = await aTwin([{ text: "Once." }]);
	await say(asked);
	const second = await say(asked);
	expect(second.status).toBe(403);
	expect(second.body).toMatchObject({ type: "error", error: { type: "permission_error" } });
	expect(twin.faults).toMatchObject([
		{ kind: "unscripted", message: expect.stringContaining("the user says: Hello.") },
	]);
});

test("a function is asked with what is wanted", async () => {
	const { say } = await aTwin(({ number, user, tools: offered }) => ({ text: `${number} ${user} ${offered.join()}` }));
	await say(asked);
	expect((await say({ ...asked, tools })).body).toMatchObject({ content: [{ text: "1 Hello. Bash" }] });
});

test("a script that is faulty does not start, and all its faults are told", async () => {
	const starting = startAnthropic([{ text: "" }, { trouble: { kind: "none" } }] as never);
	await expect(starting).rejects.toThrow(/0\.text: .*\n.*1\.trouble/);
});

test("twins side by side have each their own address, and closing cuts what is open", async () => {
	const [one, two] = await Promise.all([aTwin([{ trouble: { kind: "hang", at: "before-headers" } }]), aTwin([])]);
	expect(one.url).not.toBe(two.url);
	const open = one.say(asked).then(
		() => "answered",
		() => "cut",
	);
	await expect.poll(() => one.twin.requests.length).toBe(1);
	await one.twin.close();
	expect(await open).toBe("cut");
});

async function aTwin(script: Script | ScriptFunction) {
	const twin = await used(startAnthropic(script));
	const say = (body: unknown, headers = {}, path = "/v1/messages") =>
		ask(twin.url, path, body, { ...anthropicHeaders, ...headers });
	return { twin, url: twin.url, say };
}

/** The pieces of one block. */
function joined(events: readonly Record<string, unknown>[], index: number, key: string): string {
	const deltas = events.filter((event) => event["type"] === "content_block_delta" && event["index"] === index);
	return deltas.map(({ delta }) => String((delta as Record<string, unknown>)[key])).join("");
}
