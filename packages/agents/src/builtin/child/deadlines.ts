/** The limits of one job: until the first sign, between signs, and for all of it. */
import { systemClock } from "@shopfloor/core/io";
import type { Limits } from "../../port/job.ts";

export interface Deadlines {
	/** Which of them passed; nothing once it was stopped. */
	readonly over: Promise<"start" | "idle" | "wall" | undefined>;
	/** Something was heard. */
	sign(): void;
	stop(): void;
}

export function deadlines(
	{ startMs, idleMs, wallMs }: Pick<Limits, "startMs" | "idleMs" | "wallMs">,
	started: boolean,
): Deadlines {
	const begun = systemClock.watch();
	const stopped = new AbortController();
	let signAt = started ? begun : undefined;
	return { over: over(), sign, stop: () => stopped.abort() };

	function sign(): void {
		signAt = systemClock.watch();
	}

	async function over(): Promise<"start" | "idle" | "wall" | undefined> {
		while (!stopped.signal.aborted) {
			const now = systemClock.watch();
			if (now >= begun + wallMs) return "wall";
			if (signAt === undefined && now >= begun + startMs) return "start";
			if (signAt !== undefined && now >= signAt + idleMs) return "idle";
			const next = signAt === undefined ? begun + startMs : signAt + idleMs;
			// A first sign may come while it sleeps, and the idle time begins then.
			const ms = Math.min(begun + wallMs - now, next - now, idleMs);
			await systemClock.sleep(Math.max(1, ms), stopped.signal);
		}
		return undefined;
	}
}
