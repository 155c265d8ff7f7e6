import { type Places, ShopfloorError, unfitStateDir } from "@shopfloor/core/io";

/** The state directory, for those who look into it without opening the floor. */
export function fitState({ state }: Places): string {
	const fault = unfitStateDir(state, "look");
	if (fault !== undefined) throw new ShopfloorError("bad-state-dir", fault);
	return state;
}
