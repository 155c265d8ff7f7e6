import type { Turn, World } from "@shopfloor/core/io";
import { act } from "./act.ts";
import { decide } from "./decide.ts";
import { observe } from "./observe.ts";

/** One turn: look, choose, do. Safe to repeat, and safe to interrupt between actions. */
export async function tick(world: World, turn: Turn): Promise<void> {
	for (const action of decide(await observe(world, turn))) {
		turn.signal.throwIfAborted();
		await act(world, action);
	}
}
