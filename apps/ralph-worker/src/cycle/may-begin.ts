/** Whether a session may look for work of its own: at night, in a tight machine, or while it rests, it may not. */
import type { World } from "@shopfloor/core/io";

interface MayBegin {
	/** Why nobody may. */
	readonly held?: string | null;
	readonly resting?: readonly string[];
}

/** The scheduler's word, where there is one. */
export async function mayNotBegin({ floor, name }: World): Promise<boolean> {
	const said = (await floor.records.get("notes/may-begin")).value as MayBegin | null;
	return typeof said?.held === "string" || (said?.resting ?? []).includes(name);
}
