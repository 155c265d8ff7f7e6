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

export async function reviewChange(site: Site, change: Change): Promise<void> {
	const { world, signal } = site;
	if (change.attempts >= attemptsMax) return await giveUp(site, change);
	await site.step(`reviewing ${change.id}: ${change.title}`);
	const begun = { ...change, attempts: change.attempts + 1 };
	await move(world, change.id, "reviewing", { attempts: begun.attempts });
	crashAt("review.begun");
	try {
		await review(site, begun);
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

async function review(site: Site, change: Change): Promise<void> {
	const { world } = site;
	const dossier = dossierOf((await memoryOf(world).read()).value, change);
	const looked = await look(site, change);
	switch (looked.kind) {
		case "missing":
			return await conclude(world, dossier, { kind: "missing", reason: looked.why });
		case "conflict":
			return await rebase(site, change, looked.files);
		case "unfit":
			return await conclude(world, dossier, {
				kind: "rejected",
				reasons: sentences([looked.why]),
				criteria: [{ name: "can-be-read", met: false, reason: looked.why.slice(0, 500) }],
			});
		case "unseen":
			return await later(site, change, { why: looked.why, isFault: true });
		case "seen":
			return await carryOn(site, { change, dossier, evaluation: looked.evaluation });
	}
}

interface Seen {
	readonly change: Change;
	readonly dossier: Dossier;
	readonly evaluation: Evaluation;
}

async function carryOn(site: Site, seen: Seen): Promise<void> {
	const { world, show } = site;
	const { change, dossier, evaluation } = seen;
	const { decided, read } = await judge(site, seen);
	show(`${change.id}: ${decided.kind}`);
	if (decided.kind === "later") {
		await later(site, change, decided);
		if (!decided.isFault) await tellOnce(world, site.turn.state, waits(decided.why));
		return;
	}
	const known: Dossier = { ...dossier, ...read, givenUp: [...evaluation.givenUp] };
	if (decided.kind === "asked") return await ask(site, seen, known, decided);
	const outcome: Outcome =
		decided.kind === "approved"
			? { kind: "approved", reason: sentence(decided.reason), criteria: [...decided.criteria] }
			: { kind: "rejected", reasons: sentences(decided.reasons), criteria: [...decided.criteria] };
	await conclude(world, known, outcome);
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
