/** A person's answer to a question, bound to the commit that they were shown. */
import { type Answered, answerQuestion } from "@shopfloor/core/person";
import { z } from "zod";
import { noteMissing, notOpen, overtaken, quicker } from "../messages.ts";
import { type Answer, refusal } from "../problem.ts";
import { Note, Nothing } from "./fields.ts";
import { type Route, route } from "./route.ts";

const Given = z.object({
	change: z.string(),
	approval: z.string(),
	commit: z.string(),
	answer: z.enum(["approve", "reject"]),
});

export const approvalRoutes: readonly Route[] = [
	route({
		method: "post",
		path: "/approvals/:id",
		scopes: ["approve"],
		summary:
			"Approve or reject the change that a question is about. It counts once, for that commit, before it expires.",
		body: z.strictObject({
			answer: z.enum(["approve", "reject"]),
			commit: z.string().min(1).max(120).describe("The commit that the question names: what you have looked at."),
			note: Note.optional().describe("A rejection needs one: whoever plans the next attempt reads it."),
		}),
		query: Nothing,
		answers: { 202: { what: "The answer is written down, durably; the reviewer acts on it.", schema: Given } },
		async handle({ world: { floor, clock } }, { person, body: { answer, commit, note }, params: { id = "" } }) {
			const wish = { approval: id, answer, commit, ...(note !== undefined && { note }) };
			return answerOf(await answerQuestion(floor, person, wish, clock.now()), answer);
		},
	}),
];

function answerOf(answered: Answered, answer: "approve" | "reject"): Answer {
	switch (answered.kind) {
		case "answered": {
			const { change, bound } = answered;
			return {
				status: 202,
				body: { change: change.id, ...bound, answer },
				headers: { location: `/changes/${change.id}` },
			};
		}
		case "note-missing":
			return refusal("invalid", { faults: [{ at: "body.note", message: noteMissing }] });
		case "unknown-question":
		case "unknown-change":
		case "several-changes":
			return refusal("not-found", { detail: "no question is called so" });
		case "not-open":
			return refusal("not-open", { detail: notOpen(answered.change, answered.question) });
		case "overtaken":
			return refusal("overtaken", { detail: overtaken(answered.change, answered.bound.commit) });
		case "second":
			return refusal("second", { detail: quicker(answered.given.by, answered.given.data.answer) });
		default:
			return answered satisfies never;
	}
}
