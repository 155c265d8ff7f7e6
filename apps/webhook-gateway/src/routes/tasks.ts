/** Tasks: asking for one, and what stands in the queue. */
import { oneLine } from "@shopfloor/core";
import {
	answersTask,
	answerTo,
	readQueue,
	readTask,
	requestTask,
	scheduler,
	taskRequestOf,
} from "@shopfloor/core/person";
import { z } from "zod";
import { nobodyThere } from "../messages.ts";
import { refusal } from "../problem.ts";
import { admitted, waitedFor } from "./asking.ts";
import { Nothing, open, Waiting } from "./fields.ts";
import { presence } from "./presence.ts";
import { type Route, route } from "./route.ts";

/** The rest of what a task may be is said by whoever makes a request of it, for all surfaces. */
const Wish = z.strictObject({
	title: z.string().max(1_000).describe("In a line, what is to be done."),
	detail: z.string().max(30_000).optional(),
	files: z.array(z.string().max(1_000)).max(1_000).optional().describe("From the repository's top."),
	priority: z.int().min(0).max(9).optional().describe("0 is the most urgent."),
	after: z.array(z.string().max(120)).max(50).optional().describe("Tasks that must be done before it."),
	key: z.string().max(200).optional().describe("Stands for this very task: asked for again, it is the same one."),
});

const Requested = z.object({
	task: z.string(),
	state: z.enum(["written", "queued", "refused"]),
	reason: z.string().nullable(),
	presence: z.enum(["there", "away", "held"]),
	hint: z.string().optional(),
});

export const taskRoutes: readonly Route[] = [
	route({
		method: "post",
		path: "/trigger/task",
		scopes: ["trigger"],
		summary: "Ask for a task.",
		body: Wish,
		query: Waiting,
		answers: {
			202: { what: "It is written down, durably. Location says where it can be followed.", schema: Requested },
			200: { what: "The scheduler has said what becomes of it.", schema: Requested },
		},
		async handle(site, { person, body, query, signal }) {
			const { floor, clock } = site.world;
			const asked = taskRequestOf(body, person.source);
			if (asked.kind === "faults") {
				const faults = asked.faults.map(({ field, message }) => ({ at: `body.${field}`, message }));
				return refusal("invalid", { faults });
			}
			const taken = await admitted(site, () => requestTask(floor, person, asked.request));
			if (taken.kind === "refused") return taken.answer;
			const { entry, task } = taken.result;
			const { kind } = await presence(site, scheduler);
			const waiting = { isAnswer: answersTask, waitMs: query.wait * 1_000, clock, signal };
			const answer =
				query.wait > 0 && kind === "there" ? await waitedFor(() => answerTo(floor, entry, waiting)) : undefined;
			const reason = answer?.type === "task_settled" ? answer.data.reason : null;
			const state = answer === undefined ? "written" : reason === null ? "queued" : "refused";
			const hint = kind === "there" ? {} : { hint: nobodyThere(scheduler.name, kind) };
			return {
				status: answer === undefined ? 202 : 200,
				body: { task, state, reason, presence: kind, ...hint },
				headers: { location: `/tasks/${task}` },
			};
		},
	}),
	route({
		method: "get",
		path: "/tasks",
		scopes: ["read"],
		summary: "The open tasks in the order in which they come, and what was asked for and is not queued yet.",
		query: Nothing,
		answers: { 200: { what: "The queue.", schema: open("tasks, asked") } },
		async handle({ world }) {
			const { tasks, asked } = await readQueue(world.floor);
			return { status: 200, body: { tasks, asked } };
		},
	}),
	route({
		method: "get",
		path: "/tasks/:id",
		scopes: ["read", "trigger"],
		summary: "One task: how it stands, what it cost, and its story.",
		query: Nothing,
		answers: { 200: { what: "The task.", schema: open("task, request, cycle, usd, calls, story") } },
		async handle({ world }, { params: { id = "" } }) {
			const task = await readTask(world.floor, id);
			return task === undefined
				? refusal("not-found", { detail: `no task is called ${oneLine(id)}` })
				: { status: 200, body: task };
		},
	}),
];
