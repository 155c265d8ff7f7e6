import type { Draft, Entry } from "@shopfloor/core";
import { onTestFinished } from "vitest";
import type { Cli } from "./a-cli.ts";

/** Sits in a process's seat until the test is over, and writes what it has to say to each entry that comes. */
export async function aProcess(
	{ floor }: Cli,
	name: string,
	answer: (entry: Entry) => readonly Draft[] = () => [],
): Promise<void> {
	const lease = await floor.leases.hold(`process-${name}`, { slots: 1, ttlMs: 30_000 });
	const [newest] = await floor.log.last(1);
	let seen = newest?.seq ?? 0;
	let isOver = false;
	const listening = (async () => {
		while (!isOver) {
			for await (const entry of floor.log.read(seen + 1)) {
				seen = entry.seq;
				const drafts = answer(entry);
				if (drafts.length > 0) await floor.log.append(drafts);
			}
			// A watcher takes a while until it sees anything, and then this would be what the test waits for.
			await new Promise((resolve) => setTimeout(resolve, lookAgainMs));
		}
	})();
	onTestFinished(async () => {
		isOver = true;
		await listening;
		await lease.release();
	});
}

const lookAgainMs = 10;
