/** Sends what was decided: a reply, a turn, or a turn that goes wrong. */
import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import type { Trouble, Turn } from "../script/turn.ts";
import type { Dialect, Reply, StreamEvent, WantsTurn, Written } from "./dialect.ts";

export function sendReply(response: ServerResponse, { status, headers, body }: Reply): void {
	const text = JSON.stringify(body);
	response.writeHead(status, { "content-type": "application/json", ...headers });
	response.end(text);
}

/** Resolves when all is sent, or when the client left. */
export async function sendTurn(
	response: ServerResponse,
	dialect: Dialect,
	request: WantsTurn,
	turn: Turn,
): Promise<void> {
	const { trouble } = turn;
	await pause(response, turn.delayMs?.before ?? 0);
	if (response.destroyed) return;
	if (trouble?.kind === "status")
		return sendReply(response, dialect.refusal({ ...trouble, message: trouble.message ?? "" }));
	if (isAt(trouble, "hang", "before-headers")) return hang(response);
	if (isAt(trouble, "cut", "before-headers")) return cut(response);

	const written = request.write(trouble === undefined ? turn : { ...turn, text: turn.text ?? interrupted });
	if (!request.streamed) return sendWhole(response, dialect, written, trouble);
	response.writeHead(200, {
		"content-type": "text/event-stream; charset=utf-8",
		"cache-control": "no-cache",
		...written.headers,
	});
	await sendEvents(response, before(trouble, written.events), turn.delayMs?.between ?? 0);
	if (trouble !== undefined) return goWrong(response, dialect, trouble);
	response.end();
}

/** What a turn that goes wrong was about to say, where the script does not tell. */
const interrupted = "I was about to say something of some length, and";

/** A plain answer has no middle: it hangs or is cut after a part of its text. */
async function sendWhole(
	response: ServerResponse,
	dialect: Dialect,
	{ whole, headers }: Written,
	trouble: Trouble | undefined,
): Promise<void> {
	if (trouble?.kind === "stream-error") {
		return sendReply(response, dialect.refusal({ status: 500, message: trouble.message ?? "", error: trouble.error }));
	}
	if (trouble === undefined) return sendReply(response, { status: 200, headers, body: whole });
	const text = JSON.stringify(whole);
	response.writeHead(200, { "content-type": "application/json", ...headers });
	response.write(text.slice(0, Math.floor(text.length / 2)));
	return trouble.kind === "cut" ? cutAfterSent(response) : hang(response);
}

/** What is sent before it goes wrong. */
function before(trouble: Trouble | undefined, events: readonly StreamEvent[]): readonly StreamEvent[] {
	if (trouble === undefined) return events;
	return trouble.kind === "pings" ? events.slice(0, 1) : events.slice(0, Math.ceil(events.length / 2));
}

async function sendEvents(response: ServerResponse, events: readonly StreamEvent[], betweenMs: number): Promise<void> {
	for (const event of events) {
		if (response.destroyed) return;
		if (!response.write(encodeEvent(event))) await untilDrained(response);
		await pause(response, betweenMs);
	}
}

function encodeEvent(event: StreamEvent): string {
	return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}

async function goWrong(response: ServerResponse, dialect: Dialect, trouble: Trouble): Promise<void> {
	switch (trouble.kind) {
		case "hang":
			return hang(response);
		case "cut":
			return cutAfterSent(response);
		case "pings":
			return pingForEver(response, dialect.ping, trouble.everyMs ?? pingEveryMs);
		case "stream-error": {
			const event = dialect.streamError(trouble.error, trouble.message ?? trouble.error);
			response.end(encodeEvent(event));
			return;
		}
		case "status":
			throw new Error("a status is sent before the answer begins");
		default:
			trouble satisfies never;
	}
}

/** As the APIs do while they think. */
const pingEveryMs = 1_000;
/** Longer than any program waits, and ends what was forgotten. */
const hangMsMax = 2 * 3_600_000;

async function pingForEver(response: ServerResponse, ping: string, everyMs: number): Promise<void> {
	for (let waited = 0; waited < hangMsMax && !response.destroyed; waited += everyMs) {
		if (!response.write(ping)) await untilDrained(response);
		await pause(response, everyMs);
	}
	response.destroy();
}

async function hang(response: ServerResponse): Promise<void> {
	await pause(response, hangMsMax);
	response.destroy();
}

async function cut(response: ServerResponse): Promise<void> {
	response.socket?.destroy();
}

/** What was written must be on its way before the cut, or there was no middle. */
async function cutAfterSent(response: ServerResponse): Promise<void> {
	await new Promise<void>((resolve) => {
		response.write("", () => resolve());
		response.once("close", resolve);
	});
	return cut(response);
}

async function untilDrained(response: ServerResponse): Promise<void> {
	const gone = new AbortController();
	const leave = () => gone.abort();
	response.once("close", leave);
	try {
		await once(response, "drain", { signal: gone.signal });
	} catch (error) {
		if (!gone.signal.aborted) throw error;
	} finally {
		response.off("close", leave);
	}
}

/** Ends early when the client leaves. */
async function pause(response: ServerResponse, ms: number): Promise<void> {
	if (ms === 0 || response.destroyed) return;
	const gone = new AbortController();
	const leave = () => gone.abort();
	response.once("close", leave);
	try {
		await wait(ms, undefined, { signal: gone.signal });
	} catch (error) {
		if (!gone.signal.aborted) throw error;
	} finally {
		response.off("close", leave);
	}
}

function isAt(trouble: Trouble | undefined, kind: "hang" | "cut", at: string): boolean {
	return trouble?.kind === kind && trouble.at === at;
}
