import { rmSync } from "node:fs";
import type { Draft } from "@shopfloor/core";
import { noteHead, type World } from "@shopfloor/core/io";
import type { Action } from "./decide.ts";
import { swept } from "./messages.ts";

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
			for (const path of action.paths) rmSync(path, { recursive: true, force: true });
			return await say(world, { type: "alert", by: world.name, data: swept(action.paths.length) });
		case "anchor":
			return await noteHead(world.floor);
		default:
			action satisfies never;
	}
}

async function say({ floor }: World, draft: Draft): Promise<void> {
	await floor.log.append([draft]);
}
