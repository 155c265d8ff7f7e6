/** What goes wrong, goes wrong in the same way at both. */
import { request as httpRequest } from "node:http";
import { describe, expect, test } from "vitest";
import { startAnthropic } from "../anthropic/start-anthropic.ts";
import { startOpenai } from "../openai/start-openai.ts";
import type { Turn } from "../script/turn.ts";
import { anthropicHeaders, ask, eventsIn, openaiHeaders } from "../testing/ask.ts";
import { used } from "../testing/real.ts";

const message = { role: "user", content: "Hello." };
const apis = [
	{
		name: "anthropic",
		start: startAnthropic,
		path: "/v1/messages",
		headers: anthropicHeaders,
		body: { model: "claude-sonnet-5-5", max_tokens: 100, messages: [message] },
		first: "message_start",
		last: "message_stop",
		error: { type: "error", error: { type: "overloaded_error", message: "It broke." } },
		limit: "anthropic-ratelimit-unified-reset",
	},
	{
		name: "openai",
		start: startOpenai,
		path: "/v1/responses",
		headers: openaiHeaders,
		body: { model: "gpt-6.1-sol", input: [message] },
		first: "response.created",
		last: "response.completed",
		error: { type: "response.failed", response: { error: { code: "overloaded_error", message: "It broke." } } },
		limit: "x-ratelimit-reset-requests",
	},
];

describe.each(apis)("$name", ({ start, path, headers, body, first, last, error, limit }) => {
	test.each([400, 401, 403, 404, 413, 429, 500, 503, 529])("says %s in its own form", async (status) => {
		const { say } = await aTwin([{ trouble: { kind: "status", status, message: "Told." } }]);
		const answer = await say(true);
		expect(answer.status).toBe(status);
		expect(answer.headers.get("content-type")).toBe("application/json");
		expect(answer.body).toMatchObject({ error: { message: "Told.", type: expect.any(String) } });
	});

	test("tells when to come again, if it knows", async () => {
		const trouble = { kind: "status", status: 429 } as const;
		const { say } = await aTwin([{ trouble }, { trouble: { ...trouble, retryAfterS: 7, resetInS: 60 } }]);
		const plain = await say(true);
		expect([plain.headers.get("retry-after"), plain.headers.get(limit)]).toEqual([null, null]);
		const told = await say(true);
		expect(told.headers.get("retry-after")).toBe("7");
		expect(told.headers.get(limit)).toMatch(/^\d+s?$/);
	});

	test.each([true, false])("hangs before the headers and mid-stream (streamed: %s)", async (streamed) => {
		for (const at of ["before-headers", "mid-stream"] as const) {
			const { look } = await aTwin([{ trouble: { kind: "hang", at } }]);
			const { status, text, isCut } = await look(streamed, (seen) => at === "before-headers" || seen.text !== "");
			expect(isCut).toBe(false);
			expect(status).toBe(at === "mid-stream" ? 200 : undefined);
			if (at === "mid-stream" && streamed) expect(eventsIn(text)[0]).toMatchObject({ type: first });
			expect(text).not.toContain(last);
		}
	});

	test.each([true, false])("cuts the line before the headers and mid-stream (streamed: %s)", async (streamed) => {
		for (const at of ["before-headers", "mid-stream"] as const) {
			const { look } = await aTwin([{ trouble: { kind: "cut", at } }]);
			const { status, text } = await look(streamed, ({ isCut }) => isCut);
			expect(status).toBe(at === "mid-stream" ? 200 : undefined);
			expect(text.length > 0).toBe(at === "mid-stream");
			expect(text).not.toContain(last);
		}
	});

	test("pings, and says nothing", async () => {
		const { look } = await aTwin([{ trouble: { kind: "pings", everyMs: 5 } }]);
		const { text, isCut } = await look(true, (seen) => (seen.text.match(/event: ping|keep-alive/g) ?? []).length > 3);
		expect(isCut).toBe(false);
		expect(eventsIn(text).filter(({ type }) => type !== "ping")).toMatchObject([{ type: first }]);
	});

	test("breaks off with an error in the stream", async () => {
		const { say } = await aTwin([
			{ trouble: { kind: "stream-error", error: "overloaded_error", message: "It broke." } },
		]);
		const { events } = await say(true);
		expect(events[0]).toMatchObject({ type: first });
		expect(events.at(-1)).toMatchObject(error);
	});

	test("is well again for the next one", async () => {
		const { say, twin } = await aTwin([{ trouble: { kind: "cut", at: "mid-stream" } }, { text: "Well." }]);
		await expect(say(true)).rejects.toThrow();
		expect((await say(true)).events.at(-1)).toMatchObject({ type: last });
		expect(twin.faults).toEqual([]);
	});

	test("takes its time before the headers and between the events, where it is told to", async () => {
		const { say } = await aTwin([{ text: "Slowly.", delayMs: { before: 40, between: 5 } }]);
		const begun = performance.now();
		const { events } = await say(true);
		// Timers may be a millisecond early.
		expect(performance.now() - begun).toBeGreaterThan(40 + 4 * events.length - 5);
	});

	async function aTwin(turns: Turn[]) {
		const twin = await used(start({ turns, otherwise: { text: "Well." } }));
		const say = (stream: boolean) => ask(twin.url, path, { ...body, stream }, headers);
		/** What came until `enough`, and until one who asked after it was answered. */
		const look = async (stream: boolean, enough: (seen: Seen) => boolean) => {
			const seen = openTo(twin.url + path, { ...body, stream }, headers);
			await expect.poll(() => twin.requests.length > 0 && enough(seen), { timeout: enoughMs }).toBe(true);
			expect((await say(true)).status).toBe(200);
			return seen;
		};
		return { twin, say, look };
	}
});

/** On a machine that is busy; usually some milliseconds. */
const enoughMs = 20_000;

interface Seen {
	status: number | undefined;
	text: string;
	isCut: boolean;
}

/** Sees how far an answer comes, and whether its line is cut. */
function openTo(url: string, body: object, headers: Record<string, string>): Seen {
	const seen: Seen = { status: undefined, text: "", isCut: false };
	const cut = () => {
		seen.isCut = true;
	};
	const request = httpRequest(url, { method: "POST", headers: { "content-type": "application/json", ...headers } });
	request.on("error", cut);
	request.on("response", (response) => {
		seen.status = response.statusCode;
		response.on("data", (chunk: Buffer) => {
			seen.text += chunk.toString();
		});
		response.on("error", cut);
		response.on("end", cut);
	});
	request.end(JSON.stringify(body));
	return seen;
}
