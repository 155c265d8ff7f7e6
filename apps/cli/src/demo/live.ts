/** Watches the factory of a first run: on a terminal one screen that is drawn anew, elsewhere a line for each event. */
import { emptyState, toMs } from "@shopfloor/core";
import type { FileFloor } from "@shopfloor/core/io";
import type { Context } from "../context.ts";
import { openScreen, type Screen } from "../status/screen.ts";
import { timesFor } from "../times.ts";
import { beginning, isTold, type Story, told } from "./story.ts";
import { endLines, type Look, newsLines, screenLines } from "./view.ts";

export interface Watching {
	readonly sessions: readonly string[];
	readonly project: string;
	readonly forMs: number;
}

/** Ages go on while nothing happens. */
const drawEveryMs = 1_000;

export async function watchDemo(context: Context, floor: FileFloor, watching: Watching): Promise<void> {
	const { clock, out } = context;
	const lookedMs = clock.now();
	const interruption = context.interruption();
	const over = new AbortController();
	const end = () => over.abort();
	interruption.addEventListener("abort", end, { once: true });
	const screen = out.isTTY ? openScreen(out) : undefined;
	let story = beginning(emptyState);
	// Who comes back to it sees all of it, counted from its own beginning, and for as long as they like.
	let beganMs = lookedMs;
	for await (const entry of floor.log.read(1)) {
		beganMs = Math.min(beganMs, toMs(entry.ts));
		story = told(story, entry);
	}
	const sawAll = isTold(story);
	try {
		await Promise.all([listen(), draw(screen)]);
	} finally {
		screen?.leave();
	}
	for (const line of endLines(story, { ...look(), project: watching.project, enough: isTold(story) }))
		context.say(line);

	async function listen(): Promise<void> {
		for await (const entry of floor.log.follow(story.state.seq + 1, over.signal)) {
			const before: Story = story;
			story = told(story, entry);
			const [news] = story.news.slice(-1);
			if (screen === undefined && news !== undefined && story.news.at(-1) !== before.news.at(-1))
				for (const line of newsLines(news, look())) context.say(line);
			if (isTold(story) && !sawAll) end();
		}
	}

	async function draw(screen: Screen | undefined): Promise<void> {
		while (!over.signal.aborted) {
			screen?.draw(screenLines(story, look()));
			await clock.sleep(drawEveryMs, over.signal);
			if (clock.now() - lookedMs >= watching.forMs) end();
		}
	}

	function look(): Look {
		return {
			nowMs: clock.now(),
			beganMs,
			sessions: watching.sessions,
			paint: context.paint,
			times: timesFor(clock.now(), context.timeZone),
			columns: Math.min(out.columns ?? 80, 120),
			rows: out.rows ?? 24,
		};
	}
}
