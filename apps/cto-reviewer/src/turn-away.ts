/** Reviews take minutes, and people do not wait for the end of a turn: looked at again before anything is read, or lands. */
import type { World } from "@shopfloor/core/io";
import { act } from "./act.ts";
import { unwanted } from "./decide.ts";
import { observe } from "./observe.ts";
import { settleAll } from "./settle.ts";

/** Turns away what nobody wants any more; the ids. */
export async function turnAwayUnwanted(world: World): Promise<readonly string[]> {
	const actions = unwanted(await observe(world, { because: [] }));
	for (const action of actions) await act(world, action);
	if (actions.length > 0) await settleAll(world);
	return actions.map(({ change }) => change);
}
