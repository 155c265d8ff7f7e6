// Durable appends: how many, how long each waits, how fair, against a bare loop in as many processes. The loop makes each
// of its lines and writes it, as we do; what it would be without making them stands in a row of its own.
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { median, quantile, rate, round, scratch } from "./measure.mjs";

/**
 * The machine's speed changes by half within minutes, so both sides of a ratio are measured by turns. What comes of
 * meeting the others is compiled only when one meets them; the first of it is not counted.
 */
const rounds = 4;
const settleMs = 3_000;

/** The longest that any append may wait beside fifteen others. */
const worstMs = 2_000;

const cases = [
	{ writers: 1, batch: 1, forMs: 1_000 },
	{ writers: 16, batch: 1, forMs: 2_000, atLeast: { entriesPerS: 250, worstMs } },
	{ writers: 16, batch: 64, forMs: 2_000, atLeast: { ratio: 0.3 } },
	{ writers: 16, batch: 1_024, forMs: 2_000, atLeast: { ratio: 0.7 } },
];

export async function append() {
	const rows = [];
	for (const one of cases) {
		const [bare, copies, ours] = await byTurns(one);
		rows.push(
			row(one, ours, bare),
			row(one, bare, bare, "bare loop"),
			row(one, copies, bare, "copies of the same bytes"),
		);
	}
	rows.push(await rare());
	return rows;
}

/** Who seldom has something to say must get a word in among those that never stop. */
async function rare() {
	const dir = scratch();
	const hot = start("writer", dir, Array(15).fill({ batch: 1 }));
	const seldom = start("writer", dir, [{ batch: 1, pauseMs: 50 }]);
	await Promise.all([...hot, ...seldom].map(next));
	const [{ waits }] = (await Promise.all([period(seldom, 5_000), period(hot, 5_000)]))[0];
	await end([...hot, ...seldom]);
	waits.sort((a, b) => a - b);
	const worst = waits.at(-1);
	return {
		what: "append, 1 writer 10 times a second beside 15 that never stop",
		figure: `${waits.length} entries, p50 ${round(median(waits))} p99 ${round(quantile(waits, 0.99))} worst ${round(worst)} ms`,
		ratio: "",
		goals: [[`worst < ${worstMs} ms`, worst < worstMs]],
	};
}

function row({ writers, batch, atLeast }, it, bare, reference) {
	const ratio = it.entriesPerS / bare.entriesPerS;
	const goals = [];
	if (!reference && atLeast?.entriesPerS)
		goals.push([`≥ ${atLeast.entriesPerS}/s`, it.entriesPerS >= atLeast.entriesPerS]);
	if (!reference && atLeast?.worstMs) goals.push([`worst < ${atLeast.worstMs} ms`, it.worst < atLeast.worstMs]);
	if (!reference && atLeast?.ratio) goals.push([`≥ ${atLeast.ratio} of bare`, ratio >= atLeast.ratio]);
	if (!reference && writers > 1) goals.push(["least ≥ ½ median", it.leastShare >= 0.5]);
	return {
		what: `append, ${writers} writer${writers > 1 ? "s" : ""}, batch ${batch}${reference ? ` (${reference})` : ""}`,
		figure: `${rate(it.entriesPerS)} entries/s, p50 ${round(it.p50)} p99 ${round(it.p99)} worst ${round(it.worst)} ms`,
		ratio: `${round(ratio)}`,
		detail: `least/median share ${round(it.leastShare)}`,
		goals,
	};
}

/** The bare loop, the one that copies, and ours. */
async function byTurns({ writers, batch, forMs }) {
	const kinds = [
		["bare-writer", {}],
		["bare-writer", { copies: true }],
		["writer", {}],
	];
	const groups = kinds.map(([program, how]) => start(program, scratch(), Array(writers).fill({ batch, ...how })));
	for (const group of groups) await Promise.all(group.map(next));
	for (const group of groups) await period(group, settleMs);
	const reports = groups.map((group) => group.map(() => ({ waits: [], ms: 0 })));
	for (let round = 0; round < rounds; round++)
		for (const [index, group] of groups.entries())
			for (const [writer, { waits, ms }] of (await period(group, forMs)).entries()) {
				reports[index][writer].waits.push(...waits);
				// Its last turn may go on past the period.
				reports[index][writer].ms += ms;
			}
	await end(groups.flat());
	return reports.map((ofEach) => {
		const waits = ofEach.flatMap((one) => one.waits).sort((a, b) => a - b);
		const shares = ofEach.map((one) => (one.waits.length * batch * 1_000) / one.ms).sort((a, b) => a - b);
		return {
			entriesPerS: shares.reduce((a, b) => a + b, 0),
			p50: quantile(waits, 0.5),
			p99: quantile(waits, 0.99),
			worst: waits.at(-1),
			leastShare: shares[0] / median(shares),
		};
	});
}

function start(program, dir, writers) {
	const path = fileURLToPath(new URL(`programs/${program}.mjs`, import.meta.url));
	return writers.map(({ batch, pauseMs = 0, copies = false }) => {
		const child = fork(path, [dir, String(batch), String(pauseMs), ...(copies ? ["copies"] : [])]);
		// Also while nobody waits for it: the others would be waited for without end.
		return child.once("exit", (code) => {
			if (code === 0) return;
			console.error(`A writer ended with ${code}; what it said stands above.`);
			process.exit(1);
		});
	});
}

/** The reports of all writers of a group, which begin in the same moment. */
async function period(group, forMs) {
	const reports = Promise.all(group.map(next));
	for (const child of group) child.send({ forMs });
	return await reports;
}

async function end(children) {
	const ends = children.map((child) => new Promise((resolve) => child.once("exit", resolve)));
	for (const child of children) child.send({});
	await Promise.all(ends);
}

function next(child) {
	return new Promise((resolve) => child.once("message", resolve));
}
