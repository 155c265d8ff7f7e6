/** Carries out one action on the floor. Each may be repeated without harm. */
import type { DataOf, Draft } from "@shopfloor/core";
import { crashAt, type World } from "@shopfloor/core/io";
import type { Action, TurnAway } from "./decide.ts";
import { type Dossier, dossierOf, memoryOf, type Outcome, withDossier } from "./memory.ts";
import { approvedBy, rejectedBy, sentence } from "./messages.ts";
import { move, note, openChanges } from "./moves.ts";

export async function act(world: World, action: Action): Promise<void> {
	switch (action.kind) {
		case "hear":
			return await hear(world, action);
		case "pass-over":
			await say(world, action.alert, `uncounted:${action.seq}`);
			await memoryOf(world).update((memory) => ({ ...memory, heard: Math.max(memory.heard, action.seq) }));
			return;
		case "expire":
			return await expire(world, action.change, action.approval);
		case "turn-away":
			return await turnAway(world, action);
		case "return":
			return await move(world, action.change, "pending");
		case "give-up":
			await move(world, action.change, "poisonous");
			return await say(world, action.alert);
		case "look-again":
			return await move(world, action.change, "pending", { attempts: 0, reasons: [action.reason] });
		case "clear":
			await world.floor.reviews.update((queue) => ({
				changes: queue.changes.filter(({ id }) => !action.changes.includes(id)),
			}));
			return;
		default:
			action satisfies never;
	}
}

/** In one stroke: the question is over, and what the answer comes to stands. */
async function hear(world: World, { change, seq, answer, by, note: words }: Extract<Action, { kind: "hear" }>) {
	const named = (await openChanges(world)).find(({ id }) => id === change);
	await memoryOf(world).update((memory) => {
		const known = memory.dossiers.find((one) => one.change === change);
		const found = known ?? (named === undefined ? undefined : dossierOf(memory, named));
		if (found === undefined) return memory;
		const heard = { ...memory, heard: Math.max(memory.heard, seq) };
		return withDossier(heard, answeredBy(found, answer === "approve", by, words));
	});
}

function answeredBy(dossier: Dossier, isApproved: boolean, by: string, words: string | undefined): Dossier {
	const { question, ...rest } = dossier;
	const reason = sentence((isApproved ? approvedBy : rejectedBy)(by, words));
	const outcome: Outcome = isApproved
		? { kind: "approved", reason, criteria: [] }
		: { kind: "rejected", reasons: [reason] };
	const taken = isApproved ? { approvedBy: by.slice(0, 200), accepted: question?.rules ?? [] } : {};
	return { ...rest, ...taken, outcome };
}

async function expire(world: World, change: string, approval: string): Promise<void> {
	await append(world, { type: "approval_expired", by: world.name, id: `expired:${approval}`, data: { approval } });
	crashAt("review.expired");
	await note(world, change, ({ approval: _over, ...rest }) => rest);
	await memoryOf(world).update((memory) => {
		const found = memory.dossiers.find((one) => one.change === change);
		if (found?.question?.approval !== approval) return memory;
		const { question: _over, ...rest } = found;
		return withDossier(memory, rest);
	});
}

/** Its question, if one is open, is over with it. */
async function turnAway(world: World, { change, reason }: TurnAway): Promise<void> {
	const named = (await openChanges(world)).find(({ id }) => id === change);
	if (named === undefined) return;
	const outcome: Outcome = { kind: "rejected", reasons: [sentence(reason)] };
	await memoryOf(world).update((memory) => withDossier(memory, { ...dossierOf(memory, named), outcome }));
}

async function say(world: World, data: DataOf<"alert">, id?: string): Promise<void> {
	await append(world, { type: "alert", by: world.name, data, ...(id === undefined ? {} : { id }) });
}

async function append({ floor }: World, draft: Draft): Promise<void> {
	await floor.log.append([draft]);
}
