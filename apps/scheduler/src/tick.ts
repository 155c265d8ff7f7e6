import { parseDuration } from "@shopfloor/core";
import { type ProcessSpec, type Turn, tickOf } from "@shopfloor/core/io";
import { act } from "./act.ts";
import { decide, reconcileEvery } from "./decide.ts";
import { lookAtFootprints } from "./look-at-footprints.ts";
import { observe } from "./observe.ts";
import { act as actOnTasks } from "./tasks/act.ts";
import { decide as decideOnTasks } from "./tasks/decide.ts";
import { observe as observeTasks } from "./tasks/observe.ts";

const lookAfterMachine = tickOf({ observe, decide, act });
const handOut = tickOf({ observe: observeTasks, decide: decideOnTasks, act: actOnTasks });

/**
 * Tasks at every turn, first, because somebody waits for them. The machine and the floor when it is time: whoever says
 * something about a task wakes the scheduler, and that must cost next to nothing.
 */
export function schedulerTick(): ProcessSpec["tick"] {
	const everyMs = parseDuration(reconcileEvery) ?? 0;
	let lookedMs = Number.NEGATIVE_INFINITY;
	return async (world, turn) => {
		await handOut(world, turn);
		const nowMs = world.clock.watch();
		if (isOnlyWoken(turn) && nowMs - lookedMs < everyMs) return;
		turn.signal.throwIfAborted();
		await lookAfterMachine(world, turn);
		await lookAtFootprints(world, turn.state);
		lookedMs = nowMs;
	};
}

/** By words about tasks, which say nothing about the machine. */
function isOnlyWoken({ because }: Turn): boolean {
	return because.length > 0 && !because.some((entry) => entry.type === "trigger" && entry.data.what === "health");
}
