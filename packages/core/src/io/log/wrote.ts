/** What one write put into the log, and how the entries come out of it that each append of the batch is told. */
import type { Entry, Seq } from "../../model/entry.ts";
import type { Prepared } from "./encode.ts";

export interface Wrote {
	/** Seq of the entry before the first line; then come the alerts, then the batch but for what is known. */
	readonly before: Seq;
	readonly alerts: number;
	readonly ts: string;
	readonly prevs: readonly string[];
	readonly known: ReadonlyMap<Prepared, Entry | Prepared>;
	readonly size: number;
	readonly seq: Seq;
	readonly hash: string;
}

/** To be asked for each of the batch, in its order. Done after the lock was given back: others need not wait for it. */
export function entriesOf({ before, alerts, ts, prevs, known }: Wrote): (one: Prepared) => Entry {
	const twice = new Map<Prepared, Entry>();
	let at = alerts;
	return (one) => {
		const stands = known.get(one);
		if (stands !== undefined) return "seq" in stands ? stands : (twice.get(stands) as Entry);
		const { type, by, data, id } = one.draft;
		const prev = prevs[at++] as string;
		const seq = before + at;
		const entry = (
			id === undefined ? { seq, ts, type, by, data, prev } : { seq, ts, type, by, id, data, prev }
		) as Entry;
		if (id !== undefined) twice.set(one, entry);
		return entry;
	};
}
