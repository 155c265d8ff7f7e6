// What one durable update of a queue costs, by its size.
import { openFloor } from "@shopfloor/core/io";
import { median, quantile, rate, round, scratch } from "./measure.mjs";

const sizes = [
	{ items: 100, updates: 100 },
	{ items: 1_000, updates: 50, p99Ms: 50 },
	{ items: 10_000, updates: 10, p99Ms: 200 },
];

export async function queue() {
	const rows = [];
	for (const { items, updates, p99Ms } of sizes) {
		const floor = openFloor({ stateDir: scratch() });
		await floor.tasks.update(() => ({ tasks: Array.from({ length: items }, (_, i) => aTask(i)) }));
		const waits = [];
		for (let i = 0; i < updates; i++) {
			const at = performance.now();
			await floor.tasks.update(({ tasks }) => ({
				tasks: tasks.map((task, n) => (n === i ? { ...task, status: "assigned", session: "ralph-1" } : task)),
			}));
			waits.push(performance.now() - at);
		}
		await floor.close();
		waits.sort((a, b) => a - b);
		const p99 = quantile(waits, 0.99);
		rows.push({
			what: `update of a queue of ${rate(items)} tasks`,
			figure: `p50 ${round(median(waits))} p99 ${round(p99)} ms`,
			ratio: "",
			detail: "",
			goals: p99Ms === undefined ? [] : [[`p99 < ${p99Ms} ms`, p99 < p99Ms]],
		});
	}
	return rows;
}

function aTask(i) {
	const at = "2026-01-31T08:00:00.000Z";
	return {
		id: `t-${i}`,
		status: "waiting",
		title: `repair number ${i}`,
		files: ["src/a.ts"],
		priority: 5,
		source: "bench",
		created: at,
		changed: at,
		attempts: 0,
		failedBy: [],
	};
}
