/**
 * Git commands outlive the process that started them: whoever is killed in the middle of resetting a tree leaves a git
 * that goes on writing files. Its successor waits for it; then what it left is a dead one's, and is taken away.
 */
import { readFileSync } from "node:fs";
import { type Clock, processIds, ShopfloorError, systemClock } from "@shopfloor/core/io";

/**
 * Resolves when no git of the factory works on this directory (with this command). Call it where something was found that a git left behind
 * or still uses; it looks at every process of the machine. Where there is no /proc nothing can be seen, and nothing is
 * waited for.
 */
export async function waitForGits(gitDir: string, command?: string, clock: Clock = systemClock): Promise<void> {
	const until = clock.watch() + waitMs;
	for (;;) {
		const found = gitsAtWork(gitDir, command);
		if (found.length === 0) return;
		if (clock.watch() >= until)
			throw new ShopfloorError(
				"git-failed",
				`git still works on ${gitDir}, and whoever started it is gone: process ${found.join(", ")}. End it: kill ${found.join(" ")}`,
			);
		await clock.sleep(lookEveryMs);
	}
}

/** As long as a living process lets its own git take. */
const waitMs = 2 * 60_000;
const lookEveryMs = 20;

function gitsAtWork(gitDir: string, command: string | undefined): number[] {
	return processIds().filter((pid) => {
		const words = commandOf(pid);
		return words.includes(`--git-dir=${gitDir}`) && (command === undefined || words.includes(command));
	});
}

function commandOf(pid: number): string[] {
	try {
		return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
	} catch {
		// It has ended.
		return [];
	}
}
