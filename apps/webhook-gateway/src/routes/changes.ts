/** Changes: those that are in review, and the story of one. */
import { changeRecords, changeStory, findChange, isUndecided, knownChanges } from "@shopfloor/core/person";
import { z } from "zod";
import { severalChanges, unknownChange } from "../messages.ts";
import { refusal } from "../problem.ts";
import { Nothing, open } from "./fields.ts";
import { type Route, route } from "./route.ts";

export const changeRoutes: readonly Route[] = [
	route({
		method: "get",
		path: "/changes",
		scopes: ["read"],
		summary: "The changes that are not decided yet; with all=true the newest decided ones, too.",
		query: z.strictObject({ all: z.enum(["true", "false"]).default("false") }),
		answers: { 200: { what: "The changes.", schema: open("changes") } },
		async handle({ world }, { query }) {
			const records = await changeRecords(world.floor);
			const known = knownChanges(records);
			const undecided = new Set(records.queue.filter(isUndecided).map(({ id }) => id));
			const shown = query.all === "true" ? known.slice(-shownMost) : known.filter(({ id }) => undecided.has(id));
			return { status: 200, body: { changes: shown.toReversed() } };
		},
	}),
	route({
		method: "get",
		path: "/changes/:id",
		scopes: ["read"],
		summary: "One change, by its id or the beginning of its commit: how it stands, its review, the question about it.",
		query: Nothing,
		answers: { 200: { what: "The change.", schema: open("change, cycle, review, question, receipt, story") } },
		async handle({ world: { floor, clock } }, { params: { id = "" } }) {
			const records = await changeRecords(floor);
			const found = findChange(id, records);
			if (found.kind === "none") return refusal("not-found", { detail: unknownChange(id) });
			if (found.kind === "several") return refusal("invalid", { detail: severalChanges(id, found.ids) });
			const { entries: story, ...rest } = changeStory(found.change.id, records.entries, clock.now());
			return { status: 200, body: { change: found.change, ...rest, story } };
		},
	}),
];

const shownMost = 200;
