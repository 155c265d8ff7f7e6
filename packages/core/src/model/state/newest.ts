import type { Seq } from "../entry.ts";

/** The `kept` values that were touched last. Order by seq, because the keys of an object that look like numbers come first. */
export function newest<V extends { readonly seq: Seq }>(
	values: Readonly<Record<string, V>>,
	kept: number,
): Readonly<Record<string, V>> {
	const entries = Object.entries(values);
	if (entries.length <= kept) return values;
	return Object.fromEntries(entries.sort(([, a], [, b]) => b.seq - a.seq).slice(0, kept));
}
