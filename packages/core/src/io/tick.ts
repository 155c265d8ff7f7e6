import type { ProcessSpec, World } from "./run-process.ts";
import type { Turn } from "./work-loop.ts";

/** What a turn is made of; the one part of it that chooses knows nothing of the world. */
interface Parts<Snapshot, Action> {
	observe(world: World, turn: Turn): Promise<Snapshot>;
	decide(snapshot: Snapshot): readonly Action[];
	act(world: World, action: Action): Promise<void>;
}

/** One turn: look, choose, do. Safe to repeat, and safe to interrupt between actions. */
export function tickOf<Snapshot, Action>({ observe, decide, act }: Parts<Snapshot, Action>): ProcessSpec["tick"] {
	return async (world, turn) => {
		for (const action of decide(await observe(world, turn))) {
			turn.signal.throwIfAborted();
			await act(world, action);
		}
	};
}
