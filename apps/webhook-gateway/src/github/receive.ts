/**
 * Does what a webhook of GitHub's asks for. GitHub signs neither a time nor the delivery's id, so what is asked for is
 * written down under a name from the signed body: a delivery that comes again, whoever sends it, changes nothing.
 */
import { answerQuestion, byOf, requestTask, taskRequestOf } from "@shopfloor/core/person";
import type { Request } from "express";
import { isJson } from "../guard/body.ts";
import { strictJson } from "../guard/strict-json.ts";
import { type Answer, refusal } from "../problem.ts";
import { admitted } from "../routes/asking.ts";
import type { Site } from "../routes/route.ts";
import { hearEvent } from "./event.ts";

/** `body` has been signed by GitHub. */
export async function hear(site: Site, request: Request, body: Buffer): Promise<Answer> {
	const { config, floor, clock } = site.world;
	const { github } = config.gateway;
	if (github === undefined) return refusal("not-found");
	if (!isJson(request, body))
		return refusal("not-json", { detail: "set the webhook's content type to application/json" });
	const json = strictJson(body);
	if (json.kind === "fault") return refusal("bad-json", { detail: json.fault });
	const heard = hearEvent(String(request.headers["x-github-event"] ?? ""), json.value, github);
	switch (heard.kind) {
		case "ignored":
			return said("ignored", heard.why);
		case "task": {
			const asked = taskRequestOf(heard.wish, "github");
			if (asked.kind === "faults")
				return said("ignored", asked.faults.map(({ field, message }) => `${field} ${message}`).join("; "));
			const person = { by: byOf("github", heard.by), source: "github", id: heard.id };
			const taken = await admitted(site, () => requestTask(floor, person, asked.request));
			if (taken.kind === "taken") return said("accepted", taken.result.task);
			// Its text or its label's author is another by now: the first request stands.
			return taken.answer.status === keyReused ? said("ignored", "it was asked for before") : taken.answer;
		}
		case "answer": {
			const { approval, answer, note } = heard;
			const person = { by: byOf("github", heard.by), source: "github", id: heard.id };
			const wish = { approval, answer, ...(note !== undefined && { note }) };
			const result = await answerQuestion(floor, person, wish, clock.now());
			return result.kind === "answered" ? said("accepted", approval) : said("refused", result.kind);
		}
		default:
			return heard satisfies never;
	}
}

function said(state: "accepted" | "ignored" | "refused", what: string): Answer {
	return { status: 202, body: { state, what } };
}

const keyReused = 422;
