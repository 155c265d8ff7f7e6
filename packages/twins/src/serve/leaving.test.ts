/** A program may leave at any moment: killed, timed out, changed its mind. That is nobody's fault, and the twin goes on. */
import { once } from "node:events";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { startAnthropic } from "../anthropic/start-anthropic.ts";
import type { Turn } from "../script/turn.ts";
import { anthropicHeaders, ask } from "../testing/ask.ts";
import { used } from "../testing/real.ts";

const asked = { model: "m", max_tokens: 9, messages: [{ role: "user", content: "x" }], stream: true };

test.each<[string, Turn]>([
	["while it is waited for", { text: "Late.", delayMs: { before: 60_000 } }],
	["between two events", { text: "Slow.", delayMs: { between: 60_000 } }],
	["while it hangs", { trouble: { kind: "hang", at: "mid-stream" } }],
	["while it pings", { trouble: { kind: "pings", everyMs: 1 } }],
	["with more to come than the line holds", { text: "x".repeat(8_000_000) }],
])("%s", async (_what, turn) => {
	const twin = await used(startAnthropic([turn, { text: "Still here." }]));
	const leaving = new AbortController();
	const left = ask(twin.url, "/v1/messages", asked, anthropicHeaders, { signal: leaving.signal });
	await expect.poll(() => twin.requests.length, { timeout: seenMs }).toBe(1);
	leaving.abort();
	await expect(left).rejects.toThrow();
	const next = await ask(twin.url, "/v1/messages", asked, anthropicHeaders);
	expect(next.events.at(-1)).toMatchObject({ type: "message_stop" });
	expect(twin.faults).toEqual([]);
});

test("in the middle of its own request", async () => {
	const twin = await used(startAnthropic([{ text: "Still here." }]));
	const socket = connect(Number(new URL(twin.url).port), "127.0.0.1");
	await once(socket, "connect");
	socket.write('POST /v1/messages HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\n{"model":');
	socket.destroy();
	await once(socket, "close");
	const next = await ask(twin.url, "/v1/messages", asked, anthropicHeaders);
	expect([next.status, twin.faults, twin.requests.length]).toEqual([200, [], 1]);
});

/** On a machine that is busy; usually some milliseconds. */
const seenMs = 20_000;
