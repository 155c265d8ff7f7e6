/**
 * A wait for somebody else's machine. How long it may take cannot be said: a large history over a slow line takes an
 * hour, and something comes all the time. Where nothing comes any more, nothing will.
 */
import type { Readable } from "node:stream";

export interface Talking {
	readonly stdout: Readable | null | undefined;
	readonly stderr: Readable | null | undefined;
	kill(): unknown;
}

export interface Silence {
	/** Whether it was ended for its silence. */
	readonly ended: boolean;
	/** Nobody listens any more. */
	stop(): void;
}

/** Ends a program that says nothing for so long. Git talks while it works when it is told `--progress`. */
export function endWhenSilent(program: Talking, silenceMs: number): Silence {
	let ended = false;
	const timer = setTimeout(() => {
		ended = true;
		program.kill();
	}, silenceMs);
	for (const stream of [program.stdout, program.stderr]) stream?.on("data", () => timer.refresh());
	return {
		get ended() {
			return ended;
		},
		stop: () => clearTimeout(timer),
	};
}

/** What else it said than how far it is. */
export function withoutProgress(text: string): string {
	const lines = text.split("\n").map((line) => line.split("\r").findLast((part) => part.trim() !== "") ?? "");
	return lines.filter((line) => !/^(remote: )?[A-Z][a-z ]+: +(\d+% \(|\d+(, done\.)?\s*$)/.test(line)).join("\n");
}
