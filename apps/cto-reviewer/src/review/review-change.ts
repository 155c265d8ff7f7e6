/** The review of one change, from pending to a decision or back. What is decided is written down before it is done. */
import { type Change, cut } from "@shopfloor/core";
import { crashAt, instant, isShopfloorError } from "@shopfloor/core/io";
import type { Evaluation } from "@shopfloor/gate";
import { attemptsMax } from "../decide.ts";
import { type Dossier, dossierOf, memoryOf, type Outcome } from "../memory.ts";
import { poisonous, question, sentence, sentences, waits } from "../messages.ts";
import { move } from "../moves.ts";
import { conclude } from "../settle.ts";
import { expiresMs, type Site } from "../site.ts";
import { tellOnce } from "../tell.ts";
import { askRefuter, askReviewer } from "./ask.ts";
import { type Decided, decideMeasured, decideRead, decideWhole, needsRefuter, rulesAsked } from "./decide.ts";
import { factsFor } from "./facts.ts";
import { look } from "./look.ts";
import { policyFor } from "./policy.ts";
import { rebase } from "./rebase.ts";

/** `waits`: nobody can say anything about it now, and that is not its fault. */
export async function reviewChange(site: Site, change: Change): Promise<"waits" | "done"> {
	const { world, signal } = site;
	if (change.attempts >= attemptsMax) {
		await giveUp(site, change);
		return "done";
	}
	await site.step(`reviewing ${change.id}: ${change.title}`);
	const begun = { ...change, attempts: change.attempts + 1 };
	await move(world, change.id, "reviewing", { attempts: begun.attempts });
	crashAt("review.begun");
	try {
		return await review(site, begun);
	} catch (error) {
		// Nobody is to blame for a stop, or for a disk that is full.
		if (signal.aborted || isShopfloorError(error)) await later(site, begun, { why: whyOf(error), isFault: false });
		throw error;
	}
}

async function giveUp({ world, turn }: Site, change: Change): Promise<void> {
	await move(world, change.id, "poisonous");
	await tellOnce(world, turn.state, poisonous(change));
}

function whyOf(error: unknown): string {
	return error instanceof Error ? error.message : "it was called off";
}

async function review(site: Site, change: Change): Promise<"waits" | "done"> {
	const { world } = site;
	const dossier = dossierOf((await memoryOf(world).read()).value, change);
	const looked = await look(site, change);
	switch (looked.kind) {
		case "missing":
			await conclude(world, dossier, { kind: "missing", reason: looked.why });
			return "done";
		case "conflict":
			await rebase(site, change, looked.files);
			return "done";
		case "unfit": {
			const criteria = [{ name: "can be read", met: false, reason: looked.why.slice(0, 500) }];
			await conclude(world, dossier, { kind: "rejected", reasons: sentences([looked.why]), criteria });
			return "done";
		}
		case "unseen":
			await later(site, change, { why: looked.why, isFault: true });
			return "done";
		case "seen":
			return await carryOn(site, { change, dossier, evaluation: looked.evaluation });
	}
}

interface Seen {
	readonly change: Change;
	readonly dossier: Dossier;
	readonly evaluation: Evaluation;
}

async function carryOn(site: Site, seen: Seen): Promise<"waits" | "done"> {
	const { world, turn, show } = site;
	const { change, dossier, evaluation } = seen;
	const { decided, read } = await judge(site, seen);
	show(`${change.id}: ${decided.kind}`);
	if (decided.kind === "later") {
		await later(site, change, decided);
		if (decided.isFault) return "done";
		await tellOnce(world, turn.state, waits(decided.why));
		return "waits";
	}
	const known: Dossier = { ...dossier, ...read, givenUp: evaluation.givenUp.slice(0, givenUpMost) };
	if (decided.kind === "asked") await ask(site, seen, known, decided);
	else await conclude(world, known, outcomeOf(decided));
	return "done";
}

/** As many as a receipt names. */
const givenUpMost = 2_000;

function outcomeOf(decided: Extract<Decided, { kind: "approved" | "rejected" }>): Outcome {
	const criteria = [...decided.criteria];
	return decided.kind === "approved"
		? { kind: "approved", reason: sentence(decided.reason), criteria }
		: { kind: "rejected", reasons: sentences(decided.reasons), criteria };
}

interface JudgedSo {
	readonly decided: Decided;
	/** Who read it, and what that cost. */
	readonly read: Pick<Dossier, "reviewedBy" | "usd">;
}

async function judge(site: Site, { change, evaluation }: Seen): Promise<JudgedSo> {
	const measured = decideMeasured(evaluation);
	if (measured !== undefined) return { decided: measured, read: {} };
	const facts = await factsFor(site, change, evaluation);
	const opinion = await askReviewer(site, change, facts);
	crashAt("review.read");
	const early = decideRead(evaluation, opinion);
	if (early !== undefined || opinion.kind === "none")
		return { decided: early ?? { kind: "later", why: "", isFault: false }, read: {} };
	const { review } = site.world.config;
	const policy = policyFor(review, evaluation.paths);
	const isGrave = needsRefuter(evaluation.size, policy, review.refuteLines);
	const refutation = isGrave ? await askRefuter(site, change, facts) : undefined;
	const decided = decideWhole({ measured: evaluation, opinion, refutation, policy });
	const usd = opinion.usd + (refutation !== undefined && "usd" in refutation ? refutation.usd : 0);
	const how = opinion.isBuiltin ? `${opinion.agent} (counted, not read)` : opinion.agent;
	return { decided, read: { reviewedBy: how, usd } };
}

async function ask(
	{ world }: Site,
	{ change, evaluation }: Seen,
	dossier: Dossier,
	{ why, criteria }: Extract<Decided, { kind: "asked" }>,
): Promise<void> {
	const number = dossier.questions + 1;
	const { receipt, size } = evaluation;
	const asked: Dossier = {
		...dossier,
		questions: number,
		question: {
			approval: `a-${change.id.replace(/^c-/, "")}-${number}`,
			text: question({ change, size, why }),
			expires: instant(world.clock.now() + expiresMs(world)),
			...(receipt === undefined ? {} : { receipt }),
			rules: rulesAsked(evaluation),
		},
	};
	await conclude(world, asked, { kind: "asked", reason: cut(why.join("; "), reasonMax), criteria: [...criteria] });
}

/** What an entry takes. */
const reasonMax = 2_000;

/** Pending again. A start that was nobody's fault is not counted. */
async function later(
	{ world }: Site,
	change: Change,
	{ why, isFault }: { readonly why: string; readonly isFault: boolean },
): Promise<void> {
	const attempts = isFault ? change.attempts : change.attempts - 1;
	await move(world, change.id, "pending", { attempts, reasons: sentences([why]) });
}
