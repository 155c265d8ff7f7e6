/**
 * One listener: every entry once and in order, from where it left off. It is given as much as it takes, reads what it
 * missed from the log at its own pace, and is let go when it takes nothing for too long.
 */
import type { Entry, Seq } from "@shopfloor/core";
import type { Clock, Floor } from "@shopfloor/core/io";
import { type Line, type Live, lineOf } from "../live.ts";

export interface Listener {
	/** False when nothing more is to be written before it is `ready`. */
	write(text: string): boolean;
	ready(signal: AbortSignal): Promise<void>;
	/** Whether it may still listen. */
	isWelcome(): Promise<boolean>;
}

export interface Stream {
	readonly live: Live;
	readonly floor: Pick<Floor, "log">;
	readonly clock: Clock;
	readonly signal: AbortSignal;
}

/** Until the signal aborts, or the listener is let go. */
export async function tellEntries(listener: Listener, from: Seq, stream: Stream): Promise<void> {
	const { live, clock, signal } = stream;
	let next = from;
	let askedAt = clock.watch();
	while (!signal.aborted) {
		const lines = live.since(next) ?? (await fromLog(stream, next));
		for (const { seq, text } of lines) {
			if (signal.aborted || !(await give(text))) return;
			next = seq + 1;
		}
		if (lines.length === 0) await live.news(quietMs, signal);
		if (clock.watch() - askedAt < quietMs) continue;
		askedAt = clock.watch();
		// A comment, by which both ends notice a connection that is gone.
		if (!(await listener.isWelcome()) || !(await give(": \n\n"))) return;
	}

	async function give(text: string): Promise<boolean> {
		if (listener.write(text)) return true;
		const late = new AbortController();
		const over = AbortSignal.any([late.signal, signal]);
		const ready = listener.ready(over).then(() => true);
		const isReady = await Promise.race([ready, clock.sleep(patienceMs, over).then(() => false)]);
		late.abort();
		return isReady && !signal.aborted;
	}
}

/** So many at a time, so that nothing piles up here. */
async function fromLog({ floor, signal }: Stream, from: Seq): Promise<readonly Line[]> {
	const lines: Line[] = [];
	for await (const entry of floor.log.read(from) as AsyncIterable<Entry>) {
		if (signal.aborted) break;
		lines.push(lineOf(entry));
		if (lines.length >= atOnce) break;
	}
	return lines;
}

const quietMs = 15_000;
/** A phone in a tunnel comes back and goes on from its last id. */
const patienceMs = 30_000;
const atOnce = 100;
