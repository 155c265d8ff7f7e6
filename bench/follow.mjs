// How long an entry takes from one process's append to another's follower, and what a follower costs that waits.
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { openFloor } from "@shopfloor/core/io";
import { quantile, round, scratch } from "./measure.mjs";
import { entry } from "./programs/turns.mjs";

const paces = [
	{ perS: 10, forS: 10 },
	{ perS: 100, forS: 5 },
];
const idleS = 20;

export async function follow({ say }) {
	const dir = scratch();
	const floor = openFloor({ stateDir: dir });
	await floor.log.append([entry(0)]);
	const child = fork(fileURLToPath(new URL("programs/follower.mjs", import.meta.url)), [dir]);
	const next = () => new Promise((resolve) => child.once("message", resolve));
	await next();
	const rows = [];
	for (const { perS, forS } of paces) {
		const sent = new Map();
		for (let i = 0; i < perS * forS; i++) {
			const begun = process.hrtime.bigint();
			const [{ seq }] = await floor.log.append([entry(i)]);
			sent.set(seq, begun);
			const leftMs = 1_000 / perS - Number(process.hrtime.bigint() - begun) / 1e6;
			if (leftMs > 0) await new Promise((resolve) => setTimeout(resolve, leftMs));
		}
		const answer = next();
		child.send({ report: [...sent.keys()].at(-1) });
		const { got } = await answer;
		const waits = got.filter(([seq]) => sent.has(seq)).map(([seq, at]) => Number(BigInt(at) - sent.get(seq)) / 1e6);
		waits.sort((a, b) => a - b);
		if (waits.length !== sent.size) throw new Error(`the follower saw ${waits.length} of ${sent.size} entries`);
		const [p50, p99] = [quantile(waits, 0.5), quantile(waits, 0.99)];
		rows.push({
			what: `follow, ${perS} appends/s`,
			figure: `p50 ${round(p50)} p99 ${round(p99)} worst ${round(waits.at(-1))} ms`,
			ratio: "",
			detail: "append begun to entry delivered in another process",
			goals: [
				["p50 < 20 ms", p50 < 20],
				["p99 < 100 ms", p99 < 100],
			],
		});
	}
	say(`watching an idle follower for ${idleS} s…`);
	const idle = next();
	child.send({ idleMs: idleS * 1_000 });
	const { share } = await idle;
	rows.push({
		what: "follow, nothing comes",
		figure: `${round(share * 100)} % of a core`,
		ratio: "",
		detail: "",
		goals: [["< 0.5 %", share < 0.005]],
	});
	child.send({ end: true });
	await floor.close();
	return rows;
}
