/**
 * One line of the log, from text to meaning. What a line cannot give (the data spilled to a file of its own) is
 * named in the answer, for the reader to fetch.
 */
import { type Entry, isEntryType, readData, type Seq } from "./entry.ts";

/** Longest line the log takes, newline included. Larger data is spilled to a file named by its hash. */
export const lineBytesMax = 64 * 1024;

export interface Spilled {
	readonly $spilled: string;
	readonly bytes: number;
}

export interface Envelope {
	readonly seq: Seq;
	readonly ts: string;
	readonly type: string;
	readonly by: string;
	readonly id?: string;
	readonly data: unknown;
	readonly prev: string;
}

export type Line =
	| { readonly kind: "entry"; readonly entry: Entry }
	| { readonly kind: "spilled"; readonly envelope: Envelope; readonly spilled: Spilled }
	/** Well-formed, but of a type that this version does not know, or with data that it does not: a newer one's. */
	| { readonly kind: "unknown"; readonly envelope: Envelope }
	| { readonly kind: "rubbish"; readonly reason: string };

export function parseLine(text: string): Line {
	const envelope = parseEnvelope(text);
	if (typeof envelope === "string") return { kind: "rubbish", reason: envelope };
	if (isSpilled(envelope.data)) return { kind: "spilled", envelope, spilled: envelope.data };
	return withData(envelope, envelope.data);
}

/** Completes a line whose data is at hand. */
export function withData(envelope: Envelope, data: unknown): Line {
	const { type } = envelope;
	const read = isEntryType(type) ? readData(type, data) : undefined;
	if (read === undefined) return { kind: "unknown", envelope };
	return { kind: "entry", entry: { ...envelope, data: read } as unknown as Entry };
}

/** The envelope of a line, or the reason why it is none. */
export function parseEnvelope(text: string): Envelope | string {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		return "not JSON";
	}
	if (typeof value !== "object" || value === null) return "not an object";
	const { seq, ts, type, by, prev, id } = value as Record<string, unknown>;
	if (typeof seq !== "number" || !Number.isSafeInteger(seq) || seq < 1) return "no seq";
	if (typeof ts !== "string" || typeof type !== "string" || typeof by !== "string") return "no ts, type or by";
	if (typeof prev !== "string") return "no prev";
	if (id !== undefined && typeof id !== "string") return "an id that is no text";
	return value as Envelope;
}

export function isSpilled(data: unknown): data is Spilled {
	return typeof data === "object" && data !== null && typeof (data as { $spilled?: unknown }).$spilled === "string";
}
