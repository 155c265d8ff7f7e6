/** Has a process take a turn now: one entry, by which whoever it concerns is woken. */
import { oneLine, processNames } from "@shopfloor/core";
import {
	answererOf,
	answersTrigger,
	answerTo,
	changeRecords,
	findChange,
	readTrigger,
	type Turn,
	trigger,
} from "@shopfloor/core/person";
import { z } from "zod";
import { nobodyThere, severalChanges, unknownChange, unknownSession } from "../messages.ts";
import { type Answer, refusal } from "../problem.ts";
import { admitted, waitedFor } from "./asking.ts";
import { Note, Nothing, open, Waiting } from "./fields.ts";
import { presence } from "./presence.ts";
import { type Asked, type Route, route, type Site } from "./route.ts";

const Accepted = z.object({
	id: z.int().describe("Number of the entry in the log."),
	state: z.enum(["accepted", "running", "done", "refused", "failed"]),
	answerer: z.string().nullable().describe("The process that does it."),
	presence: z.enum(["there", "away", "held"]).describe("Whether that process is there to do it now."),
	hint: z.string().optional(),
});

const answers = {
	202: { what: "It is written down, durably. Location says where it can be followed.", schema: Accepted },
	200: { what: "It came to its end while it was waited for.", schema: open("As GET /triggers/{id} tells it.") },
};

export const triggerRoutes: readonly Route[] = [
	route({
		method: "post",
		path: "/trigger/review",
		scopes: ["trigger"],
		summary: "Have what was pushed reviewed now, or one change looked at again.",
		body: z.strictObject({ change: z.string().min(1).max(200).optional() }),
		query: Waiting,
		answers,
		async handle(site, asked) {
			const { change: word } = asked.body;
			if (word === undefined) return await ask(site, asked, { what: "review" });
			const found = findChange(word, await changeRecords(site.world.floor));
			if (found.kind === "none") return refusal("not-found", { detail: unknownChange(word) });
			if (found.kind === "several") return refusal("invalid", { detail: severalChanges(word, found.ids) });
			return await ask(site, asked, { what: "review", note: found.change.id });
		},
	}),
	route({
		method: "post",
		path: "/trigger/cycle",
		scopes: ["trigger"],
		summary: "Have a session begin its next cycle now; without a name, every session.",
		body: z.strictObject({ session: z.string().min(1).max(80).optional() }),
		query: Waiting,
		answers,
		async handle(site, asked) {
			const { session } = asked.body;
			if (session === undefined) return await ask(site, asked, { what: "cycle" });
			const isSession = session.startsWith("ralph-") && processNames(site.world.config).includes(session);
			if (!isSession) return refusal("not-found", { detail: unknownSession(session) });
			return await ask(site, asked, { what: "cycle", subject: session });
		},
	}),
	...(
		[
			["standup", "Have the crew meet now."],
			["doctor", "Have every process's pulse taken, and the log read for damage."],
			["self-improve", "Have the bot learn from what it did not understand."],
		] as const
	).map(([what, summary]) =>
		route({
			method: "post",
			path: `/trigger/${what}`,
			scopes: ["trigger"],
			summary,
			body: z.strictObject({ note: Note.optional() }),
			query: Waiting,
			answers,
			handle: (site, asked) => ask(site, asked, { what, ...(asked.body.note && { note: asked.body.note }) }),
		}),
	),
	route({
		method: "post",
		path: "/trigger/ticket",
		scopes: ["trigger"],
		summary: "Hand in a piece of work that ends in a pull request.",
		body: z.strictObject({ text: Note.describe("What is wanted, in your own words.") }),
		query: Waiting,
		answers,
		handle: (site, asked) => ask(site, asked, { what: "ticket", note: asked.body.text }),
	}),
	route({
		method: "get",
		path: "/triggers/:id",
		scopes: ["read", "trigger"],
		summary: "What came of a trigger so far.",
		query: Nothing,
		answers: { 200: { what: "Its story.", schema: open("What, by whom, its state, and what happened since.") } },
		async handle({ world }, { params: { id = "" } }) {
			const story = /^[1-9][0-9]{0,14}$/.test(id) ? await readTrigger(world.floor, Number(id)) : undefined;
			if (story === undefined) return refusal("not-found", { detail: `no trigger is called ${oneLine(id)}` });
			return { status: 200, body: story };
		},
	}),
];

type Wish = Pick<Asked<unknown, { readonly wait: number }>, "person" | "query" | "signal">;

async function ask(site: Site, { person, query, signal }: Wish, turn: Turn): Promise<Answer> {
	const { floor, clock } = site.world;
	const knownSeq = site.live.state.seq;
	const taken = await admitted(site, () => trigger(floor, person, turn));
	if (taken.kind === "refused") return taken.answer;
	const { entry } = taken.result;
	const headers = { location: `/triggers/${entry.seq}` };
	const answerer = answererOf(turn.what, turn.subject);
	const { kind } = await presence(site, answerer);
	if (query.wait > 0 && kind === "there") {
		const waiting = { isAnswer: answersTrigger, waitMs: query.wait * 1_000, clock, signal };
		if ((await waitedFor(() => answerTo(floor, entry, waiting))) !== undefined)
			return { status: 200, body: await readTrigger(floor, entry.seq), headers };
	}
	// What was asked for a second time may be under way.
	const state = entry.seq > knownSeq ? "accepted" : ((await readTrigger(floor, entry.seq))?.state ?? "accepted");
	const hint = kind === "there" ? {} : { hint: nobodyThere(answerer?.name, kind) };
	const body = { id: entry.seq, state, answerer: answerer?.name ?? null, presence: kind, ...hint };
	return { status: 202, body, headers };
}
