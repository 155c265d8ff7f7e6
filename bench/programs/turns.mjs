// What every writer does around its append: say that it is ready, wait for the start, count, report.

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

/** What is counted is the steady state: the first turns of a process run in an interpreter. */
export async function takeTurns(batch, turn, pauseMs = 0) {
	process.send({ ready: true });
	const { warmUpMs, forMs } = await new Promise((resolve) => process.once("message", resolve));
	for (const end = performance.now() + warmUpMs; performance.now() < end; ) await turn();
	const waits = [];
	const cpu = process.cpuUsage();
	const end = performance.now() + forMs;
	for (let now = performance.now(); now < end; ) {
		await turn();
		const after = performance.now();
		waits.push(after - now);
		if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
		now = pauseMs > 0 ? performance.now() : after;
	}
	const { user, system } = process.cpuUsage(cpu);
	await new Promise((resolve) =>
		process.send({ entries: waits.length * batch, waits, cpuMs: (user + system) / 1000 }, resolve),
	);
	process.disconnect();
}
