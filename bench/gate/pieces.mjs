// What each piece costs on the benchmark's project. Plain figures: they say where the time of the others goes.
import { join } from "node:path";
import { evaluate, findCommit, readRange } from "@shopfloor/gate";
import { median, round, scratch } from "../measure.mjs";
import { meter, runner } from "./opened.mjs";
import { partOf } from "./parts.mjs";

const { install } = await partOf("dependencies/install");
const { Measurer } = await partOf("gate/measure");
const { readDefinition } = await partOf("definition/gate-definition");
const { readDiff } = await partOf("diff/read-diff");
const { fileKinds } = await partOf("ratchet/file-kinds");
const { proveTests } = await partOf("gate/prove-tests");

const times = 5;

export async function pieces({ say, opened: { gate }, changes }) {
	const { store } = gate;
	const base = await gate.base();
	const { definition } = await readDefinition(store.git, base.commit);
	const check = (reports) => definition.checks.find((one) => one.reports === reports);
	const [types, tests] = [check("tsc"), check("vitest")];
	const commits = new Map();
	for (const { name } of changes) commits.set(name, await findCommit(store, name));
	const rows = [];
	const note = (what, ms, more = "") =>
		rows.push({ what: `  ${what}`, figure: `${round(ms)} ms${more}`, ratio: "", goals: [] });
	const timed = async (work, count = times) => {
		const waits = [];
		for (let time = 0; time < count; time++) {
			const at = performance.now();
			await work(time);
			waits.push(performance.now() - at);
		}
		return median(waits);
	};

	say("the pieces…");
	const cold = { cacheDir: join(scratch(), "installations"), leases: store.leases };
	note("dependencies installed", await timed(() => install(store.git, base.tree, cold), 1));
	note("dependencies found installed", await timed(() => install(store.git, base.tree, cold)));

	const { spent, tell } = meter();
	const measurer = new Measurer(store, runner, { tell });
	const run = { commit: base.commit, definition };
	const trees = [
		base.tree,
		await treeOf("refactor-a-view"),
		await treeOf("total-of-a-page"),
		await treeOf("find-sooner"),
	];
	await measurer.load({ ...run, tree: base.tree });
	note("a bay loaded with another tree", await timed((time) => measurer.load({ ...run, tree: trees[(time + 1) % 2] })));
	note("types, from nothing", await ran(() => measurer.run({ ...run, check: types, tree: base.tree })));
	note("types, nothing changed", await ran(() => measurer.run({ ...run, check: types, tree: base.tree })));
	note("types, a leaf changed", await ran(() => measurer.run({ ...run, check: types, tree: trees[1] })));
	await measurer.run({ ...run, check: types, tree: base.tree });
	note("types, a core type changed", await ran(() => measurer.run({ ...run, check: types, tree: trees[2] })));
	const whole = await ran(() => measurer.run({ ...run, check: tests, tree: base.tree }));
	note("all tests", whole);
	const relatedTo = ["src/store/dock.ts"];
	const related = await ran(() => measurer.run({ ...run, check: tests, tree: trees[3], only: { relatedTo } }));
	note("tests related to a change", related, `, ${round(related / whole)} of all`);

	for (const [what, name] of [
		["a new test proven, with code", "shorten-texts"],
		["a new test proven, alone", "test-a-long-list"],
	]) {
		const tree = await treeOf(name);
		const [before, after] = [
			await measurer.measure({ ...run, check: tests, tree: base.tree }),
			await measurer.measure({ ...run, check: tests, tree }),
		];
		const diff = await readDiff(store.git, base.tree, tree);
		const proof = { ...run, check: tests, tree, diff, kinds: fileKinds(definition), base: before, head: after };
		const runs = spent.runs;
		const at = performance.now();
		const { findings } = await proveTests(store, measurer, proof);
		note(what, performance.now() - at, `, ${spent.runs - runs} runs, ${findings.length} findings`);
	}
	await measurer.close();

	note("rules over a change", await timed((time) => readRange(store, base.commit, [...commits.values()][time])));
	const [known] = commits.values();
	const ask = () => evaluate(gate.bench, known, base, { tell });
	await ask();
	note("a change looked at again", await timed(ask));
	return [{ what: "the pieces:", figure: "", ratio: "", goals: [] }, ...rows];

	async function treeOf(name) {
		return await store.git.text(["rev-parse", `${commits.get(name)}^{tree}`]);
	}

	/** Of the check alone. */
	async function ran(work) {
		const before = spent.ms;
		await work();
		return spent.ms - before;
	}
}
