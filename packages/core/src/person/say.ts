/** Writes what a person says: once, however often they say it under the same id. */
import { isDeepStrictEqual } from "node:util";
import { currentState, type Floor } from "../io/index.ts";
import type { DataOf, Draft, Entry, EntryType } from "../model/entry.ts";
import type { FactoryState } from "../model/factory-state.ts";
import type { IdTaken, Person } from "./asking/person.ts";

export type Said<T extends EntryType> = { readonly kind: "said"; readonly entry: Extract<Entry, { type: T }> };

export async function say<T extends EntryType>(
	{ log }: Pick<Floor, "log">,
	{ by, id }: Pick<Person, "by" | "id">,
	type: T,
	data: DataOf<T>,
): Promise<Said<T> | IdTaken> {
	const draft = { type, by, data, ...(id !== undefined && { id }) } as Draft;
	const [entry] = await log.append([draft]);
	if (entry === undefined) throw new Error("the log took a draft and returned no entry");
	if (!isSame(entry, draft)) return { kind: "id-taken", entry };
	return { kind: "said", entry: entry as Said<T>["entry"] };
}

/** `for two hours` is another instant with every try, and means the same. */
function isSame(entry: Entry, draft: Draft): boolean {
	return entry.type === draft.type && entry.by === draft.by && isDeepStrictEqual(meant(entry), meant(draft));
}

function meant({ type, data }: Draft | Entry): unknown {
	return type === "paused" ? { ...data, until: data.until !== undefined } : data;
}

/**
 * What holds when this is said, and, where it was said before under the same id, what held then: decided by that, it is
 * answered as it was the first time.
 */
export async function momentOf(
	floor: Pick<Floor, "log">,
	{ id }: Pick<Person, "id">,
): Promise<{ readonly state: FactoryState; readonly before: Entry | undefined }> {
	let before: Entry | undefined;
	const state = await currentState(floor, (entry) => {
		if (id !== undefined && entry.id === id) before = entry;
		return before !== undefined;
	});
	return { state, before };
}
