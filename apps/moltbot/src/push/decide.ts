/**
 * What is told to whom now, and when to look again. Several things that happen together make one message, streams have
 * their own pace, and in quiet hours only what is urgent comes, without a sound; the rest is told when they are over.
 */
import type { Told } from "../memory.ts";
import type { News, Stream } from "./news.ts";

export interface Sight {
	readonly nowMs: number;
	readonly isQuiet: boolean;
	readonly digestMs: number;
	/** Oldest first. */
	readonly news: readonly News[];
	/** Of everybody who is to be told. */
	readonly told: readonly Told[];
	/** When each chat was last told something of a stream. */
	readonly lastMs: ReadonlyMap<string, number>;
	/** Chats that are being told something at this moment. */
	readonly busy: ReadonlySet<number>;
}

export interface Telling {
	readonly chat: number;
	readonly stream: Stream;
	readonly news: readonly News[];
	/** Up to which entry this chat knows this stream then. */
	readonly through: number;
	readonly isSilent: boolean;
}

interface Decision {
	readonly tell: readonly Telling[];
	/** Undefined where nothing waits but for more news. */
	readonly againMs: number | undefined;
}

interface Pace {
	/** From the first of it: what follows at once belongs to it. */
	readonly gatherMs: number;
	/** From the last message of its kind. */
	readonly gapMs: number;
	/** More are told the next time. */
	readonly most: number;
}

const streams: readonly Stream[] = ["urgent", "prompt", "question", "digest"];

function paceOf(stream: Stream, digestMs: number): Pace {
	switch (stream) {
		case "urgent":
			return { gatherMs: 2_000, gapMs: 15_000, most: 50 };
		case "prompt":
			return { gatherMs: 2_000, gapMs: 15_000, most: 50 };
		case "question":
			return { gatherMs: 500, gapMs: 0, most: 5 };
		case "digest":
			return { gatherMs: digestMs, gapMs: digestMs, most: 100 };
	}
}

export function decide(sight: Sight): Decision {
	const { nowMs, isQuiet, digestMs, told, busy } = sight;
	const tell: Telling[] = [];
	let againMs: number | undefined;
	for (const one of told)
		for (const stream of streams) {
			const waiting = newsFor(one, stream, sight);
			const [first] = waiting;
			// Whoever is being told something is looked at again when that is done.
			if (first === undefined || busy.has(one.chat)) continue;
			const { gatherMs, gapMs, most } = paceOf(stream, digestMs);
			const last = sight.lastMs.get(paceKey(one.chat, stream)) ?? Number.NEGATIVE_INFINITY;
			const dueMs = Math.max(first.atMs + gatherMs, last + gapMs);
			const isHeld = isQuiet && stream !== "urgent";
			// A clock that was set back must keep nobody waiting until it has caught up.
			if (isHeld || (dueMs > nowMs && dueMs - nowMs <= gatherMs + gapMs)) {
				const at = isHeld ? nowMs + quietLookMs : dueMs;
				againMs = Math.min(againMs ?? at, at);
				continue;
			}
			const news = waiting.slice(0, most);
			tell.push({ chat: one.chat, stream, news, through: news.at(-1)?.seq ?? 0, isSilent: isQuiet });
		}
	return { tell: firstOfEach(tell), againMs };
}

function newsFor(told: Told, stream: Stream, { news }: Sight): News[] {
	const by = `telegram:${told.chat}`;
	return news.filter(
		(one) =>
			one.stream === stream &&
			one.seq > told[stream] &&
			(one.only === undefined || one.only === by) &&
			one.except !== by,
	);
}

/** One message at a time for each chat, the most urgent first. */
function firstOfEach(tell: readonly Telling[]): Telling[] {
	return tell.filter(({ chat }, index) => tell.findIndex((other) => other.chat === chat) === index);
}

export function paceKey(chat: number, stream: Stream): string {
	return `${chat}:${stream}`;
}

/** How often it is looked whether quiet hours are over. */
const quietLookMs = 60_000;
