import type { DataOf } from "@shopfloor/core";
import { instant, isGone, pidOf, type World } from "@shopfloor/core/io";
import type { Action } from "./decide.ts";

/** Carries out one action. Each may be repeated without harm. */
export async function act(world: World, action: Action): Promise<void> {
	switch (action.kind) {
		case "alert":
			return await say(world, action.alert);
		case "end":
			await say(world, action.alert);
			return end(action.identity);
		case "note-verified":
			await world.floor.records.update(`notes/${world.name}`, () => ({ verified: instant(world.clock.now()) }));
			return;
		default:
			action satisfies never;
	}
}

async function say({ floor, name }: World, alert: DataOf<"alert">): Promise<void> {
	await floor.log.append([{ type: "alert", by: name, data: alert }]);
}

/** The identity holds the start time: a process id that was given to somebody else is left alone. */
function end(identity: string): void {
	if (!isGone(identity)) process.kill(pidOf(identity), "SIGKILL");
}
