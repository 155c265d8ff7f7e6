/**
 * Whether a sandbox holds, found out by trying to break it on this machine: that bubblewrap starts says nothing about
 * what a kernel, a container around us or a setting lets through. What does not hold keeps everything from running.
 */
import { hostname, release } from "node:os";
import { type Clock, instant, type Runner, systemClock } from "@shopfloor/core/io";
import { attempt } from "./attempts.ts";
import { exceed } from "./excesses.ts";
import type { Held } from "./held.ts";
import { setStage } from "./stage.ts";

export interface Probed {
	readonly runner: Runner["name"];
	readonly at: string;
	/** What the answer depends on besides the sandbox. */
	readonly machine: string;
	readonly results: readonly Held[];
}

/** `stateDir` gets a folder for as long as it takes, which is some seconds. */
export async function probeSandbox(runner: Runner, stateDir: string, clock: Clock = systemClock): Promise<Probed> {
	const stage = await setStage(stateDir);
	try {
		const results = [...(await attempt(runner, stage)), ...(await exceed(runner, stage))];
		return { runner: runner.name, at: instant(clock.now()), machine: thisMachine(), results };
	} finally {
		await stage.clear();
	}
}

export function holds({ results }: Probed): boolean {
	return results.length > 0 && results.every(({ held }) => held);
}

/** A kernel that was replaced, another user, a state directory that was carried elsewhere. */
export function thisMachine(): string {
	return [hostname(), release(), process.getuid?.() ?? "", process.version].join(" ");
}
