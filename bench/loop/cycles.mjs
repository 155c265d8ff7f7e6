/**
 * What the factory adds to a cycle besides agent and checks, and how many cycles it makes with some sessions. The coder
 * takes no time to think, so that checks are what there is to wait for.
 */
import { readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { median, quantile, rate, round } from "../measure.mjs";
import { makeFactory } from "./factory.mjs";
import { taskAt } from "./many-tasks.mjs";

const sessions = 8;
const overheadMostMs = 500;
/** Of a cycle of a quarter of an hour. */
const shareMost = 0.02;
const quarterMs = 15 * 60_000;
const alone = { active: 1, cycles: 5 };
const phases = [
	{ active: 1, cycles: 3 },
	{ active: 2, cycles: 4 },
	{ active: 4, cycles: 6 },
	{ active: 8, cycles: 8 },
];
/** The largest phase has as many tasks then as there are files, so that no two of a phase are about the same. */
const fullFactor = 3;

export async function cycles({ say, full }) {
	const factor = full ? fullFactor : 1;
	const all = [alone, ...phases].map(({ active, cycles }) => ({ active, cycles: cycles * factor }));
	const tasks = Array.from({ length: all.reduce((sum, { cycles }) => sum + cycles, 0) }, (_, at) => taskAt(at));
	const factory = makeFactory({ sessions, tasks });
	const names = Array.from({ length: sessions }, (_, index) => `ralph-${index + 1}`);
	const left = [...tasks];
	try {
		say("the sample's dependencies, and its base…");
		await factory.start("scheduler", ...names);
		await factory.measured();
		say(`${all[0].cycles} cycles of one session, nothing else at work…`);
		const first = await phase(factory, all[0], left.splice(0, all[0].cycles), { lands: false });
		// What it pushed lands before the others are measured.
		await factory.start("cto-reviewer");
		await landed(factory, all[0].cycles);
		const rows = [overheadRow(first)];
		let count = all[0].cycles;
		for (const one of all.slice(1)) {
			say(`${one.cycles} cycles of ${one.active} session${one.active === 1 ? "" : "s"}, landing…`);
			count += one.cycles;
			rows.push(throughputRow(one, await phase(factory, one, left.splice(0, one.cycles), { lands: count })));
		}
		return rows;
	} finally {
		await factory.close();
	}
}

async function phase(factory, { active, cycles }, tasks, { lands }) {
	const { floor } = factory;
	const [begun] = await floor.log.append([
		{ type: "trigger", by: "bench", data: { what: "scale", source: "bench", note: String(active) } },
	]);
	await factory.until(
		async () => (await floor.log.last(1, { type: ["trigger_done"] }))[0]?.data.trigger === begun.seq,
		"words of the scheduler about the number of sessions",
	);
	const fromMs = Date.now();
	await factory.ask(tasks);
	const made = async () => (await entriesSince(floor, begun.seq)).filter(({ type }) => type === "ralph_cycle");
	await factory.until(async () => (await made()).length >= cycles, `${cycles} cycles`);
	const toMs = Math.max(...(await made()).map(({ ts }) => Date.parse(ts)));
	if (lands) await landed(factory, lands);
	const entries = await entriesSince(floor, begun.seq);
	const spans = factory.children();
	const ended = entries.filter(({ type }) => type === "ralph_cycle");
	for (const { data } of ended)
		if (data.outcome !== "pushed") throw new Error(`a cycle of the benchmark came to ${data.outcome}: ${data.reason}`);
	return {
		fromMs,
		toMs,
		cycles: ended.map((entry) => partsOf(entry, entries, spans)),
		checkMs: spans
			.filter(({ isCheck, from }) => isCheck && from >= fromMs)
			.reduce((sum, { from, to }) => sum + to - from, 0),
		leastMs: leastMs(factory.stateDir, fromMs),
	};
}

async function entriesSince(floor, seq) {
	return (await floor.log.last(20_000)).filter((entry) => entry.seq > seq);
}

/** So many in all, and the reviewer is done with looking at the base afterwards. */
async function landed({ floor, until }, count) {
	await until(async () => {
		const [landings, last] = [
			await floor.log.last(1_000, { type: ["change_landed"] }),
			(await floor.log.last(1, { type: ["heartbeat"], by: "cto-reviewer" }))[0],
		];
		return landings.length >= count && last?.data.doing === "waiting" && last.seq > landings.at(-1).seq;
	}, `${count} landed changes`);
}

/** Where the time of a cycle went: to its agent, to its checks, to waiting while others' checks ran, and to the factory. */
function partsOf({ ts, seq, data }, entries, spans) {
	const to = Date.parse(ts);
	const from = to - data.durationMs;
	const agentMs = entries
		.filter((entry) => entry.type === "agent_called" && entry.data.session === data.session && entry.seq < seq)
		.filter((entry) => Date.parse(entry.ts) >= from)
		.reduce((sum, entry) => sum + entry.data.durationMs, 0);
	const within = spans.filter((span) => span.from < to && span.to > from);
	const own = within.filter(({ process }) => process === data.session);
	const checkMs = covered(
		own.filter(({ isCheck }) => isCheck),
		{ from, to },
	);
	const others = within.filter(({ process, isCheck }) => process !== data.session && isCheck);
	const waitMs = covered([...others, ...own], { from, to }) - covered(own, { from, to });
	const gits = own.filter(({ program }) => program === "git").map((span) => span.to - span.from);
	return {
		ms: data.durationMs,
		gits,
		agentMs,
		checkMs,
		waitMs,
		steps: data.steps,
		besidesMs: data.durationMs - agentMs - checkMs,
	};
}

/** How much of a time is covered by others, however they overlap. */
function covered(spans, { from, to }) {
	let [sum, at] = [0, from];
	for (const span of [...spans].sort((one, other) => one.from - other.from)) {
		const begins = Math.max(at, span.from);
		const ends = Math.min(to, span.to);
		if (ends <= begins) continue;
		sum += ends - begins;
		at = ends;
	}
	return sum;
}

/** Each tree that was proven since then, checked once. */
function leastMs(stateDir, fromMs) {
	const dir = join(stateDir, "receipts");
	const receipts = readdirSync(dir).map((name) => JSON.parse(readFileSync(join(dir, name), "utf8")));
	const byTree = new Map();
	for (const { tree, made, checks } of receipts)
		if (Date.parse(made) >= fromMs && !byTree.has(tree))
			byTree.set(
				tree,
				checks.reduce((sum, { ms }) => sum + ms, 0),
			);
	return [...byTree.values()].reduce((sum, ms) => sum + ms, 0);
}

function overheadRow({ cycles }) {
	const besides = cycles.map(({ besidesMs }) => besidesMs).sort((one, other) => one - other);
	const p50 = median(besides);
	const steps = ["read", "analyze", "plan", "hack", "commit", "evaluate", "push"].flatMap((step) => {
		const ms = median(cycles.map((one) => (one.steps[step] ?? 0) - ofOthers(step, one)));
		return ms >= 1 ? [`${step} ${round(ms)}`] : [];
	});
	const whole = median(cycles.map(({ ms }) => ms));
	/** What a process of git costs here and now: much of it is made of them. */
	const git = median(cycles.flatMap(({ gits }) => gits));
	return {
		what: "a cycle besides agent and checks, one session",
		figure: `p50 ${round(p50)} p90 ${round(quantile(besides, 0.9))} ms of ${round(whole)} (${steps.join(", ")}), with ${median(cycles.map(({ gits }) => gits.length))} runs of git`,
		ratio: `${round(p50 / git)} × git, ${round((p50 / quarterMs) * 100)} % of 15 min`,
		goals: [[`p50 < ${overheadMostMs} ms`, p50 < overheadMostMs]],
	};
}

/** The agent works in one step, the checks run in another. */
function ofOthers(step, { agentMs, checkMs }) {
	return { hack: agentMs, evaluate: checkMs }[step] ?? 0;
}

function throughputRow({ active }, { fromMs, toMs, cycles, checkMs, leastMs }) {
	const perHour = (cycles.length * 3_600_000) / (toMs - fromMs);
	const sum = (part) => cycles.reduce((all, one) => all + one[part], 0);
	const own = median(cycles.map(({ besidesMs, waitMs }) => besidesMs - waitMs));
	const waits = median(cycles.map(({ waitMs }) => waitMs));
	return {
		what: `${active} session${active === 1 ? "" : "s"}, ${cycles.length} cycles, landing`,
		figure: `${rate(perHour)} cycles/h, ${rate(perHour / availableParallelism())} a core; in checks ${round((sum("checkMs") / sum("ms")) * 100)} %, waiting for others' ${round(waits)} ms, besides ${round(own)} ms a cycle`,
		ratio: `checks ${round(checkMs / leastMs)} × each tree once`,
		goals: active === sessions ? [[`besides < ${shareMost * 100} % of 15 min`, own < shareMost * quarterMs]] : [],
	};
}
