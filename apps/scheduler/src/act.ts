import { createHash } from "node:crypto";
import { reconcileTerminals } from "@shopfloor/agents";
import type { Draft } from "@shopfloor/core";
import { endLeftRuns, isShopfloorError, notedHead, noteHead, sweep, type World } from "@shopfloor/core/io";
import type { Action } from "./decide.ts";
import { cannotEnd, endedRuns, logCut, settledLost, swept } from "./messages.ts";
import { missedKey } from "./missed.ts";

/** Carries out one action. Each may be repeated without harm. */
export async function act(world: World, action: Action): Promise<void> {
	switch (action.kind) {
		case "health":
			return await say(world, { type: "health", by: world.name, data: action.health });
		case "alert":
			return await say(world, { type: "alert", by: world.name, data: action.alert });
		case "resume":
			return await say(world, {
				type: "resumed",
				by: world.name,
				data: { scope: action.scope, reason: "its time is over" },
			});
		case "end-runs":
			return await endRuns(world);
		case "settle":
			await world.floor.log.append(action.calls);
			return await say(world, { type: "alert", by: world.name, data: settledLost(action.calls) });
		case "terminals":
			// A view: where there is none the files are still there, and whoever wants to attach is told why.
			await reconcileTerminals(world.floor.stateDir, action.sessions);
			return;
		case "sweep":
			return await tidy(world, sweep(action.paths));
		case "note-missed":
			await world.floor.records.update(missedKey, () => action.missed);
			return;
		case "anchor":
			return await anchor(world);
		default:
			action satisfies never;
	}
}

/** What cannot be ended keeps nobody from the rest of the turn; a person is told once. */
async function endRuns(world: World): Promise<void> {
	try {
		const ended = await endLeftRuns(world.floor.stateDir);
		const count = ended.reduce((sum, { processes }) => sum + processes.length, 0);
		if (count > 0) await say(world, { type: "alert", by: world.name, data: endedRuns(count) });
	} catch (error) {
		if (!isShopfloorError(error, "process-left")) throw error;
		const id = `process-left:${createHash("sha256").update(error.message).digest("hex").slice(0, 16)}`;
		await say(world, { type: "alert", by: world.name, id, data: cannotEnd(error.message) });
	}
}

async function tidy(world: World, count: number): Promise<void> {
	if (count > 0) await say(world, { type: "alert", by: world.name, data: swept(count) });
}

async function say({ floor }: World, draft: Draft): Promise<void> {
	await floor.log.append([draft]);
}

/** A log that ends before the head that was noted was cut, or put back from a backup: told, and no reason to end. */
async function anchor(world: World): Promise<void> {
	try {
		await noteHead(world.floor);
	} catch (error) {
		if (!isShopfloorError(error, "bad-record")) throw error;
		const noted = await notedHead(world.floor);
		if (noted !== undefined)
			await say(world, {
				type: "alert",
				by: world.name,
				id: `log-cut:${noted.seq}:${noted.hash}`,
				data: logCut(noted.seq),
			});
	}
}
