/**
 * One turn. First what people said and what was left in the middle, which the floor alone tells; then, only where there
 * is something to do, the target is asked: pending changes are looked at, approved ones land together, and what landed
 * is watched. The queue and the memory say where everything stands, so a turn may end anywhere.
 */
import type { Change } from "@shopfloor/core";
import { isShopfloorError, type Turn, tickOf, type World } from "@shopfloor/core/io";
import { act } from "./act.ts";
import { decide } from "./decide.ts";
import { memoryOf } from "./memory.ts";
import { heldUp } from "./messages.ts";
import { openChanges } from "./moves.ts";
import { observe } from "./observe.ts";
import { settleAll } from "./settle.ts";
import { tellOnce } from "./tell.ts";

const hear = tickOf({ observe, decide, act });

export async function takeTurn(world: World, turn: Turn): Promise<void> {
	await hear(world, turn);
	await settleAll(world);
	const { repository } = world.config;
	if (repository === null || !(await isWork(world))) return;
	try {
		// With it come git, compilers and crews: a reviewer who has nothing to do weighs little.
		const { work } = await import("./work.ts");
		await work(world, turn, repository);
	} catch (error) {
		// For a person to mend. What waits goes on waiting, and is tried again at the next turn.
		if (!isShopfloorError(error, ...forPeople)) throw error;
		turn.signal.throwIfAborted();
		// Whoever found no sandbox told of it already.
		if (error.code !== "no-sandbox") await tellOnce(world, turn.state, heldUp(error.message));
	}
}

const forPeople = ["no-sandbox", "target-unreachable", "bad-repository", "bad-store", "bad-config"] as const;

async function isWork(world: World): Promise<boolean> {
	const { spent, watch } = (await memoryOf(world).read()).value;
	return watch !== undefined || spent.length > 0 || (await openChanges(world)).some(({ status }) => isOurs(status));
}

function isOurs(status: Change["status"]): boolean {
	return status === "pending" || status === "approved" || status === "landing";
}
