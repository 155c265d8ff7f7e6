/**
 * The factory's state as the log tells it, kept up by one follower for all who ask, and the newest entries as they go to
 * listeners.
 */
import { type Entry, type FactoryState, fold, harmlessJson, type Seq } from "@shopfloor/core";
import { type Clock, currentState, type Floor } from "@shopfloor/core/io";
import { unheardRequests } from "@shopfloor/core/person";
import { UnheardTasks } from "./unheard.ts";

export interface Line {
	readonly seq: Seq;
	/** As a server-sent event. */
	readonly text: string;
}

export interface Live {
	readonly state: FactoryState;
	/** How many tasks were asked for and are not queued yet. */
	readonly unheard: number;
	/** What is there from `from` on; undefined when that is too long ago for the memory. */
	since(from: Seq): readonly Line[] | undefined;
	/** Resolves when there is something new, after `ms`, or when the signal aborts. */
	news(ms: number, signal: AbortSignal): Promise<void>;
	/** Follows the log until the signal aborts. */
	follow(signal: AbortSignal): Promise<void>;
}

export async function openLive(floor: Pick<Floor, "log" | "tasks">, clock: Clock): Promise<Live> {
	const lines: Line[] = [];
	const waiting = new Set<() => void>();
	let state = await currentState(floor);
	const unheard = new UnheardTasks(await unheardRequests(floor, (await floor.tasks.read()).value.tasks));
	let known = state.seq;
	let length = 0;
	return {
		get state() {
			return state;
		},
		get unheard() {
			return unheard.count;
		},
		since(from) {
			if (from <= known) return undefined;
			// The newest are at the end, and who listens has nearly all of them.
			let first = lines.length;
			while (first > 0 && (lines[first - 1]?.seq ?? 0) >= from) first--;
			return lines.slice(first);
		},
		async news(ms, signal) {
			const heard = new AbortController();
			const wake = () => heard.abort("news");
			waiting.add(wake);
			signal.addEventListener("abort", wake, { once: true });
			if (!signal.aborted) await clock.sleep(ms, heard.signal);
			signal.removeEventListener("abort", wake);
			waiting.delete(wake);
		},
		async follow(signal) {
			for await (const entry of floor.log.follow(state.seq + 1, signal)) {
				state = fold(state, entry);
				unheard.hear(entry);
				keep(entry);
				for (const wake of [...waiting]) wake();
			}
		},
	};

	function keep(entry: Entry): void {
		const line = lineOf(entry);
		lines.push(line);
		length += line.text.length;
		while (lines.length > linesMost || length > lengthMax) {
			const oldest = lines.shift();
			known = oldest?.seq ?? known;
			length -= oldest?.text.length ?? 0;
		}
	}
}

export function lineOf(entry: Entry): Line {
	return { seq: entry.seq, text: `id: ${entry.seq}\nevent: ${entry.type}\ndata: ${harmlessJson(entry)}\n\n` };
}

/** Who is further behind reads the log itself. */
const linesMost = 500;
const lengthMax = 1_000_000;
