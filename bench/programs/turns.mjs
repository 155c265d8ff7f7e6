// What every writer does around its append: get warm, say that it is ready, count and report whenever it is told to.
import { on } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";

/** About 280 bytes as a line, like a cycle's entry. */
export function entry(i) {
	return {
		type: "ralph_cycle",
		by: "ralph-1",
		data: {
			session: "ralph-1",
			cycle: i,
			task: null,
			outcome: "pushed",
			reason: "errors fell from 12 to 11",
			files: ["src/a.ts"],
			usd: 0.0123,
			durationMs: 123456,
		},
	};
}

/**
 * V8 spends about this much on a process's first thousands of turns. What is counted begins after it, else sixteen
 * processes on two cores are still being compiled when the time is up.
 */
const warmUpCpuMs = 1_500;

/** `open` gives, for a folder, what takes a turn in it and what closes it. Whoever started this says when, and how long. */
export async function takeTurns(open, dir, pauseMs = 0) {
	await warmUp(open, mkdtempSync(join(dir, "warm-up-")));
	const { turn, close } = open(dir);
	process.send({ ready: true });
	for await (const [{ forMs }] of on(process, "message")) {
		if (forMs === undefined) break;
		const waits = [];
		const begun = performance.now();
		for (let now = begun; now < begun + forMs; ) {
			await turn();
			const after = performance.now();
			waits.push(after - now);
			if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
			now = pauseMs > 0 ? performance.now() : after;
		}
		await new Promise((resolve) => process.send({ waits, ms: performance.now() - begun }, resolve));
	}
	await close();
	process.disconnect();
}

/** In a folder of its own, where nobody has to be waited for. */
async function warmUp(open, dir) {
	const { turn, close } = open(dir);
	for (const cpu = process.cpuUsage(); spent(cpu) < warmUpCpuMs; ) await turn();
	await close();
	rmSync(dir, { recursive: true });
}

function spent(since) {
	const { user, system } = process.cpuUsage(since);
	return (user + system) / 1_000;
}
