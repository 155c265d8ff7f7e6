/**
 * How many judgements it takes to land many changes. Good ones land for real, with a judge that costs nothing. What bad
 * ones cost is not drawn but enumerated: every way in which some of the changes can be bad, through the code that sizes
 * and settles a batch; a few of these ways are landed for real, and must come to the same.
 */
import { join } from "node:path";
import { findCommit, land } from "@shopfloor/gate";
import { round, scratch } from "../measure.mjs";
import { makeRepository } from "../project/repository.mjs";
import { openedOn } from "./opened.mjs";
import { partOf } from "./parts.mjs";

const { batchSize } = await partOf("landing/order");
const { settle } = await partOf("landing/settle");

const sizes = [1, 4, 16, 64];
const enumerated = 16;
const shares = [{ bad: 0.01 }, { bad: 0.05, most: 6 }, { bad: 0.2 }];
const landedToo = [[3], [0, 9], [2, 3, 4, 15]];

export async function landing({ say }) {
	const rows = [];
	for (const size of sizes) {
		say(`landing ${size} good changes…`);
		const { asked, landed, ms } = await landForReal(size, []);
		rows.push({
			what: `landing ${size} good changes`,
			figure: `${inWords(asked)}; besides them ${round(ms / size)} ms a change`,
			ratio: `${round(all(asked) / size)}`,
			goals: [["≤ 1 + log2 N", all(asked) <= 1 + Math.log2(size) && landed === size]],
		});
	}
	say(`every way in which some of ${enumerated} changes are bad…`);
	const differing = [];
	for (const places of landedToo) {
		const { asked } = await landForReal(enumerated, places);
		const bad = Array.from({ length: enumerated }, (_, place) => places.includes(place));
		const thought = await askedFor(bad);
		if (inWords(asked) !== inWords(thought))
			differing.push(`bad ${places}: ${inWords(asked)}, thought ${inWords(thought)}`);
	}
	for (const line of differing) say(line);
	const sums = await sumsByBad();
	for (const { bad, most } of shares) {
		const likely = (k) => bad ** k * (1 - bad) ** (enumerated - k);
		const expected = {
			judgements: sums.reduce((sum, { judgements }, k) => sum + judgements * likely(k), 0),
			probes: sums.reduce((sum, { probes }, k) => sum + probes * likely(k), 0),
		};
		rows.push({
			what: `landing ${enumerated} changes, ${bad * 100} % bad`,
			figure: `${inWords(expected)} expected`,
			ratio: `${round(all(expected) / enumerated)}`,
			goals: [
				...(most === undefined ? [] : [[`≤ ${most} in all`, all(expected) <= most]]),
				["as landed for real", differing.length === 0],
			],
		});
	}
	return rows;
}

/** A probe asks only about what was bad, and is cheaper; here it counts like a judgement. */
function all({ judgements, probes }) {
	return judgements + probes;
}

function inWords({ judgements, probes }) {
	return `${round(judgements)} judgements and ${round(probes)} probes`;
}

async function landForReal(size, places) {
	const changes = Array.from({ length: size }, (_, place) => ({
		name: `change-${place}`,
		files: { [`${places.includes(place) ? "bad" : "good"}-${place}.txt`]: "new\n" },
	}));
	const { floor, gate } = await openedOn(
		makeRepository(join(scratch(), "repository"), { "README.md": "# It\n" }, changes),
	);
	const { git } = gate.store;
	const judge = {
		async judge(tree) {
			const names = await git.text(["ls-tree", "--name-only", tree]);
			return names.includes("bad-")
				? { kind: "bad", reasons: ["it is bad"] }
				: { kind: "good", receipt: tree.slice(0, 32) };
		},
	};
	const given = await Promise.all(
		changes.map(async ({ name }, created) => ({
			id: name,
			branch: name,
			commit: await findCommit(gate.store, name),
			created,
		})),
	);
	const begun = performance.now();
	const { judgements, probes, results } = await land({ ...gate.site("bench"), judge }, given);
	const ms = performance.now() - begun;
	await floor.close();
	return { asked: { judgements, probes }, landed: results.filter(({ kind }) => kind === "landed").length, ms };
}

/** Of all ways with as many bad ones as the place in the list says, added up. */
async function sumsByBad() {
	const sums = Array.from({ length: enumerated + 1 }, () => ({ judgements: 0, probes: 0 }));
	for (let way = 0; way < 2 ** enumerated; way++) {
		const bad = Array.from({ length: enumerated }, (_, place) => (way & (1 << place)) !== 0);
		const { judgements, probes } = await askedFor(bad);
		const sum = sums[bad.filter(Boolean).length];
		sum.judgements += judgements;
		sum.probes += probes;
	}
	return sums;
}

/** The loop of `land`, without the changes. */
async function askedFor(bad) {
	const asked = { judgements: 0, probes: 0 };
	const size = batchSize({ bad: 0, of: 0 });
	let queue = bad;
	while (queue.length > 0) {
		const batch = queue.slice(0, size);
		const settled = await settle(batch.length, {
			async whole() {
				asked.judgements++;
				return batch.includes(true) ? { kind: "bad", reasons: [] } : { kind: "good", receipt: "r" };
			},
			async probe(places) {
				asked.probes++;
				return places.some((place) => batch[place]) ? { kind: "bad", reasons: [] } : { kind: "good" };
			},
		});
		queue = settled.kind === "good" ? queue.slice(size) : queue.filter((_, place) => place !== settled.at);
	}
	return asked;
}
