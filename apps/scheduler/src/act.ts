import type { Draft } from "@shopfloor/core";
import { isShopfloorError, notedHead, noteHead, sweep, type World } from "@shopfloor/core/io";
import type { Action } from "./decide.ts";
import { logCut, swept } from "./messages.ts";
import { missedKey } from "./observe.ts";

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
