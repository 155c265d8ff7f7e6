/**
 * Many writers, one record, and a kill every moment. Each writer counts for itself in the shared record, so the model
 * knows: a count grows by one with every acknowledgement, and by one more at most when its writer was killed with an
 * update in flight.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { openFloor } from "@shopfloor/core/io";
import { seeded } from "../../packages/core/fixtures/seeded.mjs";
import { crew } from "./crew.mjs";

export async function ledgerSoak({ stateDir, seconds, seed, writers = 16, killEveryMs = 100 }) {
	const faults = [];
	const counters = Array.from({ length: writers }, () => ({ acknowledged: 0, count: 0, life: 1 }));
	const stop = new AbortController();
	const watching = watch(join(stateDir, "counter.json"), stop.signal, faults);

	const { kills, unexpected } = await crew({
		program: "soak-counter.mjs",
		size: writers,
		seconds,
		killEveryMs,
		random: seeded(seed),
		argsOf: (seat) => [stateDir, `writer-${seat}`],
		hear(seat, life, line) {
			const [word, count] = line.split(" ");
			if (word !== "ack") return faults.push(line);
			faults.push(...faultOfStep(seat, counters[seat], life, Number(count)));
			counters[seat] = { acknowledged: counters[seat].acknowledged + 1, count: Number(count), life };
		},
	});
	stop.abort();
	await watching;

	const floor = openFloor({ stateDir });
	const { revision, value } = await floor.records.get("counter");
	await floor.close();
	counters.forEach(({ count }, seat) => {
		const standing = value[`writer-${seat}`] ?? 0;
		if (standing !== count && standing !== count + 1)
			faults.push(`writer-${seat} was told ${count}, the record says ${standing}`);
	});
	const total = Object.values(value).reduce((sum, count) => sum + count, 0);
	if (revision !== total) faults.push(`${total} updates make revision ${revision}`);
	const acknowledged = counters.reduce((sum, counter) => sum + counter.acknowledged, 0);
	return {
		seed,
		kills,
		acknowledgedPerSecond: Math.round(acknowledged / seconds),
		acknowledged,
		counted: total,
		faults: [...unexpected, ...faults],
	};
}

/** Each life of a writer may leave one update that it never heard of. */
function faultOfStep(seat, { count: before, life: lifeBefore }, life, count) {
	const unheard = count - before - 1;
	return unheard >= 0 && unheard <= life - lifeBefore ? [] : [`writer-${seat} went from ${before} to ${count}`];
}

/** Whoever reads at any moment gets a whole record, and none older than the last. */
async function watch(path, signal, faults) {
	for (let last = 0; !signal.aborted; await setTimeout(3)) {
		let text;
		try {
			text = readFileSync(path, "utf8");
		} catch (error) {
			if (error.code === "ENOENT" && last === 0) continue;
			throw error;
		}
		const { revision } = JSON.parse(text);
		if (revision < last) faults.push(`revision ${revision} after ${last}`);
		last = revision;
	}
}
