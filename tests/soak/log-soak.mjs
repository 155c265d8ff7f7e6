/**
 * Many writers, one log, and a kill every moment. At the end a small model says what the log must hold: every entry
 * that was acknowledged, once, at its place, batches in one piece; every other entry at most once; nothing else.
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { openFloor } from "@shopfloor/core/io";
import { seeded } from "../../packages/core/fixtures/seeded.mjs";
import { crew, start } from "./crew.mjs";

export async function logSoak({ stateDir, seconds, seed, writers = 16, killEveryMs = 100 }) {
	const random = seeded(seed);
	const acks = [];
	const refused = [];
	const twice = [];
	const seen = [];
	let lastAck = Number.POSITIVE_INFINITY;
	let longestSilenceMs = 0;

	const follower = start("follow.mjs", [stateDir], (line) => seen.push(line));
	const { kills, unexpected } = await crew({
		program: "soak-writer.mjs",
		size: writers,
		seconds,
		killEveryMs,
		random,
		argsOf: (seat) => [stateDir, `writer-${seat}`, String(Math.floor(random() * 2 ** 32))],
		hear(_seat, _life, line) {
			const [word, seq, key, last] = line.split(" ");
			if (word === "twice") return twice.push({ seq: Number(seq), key, again: Number(last) });
			if (word !== "ack") return refused.push(line);
			acks.push({ seq: Number(seq), key, size: Number(last) });
			longestSilenceMs = Math.max(longestSilenceMs, performance.now() - lastAck);
			lastAck = performance.now();
		},
	});

	const floor = openFloor({ stateDir });
	const [end] = await floor.log.append([
		{ type: "alert", by: "soak", data: { code: "soak", severity: "note", message: "the end" } },
	]);
	const entries = [];
	for await (const entry of floor.log.read(1)) entries.push(entry);
	const verification = await floor.log.verify();
	while (!seen.at(-1)?.startsWith(`seen ${end.seq} `)) await new Promise((resolve) => setTimeout(resolve, 20));
	follower.stdin.end();
	await follower.ended;
	await floor.close();

	const acknowledged = acks.reduce((sum, { size }) => sum + size, 0);
	const torn = readdirSync(join(stateDir, "aside")).length;
	return {
		seed,
		kills,
		acknowledgedPerSecond: Math.round(acknowledged / seconds),
		acknowledged,
		longestSilenceMs: Math.round(longestSilenceMs),
		entries: entries.length,
		segments: verification.segments,
		torn,
		faults: [
			...unexpected,
			...refused,
			...faultsOfChain(verification),
			...faultsOfEntries(entries, twice),
			...faultsOfAcks(entries, acks),
			...faultsOfRepairs(entries, torn, kills),
			...faultsOfFollower(entries, seen),
		],
	};
}

function faultsOfChain({ bad, rubbish, tornBytes }) {
	return [
		...(bad === undefined ? [] : [`entry ${bad.seq} ${bad.what} (${bad.where})`]),
		...rubbish,
		...(tornBytes > 0 ? [`${tornBytes} torn bytes at the end`] : []),
	];
}

function faultsOfEntries(entries, twice) {
	const disorder = entries.filter(({ seq }, index) => seq !== index + 1).map(({ seq }) => `${seq} is out of order`);
	const known = new Set(twice.map(({ key }) => `${key}.0`));
	const texts = entries.filter(({ data }) => data.code === "soak").map(({ data }) => data.message);
	return [
		...disorder.slice(0, 10),
		...doubles(texts.filter((text) => !known.has(text))).map((text) => `${text} stands twice`),
		...twice.filter(({ seq, again }) => sealsBetween(entries, seq, again) < 2).map(({ key }) => `${key} stands twice`),
	];
}

/** An id is remembered through one seal; two forget it. */
function sealsBetween(entries, seq, again) {
	return entries.slice(seq, again - 1).filter(({ type }) => type === "checkpoint").length;
}

function doubles(values) {
	const met = new Set();
	return values.filter((value) => met.size === met.add(value).size);
}

function faultsOfAcks(entries, acks) {
	return acks.flatMap(({ seq, key, size }) =>
		Array.from({ length: size }, (_, index) => {
			const found = entries[seq - 1 + index]?.data.message;
			return found === `${key}.${index}`
				? undefined
				: `${key}.${index} was acknowledged at ${seq + index}, not ${found}`;
		}).filter((fault) => fault !== undefined),
	);
}

/** Each torn tail was kept and told. Who mends one and is killed before it tells leaves bytes that nobody told of. */
function faultsOfRepairs(entries, torn, kills) {
	const told = entries.filter(({ data }) => data.code === "torn-tail").length;
	return told <= torn && torn - told <= kills ? [] : [`${torn} torn tails were kept, ${told} were told`];
}

function faultsOfFollower(entries, seen) {
	const written = entries.map(({ seq, prev, data }) => `seen ${seq} ${prev} ${data.message ?? ""}`);
	const at = written.findIndex((line, index) => line !== seen[index]);
	if (at >= 0) return [`the follower saw "${seen[at]}" in place of "${written[at]}"`];
	return seen.length > written.length ? [`the follower saw "${seen[written.length]}", which is not in the log`] : [];
}
