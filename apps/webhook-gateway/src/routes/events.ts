/** The log as it is written, as server-sent events. */
import { once } from "node:events";
import type { Response } from "express";
import { z } from "zod";
import { type Listener, tellEntries } from "../events/stream.ts";
import { tooManyListeners } from "../messages.ts";
import { refusal, retryAfter } from "../problem.ts";
import { type Route, route } from "./route.ts";

export const eventRoutes: readonly Route[] = [
	route({
		method: "get",
		path: "/events",
		scopes: ["read"],
		summary: "Every entry as it is written. Last-Event-ID, or from, says where to begin; without either, now.",
		query: z.strictObject({
			from: z
				.string()
				.regex(/^[1-9][0-9]{0,14}$/, "the number of an entry")
				.optional(),
		}),
		answers: { 200: { what: "The entries; the id of each is its number.", type: "text/event-stream" } },
		async handle({ world, live }, { query, headers, response, signal, isWelcome }) {
			const last = headers["last-event-id"];
			if (last !== undefined && !/^(0|[1-9][0-9]{0,14})$/.test(last))
				return refusal("invalid", { faults: [{ at: "headers.last-event-id", message: "the number of an entry" }] });
			if (listening >= listenersMost)
				return refusal("too-many-requests", { detail: tooManyListeners, headers: retryAfter(againMs) });
			listening++;
			try {
				const from =
					last !== undefined ? Number(last) + 1 : query.from === undefined ? live.state.seq + 1 : Number(query.from);
				response.writeHead(200, { "content-type": "text/event-stream", "x-accel-buffering": "no" });
				response.write("retry: 2000\n\n");
				await tellEntries(listenerAt(response, isWelcome), from, { ...world, live, signal });
				response.end();
			} finally {
				listening--;
			}
			return undefined;
		},
	}),
];

let listening = 0;
/** Each keeps a connection and its place. */
const listenersMost = 200;
const againMs = 30_000;

function listenerAt(response: Response, isWelcome: () => Promise<boolean>): Listener {
	return {
		write: (text) => response.write(text),
		async ready(signal) {
			try {
				await once(response, "drain", { signal });
			} catch (error) {
				if (!signal.aborted) throw error;
			}
		},
		isWelcome,
	};
}
