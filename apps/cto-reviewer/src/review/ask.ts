/**
 * Asks whoever serves the reviewer's role to read a change, each time in a conversation of its own, with nothing in
 * reach: no files, no tools. The same question about the same commit is asked once, whoever dies in between.
 */
import { join } from "node:path";
import {
	type Answered,
	type JsonSchema,
	loadPrompts,
	type Prompts,
	type Rendered,
	type ReviewFacts,
	readRefutation,
	readReview,
	refuteAnswer,
	refutePrompt,
	reviewAnswer,
	reviewCriteria,
	reviewerPrompt,
} from "@shopfloor/agents";
import { builtinAgent, type Change } from "@shopfloor/core";
import { counted } from "../messages.ts";
import type { Site } from "../site.ts";
import type { NoOpinion, Opinion, Refutation } from "./opinions.ts";

export async function askReviewer(site: Site, change: Change, facts: ReviewFacts): Promise<Opinion> {
	const asked = { change, what: "review", rendered: reviewerPrompt(promptsOf(site), facts), answer: reviewAnswer };
	const answered = await ask(site, asked);
	if (answered.kind === "nobody") return nobody(answered);
	const { agent, outcome, usd } = answered;
	const isBuiltin = agent === builtinAgent;
	if (outcome.kind === "refused") {
		const criteria = reviewCriteria.map(({ name }) => ({ name, met: "unknown" as const, reason: outcome.detail }));
		return { kind: "read", agent, isBuiltin, criteria, summary: `${agent} declined: ${outcome.detail}`, usd };
	}
	if (outcome.kind !== "done") return failed(agent, outcome);
	const review = readReview(outcome.data);
	if (review.kind === "unfit") return { kind: "none", why: `${agent}: ${review.detail}`, isFault: true };
	const summary = isBuiltin ? counted : review.summary;
	return { kind: "read", agent, isBuiltin, criteria: review.criteria, summary, usd };
}

/** Framed the other way round: it is to find the reason against the change. */
export async function askRefuter(site: Site, change: Change, facts: ReviewFacts): Promise<Refutation> {
	const asked = { change, what: "refute", rendered: refutePrompt(promptsOf(site), facts), answer: refuteAnswer };
	const answered = await ask(site, asked);
	if (answered.kind === "nobody") {
		// It cannot read code, and never will: waiting for it would be for ever.
		const isBuiltinAlone = answered.reasons.every(({ agent }) => agent === builtinAgent);
		return isBuiltinAlone ? { kind: "unread", why: inWords(answered), usd: 0 } : nobody(answered);
	}
	const { agent, outcome, usd } = answered;
	if (outcome.kind === "refused") return { kind: "unread", why: `${agent} declined: ${outcome.detail}`, usd };
	if (outcome.kind !== "done") return failed(agent, outcome);
	const refutation = readRefutation(outcome.data);
	if (refutation.kind === "unfit") return { kind: "none", why: `${agent}: ${refutation.detail}`, isFault: true };
	if (!refutation.refuted) return { kind: "stands", usd };
	const reasons = refutation.reasons.map(({ reason, failure }) =>
		failure === null ? reason : `${reason} (${failure})`,
	);
	return { kind: "refuted", reasons: reasons.length === 0 ? ["it gave no reason"] : reasons, usd };
}

interface Question {
	readonly change: Change;
	readonly what: string;
	readonly rendered: Rendered;
	readonly answer: JsonSchema;
}

async function ask(site: Site, { change, what, rendered, answer }: Question): Promise<Answered> {
	const { crew, signal, show, nowhere } = site;
	const { prompt, version } = rendered;
	const answered = await crew.ask({
		role: "reviewer",
		prompt,
		version,
		answer,
		cwd: nowhere,
		access: "none",
		once: { key: `${change.id}:${what}`, inputs: { commit: change.commit } },
		...(change.task === null ? {} : { task: change.task }),
		signal,
		show,
	});
	// Called off, it gives whatever answer comes of that.
	signal.throwIfAborted();
	return answered;
}

function promptsOf({ world }: Site): Prompts {
	return loadPrompts(join(world.places.root, "prompts"));
}

function nobody(answered: Extract<Answered, { kind: "nobody" }>): NoOpinion {
	return { kind: "none", why: inWords(answered), isFault: false };
}

function inWords({ reasons }: Extract<Answered, { kind: "nobody" }>): string {
	return reasons.map(({ agent, why }) => `${agent}: ${why}`).join("; ");
}

/** What a call may cost is the person's to raise; everything else was a try. */
function failed(agent: string, outcome: Extract<Answered, { kind: "answered" }>["outcome"]): NoOpinion {
	const why = "detail" in outcome ? outcome.detail : outcome.kind;
	const isFault = outcome.kind !== "over-budget" && outcome.kind !== "limited";
	return { kind: "none", why: `${agent}: ${why}`, isFault };
}
