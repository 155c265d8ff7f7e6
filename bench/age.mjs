// What age costs: starting, reading the newest, appending, memory, with a thousand, a hundred thousand, a million entries.
import { fork } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openFloor } from "@shopfloor/core/io";
import { median, rate, round, scratch } from "./measure.mjs";
import { entry } from "./programs/turns.mjs";

const sizes = [1_000, 100_000, 1_000_000];
const runs = 5;
const startsWithin = 1.5;
const lastMsMost = 10;
/** Just under the size past which a segment is sealed, with room for what the probes append. */
const nearlyFullBytes = 340 * 1024;

export async function age({ say }) {
	const logs = [];
	for (const size of sizes) {
		say(`writing ${rate(size)} entries…`);
		logs.push({ size, dir: await filled(size) });
	}
	const measured = logs.map(({ size }) => ({ size, starts: [], lasts: [], appends: [], rss: [] }));
	// One after the other and again, so that a machine that slows down slows all of them.
	for (let run = 0; run < runs; run++)
		for (const [i, { dir }] of logs.entries()) {
			const got = await probe(dir);
			measured[i].starts.push(got.startMs);
			measured[i].lasts.push(got.lastMs);
			measured[i].appends.push(got.appendMs);
			measured[i].rss.push(got.rssMb);
		}
	const base = median(measured[0].starts);
	return measured.map(({ size, starts, lasts, appends, rss }) => {
		const start = median(starts);
		const last = median(lasts);
		return {
			what: `a log of ${rate(size)} entries`,
			figure: `start ${round(start)} ms, last 200 ${round(last)} ms, append p50 ${round(median(appends))} ms, RSS ${round(median(rss))} MB`,
			ratio: `${round(start / base)}`,
			detail: "start = open and fold, in a fresh process; ratio to the youngest",
			goals: [
				[`start ≤ ${startsWithin} × youngest`, start / base <= startsWithin],
				[`last 200 < ${lastMsMost} ms`, last < lastMsMost],
				["append flat", median(appends) <= median(measured[0].appends) * startsWithin + 0.5],
				["memory flat", median(rss) <= median(measured[0].rss) * 1.1],
			],
		};
	});
}

/** As it would have come to be: sealed on the way, and the open segment nearly as full as it gets, the dearest moment to start. */
async function filled(size) {
	const dir = scratch();
	const floor = openFloor({ stateDir: dir });
	const write = (count) => floor.log.append(Array.from({ length: count }, (_, i) => entry(i)));
	const open = () => statSync(join(dir, "experiment-log.jsonl")).size;
	for (let written = 0; written < size; written += 1_000) {
		await write(1_000);
		if (size > 1_000) await floor.log.seal();
	}
	while (size > 1_000 && open() < nearlyFullBytes) await write(20);
	await floor.close();
	return dir;
}

function probe(dir) {
	const child = fork(fileURLToPath(new URL("programs/opener.mjs", import.meta.url)), [dir], { execArgv: [] });
	return new Promise((resolve, reject) => {
		child.once("message", resolve);
		child.once("exit", (code) => code !== 0 && reject(new Error(`opener ended with ${code}`)));
	});
}
