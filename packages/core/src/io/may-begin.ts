/** Whether a session may begin work of its own: the scheduler says so, because it is the one that looks at the machine. */
import type { Records } from "./records.ts";

export interface MayBegin {
	/** Why nobody may, or null. */
	readonly held: string | null;
	/** Sessions that are not to work at present, because of their number or of what came of their work. */
	readonly resting: readonly string[];
}

/** Why the session may not begin; undefined when it may. */
export async function mayBegin(records: Pick<Records, "get">, session: string): Promise<string | undefined> {
	const { held, resting } = await readMayBegin(records);
	return held ?? (resting.includes(session) ? `${session} rests: fewer sessions are to work at present` : undefined);
}

export async function readMayBegin(records: Pick<Records, "get">): Promise<MayBegin> {
	return ((await records.get(key)).value as MayBegin | undefined) ?? { held: null, resting: [] };
}

export async function writeMayBegin(records: Pick<Records, "update">, next: MayBegin): Promise<void> {
	await records.update(key, () => next);
}

const key = "notes/may-begin";
