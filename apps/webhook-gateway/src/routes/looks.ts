/** The factory at a glance, its sessions, its log. */
import type { Entry } from "@shopfloor/core";
import { observe, readSessions, statusOf } from "@shopfloor/core/person";
import { z } from "zod";
import { Nothing, open } from "./fields.ts";
import { type Route, route } from "./route.ts";

const Seq = z
	.string()
	.regex(/^[1-9][0-9]{0,14}$/, "the number of an entry")
	.transform(Number);

const Log = z.strictObject({
	from: Seq.optional().describe("The first entry that is wanted. Without it, the newest are given."),
	limit: z
		.string()
		.regex(/^([1-9][0-9]?|[1-4][0-9]{2}|500)$/, "1 to 500")
		.transform(Number)
		.default(100),
});

export const lookRoutes: readonly Route[] = [
	route({
		method: "get",
		path: "/status",
		scopes: ["read"],
		summary: "The factory at a glance: what shopfloor status --json prints.",
		query: Nothing,
		answers: { 200: { what: "The status.", schema: open("factory, pauses, processes, questions, spentToday, …") } },
		async handle({ world, live }) {
			const { floor, places, clock } = world;
			return { status: 200, body: statusOf(await observe(floor, live.state, places.config, clock)) };
		},
	}),
	route({
		method: "get",
		path: "/sessions",
		scopes: ["read"],
		summary: "What each session is at, and what it brought so far.",
		query: Nothing,
		answers: { 200: { what: "The sessions.", schema: open("sessions") } },
		async handle({ world: { floor, places, clock } }) {
			return { status: 200, body: { sessions: await readSessions(floor, places.config, clock) } };
		},
	}),
	route({
		method: "get",
		path: "/log",
		scopes: ["read"],
		summary: "Entries of the log, oldest first.",
		query: Log,
		answers: {
			200: {
				what: "The entries, and where to go on.",
				schema: z.object({
					entries: z.array(open("As docs/formats/log.md tells it.")),
					next: z.int().describe("What to give as from, for those that follow."),
				}),
			},
		},
		async handle({ world: { floor } }, { query: { from, limit } }) {
			const entries = from === undefined ? await floor.log.last(limit) : await some(floor.log.read(from), limit);
			const next = (entries.at(-1)?.seq ?? (from ?? 1) - 1) + 1;
			return { status: 200, body: { entries, next } };
		},
	}),
];

async function some(entries: AsyncIterable<Entry>, most: number): Promise<Entry[]> {
	const taken: Entry[] = [];
	for await (const entry of entries) {
		taken.push(entry);
		if (taken.length >= most) break;
	}
	return taken;
}
