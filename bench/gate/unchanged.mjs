// The verdict on a tree that was judged before: how long it takes to be told, and that nothing is started for it.
import { createHook } from "node:async_hooks";
import childProcess from "node:child_process";
import { syncBuiltinESMExports } from "node:module";
import { treeJudge } from "@shopfloor/gate";
import { median, quantile, round } from "../measure.mjs";

const times = 200;
const mostMs = 50;

export async function unchanged({ say, opened: { gate }, tree }) {
	say("the verdict on an unchanged tree…");
	const base = await gate.base();
	const judge = treeJudge(gate.bench);
	const first = await judge.judge(tree, base);
	const waits = [];
	const started = await startedWhile(async () => {
		for (let i = 0; i < times; i++) {
			const at = performance.now();
			const again = await judge.judge(tree, base);
			waits.push(performance.now() - at);
			if (again.kind !== first.kind) throw new Error(`${first.kind} at first, and ${again.kind} later`);
		}
	});
	waits.sort((a, b) => a - b);
	const p50 = median(waits);
	return [
		{
			what: "the verdict on an unchanged tree",
			figure: `p50 ${round(p50)} p99 ${round(quantile(waits, 0.99))} ms, ${started} processes (${first.kind})`,
			ratio: "",
			goals: [
				[`p50 < ${mostMs} ms`, p50 < mostMs],
				["no child process", started === 0 && first.kind === "good"],
			],
		},
	];
}

/** Those that are waited for asynchronously have a handle; of the others each way to start one is counted. */
async function startedWhile(work) {
	let started = 0;
	const hook = createHook({ init: (_id, type) => type === "PROCESSWRAP" && started++ }).enable();
	const ways = ["spawnSync", "execSync", "execFileSync"];
	const real = ways.map((way) => childProcess[way]);
	for (const [index, way] of ways.entries())
		childProcess[way] = (...args) => {
			started++;
			return real[index](...args);
		};
	syncBuiltinESMExports();
	try {
		await work();
	} finally {
		hook.disable();
		for (const [index, way] of ways.entries()) childProcess[way] = real[index];
		syncBuiltinESMExports();
	}
	return started;
}
