import type { DataOf, Draft, EntryType } from "../model/entry.ts";

/** An entry that says nothing in particular. */
export function aDraft(text = "something happened", by = "tester"): Draft {
	return { type: "alert", by, data: { code: "test", severity: "note", message: text } };
}

/** A draft of a given type; the caller shows what matters. */
export function draftOf<T extends EntryType>(type: T, data: DataOf<T>, by = "tester"): Draft {
	return { type, by, data } as Draft;
}

export function messages(entries: readonly { readonly type: string; readonly data: unknown }[]): string[] {
	return entries.filter(({ type }) => type === "alert").map(({ data }) => (data as { message: string }).message);
}

/** The first `count` of a stream. */
export async function first<T>(stream: AsyncIterable<T>, count: number): Promise<T[]> {
	const got: T[] = [];
	if (count === 0) return got;
	for await (const item of stream) {
		got.push(item);
		if (got.length === count) break;
	}
	return got;
}
