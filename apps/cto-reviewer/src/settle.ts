/** Does what a change came to: tells it, moves the change, and gives its branch up. Begun again, it comes to the same. */
import type { Change, Draft } from "@shopfloor/core";
import { crashAt, type World } from "@shopfloor/core/io";
import { isDecided } from "./decide.ts";
import { type Dossier, type Memory, memoryOf, type Outcome, withDossier, withoutDossier } from "./memory.ts";
import { missing } from "./messages.ts";
import { move, openChanges } from "./moves.ts";

export async function settleAll(world: World): Promise<void> {
	const { dossiers } = (await memoryOf(world).read()).value;
	for (const dossier of dossiers) if (dossier.outcome !== undefined) await settle(world, dossier, dossier.outcome);
}

/** Decided and done; a death in between leaves it to the next one. */
export async function conclude(world: World, dossier: Dossier, outcome: Outcome): Promise<void> {
	const concluded = { ...dossier, outcome };
	await memoryOf(world).update((memory) => withDossier(memory, concluded));
	crashAt("review.decided");
	await settle(world, concluded, outcome);
}

async function settle(world: World, dossier: Dossier, outcome: Outcome): Promise<void> {
	const change = (await openChanges(world)).find(({ id }) => id === dossier.change);
	if (change?.commit === dossier.commit) {
		await world.floor.log.append(entriesOf(world.name, change, dossier, outcome));
		crashAt("review.told");
		if (mayFollow(change.status, outcome)) await move(world, change.id, outcome.kind, patchOf(dossier, outcome));
		crashAt("review.moved");
	}
	await memoryOf(world).update((memory) => afterwards(memory, dossier, outcome, change));
}

/** What somebody else decided meanwhile, or decided long ago, stays. */
function mayFollow(status: Change["status"], { kind }: Outcome): boolean {
	if (isDecided(status)) return false;
	// Given up, only a person turns it away.
	if (status === "poisonous") return kind === "rejected";
	if (kind === "approved" || kind === "asked") return status === "reviewing" || status === "asked";
	return kind !== "landed" || status === "landing";
}

function patchOf({ question, accepted }: Dossier, outcome: Outcome): Partial<Omit<Change, "id" | "status">> {
	switch (outcome.kind) {
		case "approved":
			return { reasons: [outcome.reason], ...(accepted === undefined ? {} : { accepted }) };
		case "asked":
			return { reasons: [outcome.reason], ...(question === undefined ? {} : { approval: question.approval }) };
		case "rejected":
			return { reasons: outcome.reasons };
		case "missing":
			return { reasons: [outcome.reason] };
		case "landed":
			return { reasons: [] };
	}
}

function entriesOf(by: string, change: Change, dossier: Dossier, outcome: Outcome): Draft[] {
	const { id, commit, session } = change;
	const { question, questions } = dossier;
	const review = (decision: "approved" | "asked" | "rejected", reason: string, criteria: ReviewEntry["criteria"]) => ({
		type: "cto_review" as const,
		by,
		id: `review:${commit}:${questions}:${decision}`,
		data: { change: id, commit, session, decision, criteria: [...criteria], reason },
	});
	const turnedAway = (reasons: readonly string[]): Draft => ({
		type: "change_rejected",
		by,
		// The same that a landing gives it.
		id: `rejected:${commit}`,
		data: { change: id, session, reasons: [...reasons] },
	});
	const over: Draft[] =
		question === undefined
			? []
			: [
					{
						type: "approval_expired",
						by,
						id: `expired:${question.approval}`,
						data: { approval: question.approval },
					},
				];
	switch (outcome.kind) {
		case "approved":
			return [review("approved", outcome.reason, outcome.criteria)];
		case "asked":
			return [review("asked", outcome.reason, outcome.criteria), ...asking(by, change, question)];
		case "rejected":
			return [
				...(outcome.criteria === undefined ? [] : [review("rejected", outcome.reasons[0] ?? "", outcome.criteria)]),
				turnedAway(outcome.reasons),
				...over,
			];
		case "missing":
			return [
				turnedAway([outcome.reason]),
				{ type: "alert", by, id: `missing:${commit}`, data: missing(change, outcome.reason) },
				...over,
			];
		case "landed":
			return over;
	}
}

type ReviewEntry = Extract<Outcome, { kind: "approved" }>;

function asking(by: string, { id, commit }: Change, question: Dossier["question"]): Draft[] {
	if (question === undefined) return [];
	const { approval, text, expires, receipt } = question;
	const data = {
		approval,
		change: id,
		commit,
		question: text,
		expires,
		...(receipt === undefined ? {} : { receipt }),
	};
	return [{ type: "approval_asked", by, id: `asked:${approval}`, data }];
}

/** What is left to remember. */
function afterwards(memory: Memory, dossier: Dossier, { kind }: Outcome, change: Change | undefined): Memory {
	if (kind === "approved" || kind === "asked") {
		const { outcome: _done, ...rest } = dossier;
		return withDossier(memory, rest);
	}
	const closed = withoutDossier(memory, dossier.change);
	if (change === undefined || kind === "missing") return closed;
	return { ...closed, spent: [...closed.spent, { branch: change.branch, commit: change.commit }] };
}
