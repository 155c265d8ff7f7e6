/**
 * Twenty changes: how many seconds of checks it takes to decide about them, against the plain way, and whether it decides
 * the same. In three flows that differ in how a change is looked at before it is landed with the others.
 */
import { evaluate, findCommit, land } from "@shopfloor/gate";
import { round } from "../measure.mjs";
import { meter } from "./opened.mjs";

const shareMost = 1 / 3;

export const flows = [
	{ name: "each looked at in full, then landed", look: {} },
	{ name: "each at a first look, then landed", look: { related: true } },
	{ name: "each as `land` looks at several, then landed", look: { together: true } },
];

/** `gates` are as many as flows, each on a repository of its own. */
export async function decisions({ say, gates, changes, reference }) {
	const ours = flows.map((flow, index) => aFlow(flow, gates[index]));
	const theirs = new Map();
	// Side by side, so that a machine that is busy for a while is busy for all of them.
	for (const [index, { name }] of changes.entries()) {
		say(`looking at ${name}, ${index + 1} of ${changes.length}…`);
		theirs.set(name, (await reference.look(name)) ? "fit" : "not landed");
		for (const flow of ours) await flow.look(name, index);
	}
	const fit = [...theirs].filter(([, decision]) => decision === "fit").map(([name]) => name);
	const share = Math.ceil(fit.length / ours.length);
	for (const [index, flow] of ours.entries()) {
		say("landing together, and one by one the plain way…");
		await flow.land();
		for (const name of fit.slice(index * share, (index + 1) * share)) theirs.set(name, await reference.land(name));
	}
	return [
		{
			what: `${changes.length} changes, the plain way`,
			figure: seconds(reference.spent),
			ratio: "1",
			goals: [["decided as is right", changes.every(({ name, wanted }) => theirs.get(name) === wanted)]],
		},
		...ours.map((flow) => flow.row(say, changes, theirs, reference.spent)),
	];
}

function aFlow({ name: flow, look }, gate) {
	const { spent, tell } = meter();
	const decided = new Map();
	const why = new Map();
	const fit = [];
	let looked;
	return {
		async look(name, created) {
			const commit = await findCommit(gate.store, name);
			const { decision, reasons, givenUp } = await evaluate(gate.bench, commit, await gate.base(), { ...look, tell });
			why.set(name, reasons[0]);
			decided.set(name, "not landed");
			if (decision !== "good") return;
			fit.push({ id: name, branch: name, commit, created, givenUp });
		},
		async land() {
			looked = { ...spent };
			const { results } = await land(gate.site("bench", { tell }), fit);
			for (const { kind, change, reasons, why: because, files } of results) {
				if (kind === "landed") decided.set(change.id, "landed");
				else why.set(change.id, `${kind}: ${reasons?.[0] ?? because ?? files}`);
			}
		},
		row(say, changes, theirs, plain) {
			const share = spent.ms / plain.ms;
			const differing = changes.filter(({ name }) => decided.get(name) !== theirs.get(name));
			for (const { name, wanted } of differing)
				say(
					`${flow}: ${name} ${decided.get(name)} (${why.get(name)}); the plain way ${theirs.get(name)}, right is ${wanted}`,
				);
			const landing = { ms: spent.ms - looked.ms, runs: spent.runs - looked.runs };
			return {
				what: `  ${flow}`,
				figure: `${seconds(looked)} + ${seconds(landing)}`,
				ratio: `${round(share)}`,
				goals: [
					[`≤ ${round(shareMost)} × plain`, share <= shareMost],
					[`same decisions (${changes.length - differing.length} of ${changes.length})`, differing.length === 0],
				],
			};
		},
	};
}

function seconds({ ms, runs }) {
	return `${round(ms / 1_000)} s in ${runs} runs`;
}
