/** Pausing, stopping, going on. */
import { type Entry, parseDuration } from "@shopfloor/core";
import { instant } from "@shopfloor/core/io";
import { type Held, type Hold, hold, resume } from "@shopfloor/core/person";
import { z } from "zod";
import { unknownScope } from "../messages.ts";
import { type Answer, refusal } from "../problem.ts";
import { Note, Nothing } from "./fields.ts";
import { type Asked, type Route, route, type Site } from "./route.ts";

const Scope = z
	.string()
	.min(1)
	.max(80)
	.default("all")
	.describe("all, or the name of a process, a session, a role, a provider.");

const Stop = z.strictObject({ scope: Scope, reason: Note.default("no reason given") });

const Pause = Stop.extend({
	for: z
		.string()
		.max(20)
		.refine((text) => (parseDuration(text) ?? 0) > 0, "a duration such as 30m or 2h")
		.optional()
		.describe("Goes on by itself after this time: 30m, 2h."),
});

const Holding = z.object({
	scope: z.string(),
	state: z.enum(["paused", "stopped"]),
	since: z.string(),
	until: z.string().nullable(),
	by: z.string(),
	reason: z.string(),
});

const Going = z.object({
	scope: z.string(),
	state: z.enum(["resumed", "not-held"]),
	left: z.array(z.object({ scope: z.string(), kind: z.enum(["pause", "stop"]) })).describe("What still holds."),
});

const holds = { 200: { what: "It holds, and is written down, durably.", schema: Holding } };

export const steeringRoutes: readonly Route[] = [
	route({
		method: "post",
		path: "/pause",
		scopes: ["admin"],
		summary: "Let running work finish and start nothing more, also after a restart.",
		body: Pause,
		query: Nothing,
		answers: holds,
		async handle(site, asked) {
			const { for: lasting, ...rest } = asked.body;
			const endMs = lasting === undefined ? undefined : site.world.clock.now() + (parseDuration(lasting) ?? 0);
			const until = endMs === undefined ? {} : { until: instant(endMs) };
			return await holdOn(site, asked, { kind: "pause", ...rest, ...until });
		},
	}),
	route({
		method: "post",
		path: "/stop",
		scopes: ["admin"],
		summary: "End what is being worked on, now, and start nothing more, also after a restart.",
		body: Stop,
		query: Nothing,
		answers: holds,
		handle: (site, asked) => holdOn(site, asked, { kind: "stop", ...asked.body }),
	}),
	route({
		method: "post",
		path: "/resume",
		scopes: ["admin"],
		summary: "Lift a pause or a stop.",
		body: z.strictObject({ scope: Scope, reason: Note.optional() }),
		query: Nothing,
		answers: { 200: { what: "It holds no more; written down, durably, where it did.", schema: Going } },
		async handle({ world: { floor, config } }, { person, body: { scope, reason } }) {
			const result = await resume(floor, person, { scope, ...(reason !== undefined && { reason }) }, config);
			if (result.kind === "id-taken") return refusal("key-reused");
			if (result.kind === "unknown-scope") return noScope(scope, result.known);
			return { status: 200, body: { scope, state: result.kind, left: result.left } };
		},
	}),
];

async function holdOn(site: Site, { person }: Pick<Asked<unknown, unknown>, "person">, wish: Hold): Promise<Answer> {
	const { floor, config } = site.world;
	const result = await hold(floor, person, wish, config);
	switch (result.kind) {
		case "held":
		case "already":
			return { status: 200, body: { scope: wish.scope, ...standing(result) } };
		case "unknown-scope":
			return noScope(wish.scope, result.known);
		case "id-taken":
			return refusal("key-reused");
		default:
			return result satisfies never;
	}
}

function noScope(scope: string, known: readonly string[]): Answer {
	return refusal("invalid", { faults: [{ at: "body.scope", message: unknownScope(scope, known) }] });
}

function standing(held: Extract<Held, { kind: "held" | "already" }>): Omit<z.infer<typeof Holding>, "scope"> {
	const pause = held.kind === "already" ? held.standing : pauseIn(held.entry);
	const { kind, by, at, reason, until = null } = pause;
	return { state: kind === "stop" ? "stopped" : "paused", since: at, until, by, reason };
}

function pauseIn(entry: Entry) {
	if (entry.type !== "paused") throw new Error(`entry ${entry.seq} is no pause`);
	return { ...entry.data, by: entry.by, at: entry.ts };
}
