// A session's cycle without agent and checks: its tree made new, a file edited, committed, pushed, queued. And many trees at once.
import { fork } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { median, quantile, round } from "../measure.mjs";
import { partOf } from "./parts.mjs";

const cycles = 30;
const cycleMostMs = 400;
const treesAtOnce = 24;
const processesAtOnce = 6;

export async function cycle({ say, opened, repository }) {
	say("cycles without checks…");
	const { prepareTree } = await partOf("git/trees");
	const { commitWork } = await partOf("git/commit-work");
	const { sendBranch } = await partOf("git/send-branch");
	const { floor, gate } = opened;
	const { commit } = await gate.base();
	/** What a process of git costs here and now: a cycle is mostly made of them. */
	const gits = [];
	const steps = { reset: [], edit: [], push: [], queue: [] };
	const whole = [];
	// The first one makes the tree, which happens once in a session's life.
	for (let number = 0; number <= cycles; number++) {
		let at = performance.now();
		const begun = at;
		const timed = (step) => {
			if (number > 0) steps[step].push(performance.now() - at);
			at = performance.now();
		};
		const { tree } = await prepareTree(gate.store, "ralph-1", { commit, keep: ["/node_modules"] });
		timed("reset");
		const path = join(tree.dir, "src/rules/order.ts");
		writeFileSync(path, `${readFileSync(path, "utf8")}\nexport const cycle = ${number};\n`);
		timed("edit");
		const work = await commitWork(gate.store, tree, {
			base: commit,
			branch: `brl/ralph-1/cycle-${number}`,
			message: `Cycle ${number}`,
			seconds: 1_760_000_000 + number,
		});
		if (work.kind !== "committed") throw new Error(JSON.stringify(work));
		const sent = await sendBranch(gate.store, work);
		if (sent.unsent !== undefined) throw new Error(JSON.stringify(sent));
		timed("push");
		await floor.reviews.update(({ changes }) => ({ changes: [...changes, waiting(number, work, commit)] }));
		timed("queue");
		if (number > 0) whole.push(performance.now() - begun);
		at = performance.now();
		await gate.store.git.text(["rev-parse", "HEAD"]);
		gits.push(performance.now() - at);
	}
	whole.sort((a, b) => a - b);
	const p50 = median(whole);
	const parts = Object.entries(steps).map(([step, times]) => `${step} ${round(median(times))}`);
	const atOnce = await manyTrees(say, opened, repository, commit);
	return [
		{
			what: "a warm cycle without checks",
			figure: `p50 ${round(p50)} p95 ${round(quantile(whole, 0.95))} ms (${parts.join(", ")})`,
			ratio: `${round(p50 / median(gits))} × git`,
			goals: [[`p50 < ${cycleMostMs} ms`, p50 < cycleMostMs]],
		},
		...atOnce,
	];
}

function waiting(number, { branch, commit }, base) {
	const at = "2026-01-31T08:00:00.000Z";
	return {
		id: `c-${number}`,
		status: "pending",
		session: "ralph-1",
		task: null,
		branch,
		commit,
		base,
		title: `Cycle ${number}`,
		created: at,
		changed: at,
		attempts: 0,
		reasons: [],
	};
}

/** From several processes, as sessions are; each of them prepares its share at once. */
async function manyTrees(say, { floor }, repository, commit) {
	say(`${treesAtOnce} trees at once…`);
	const names = Array.from({ length: treesAtOnce }, (_, i) => `session-${i + 1}`);
	const shares = Array.from({ length: processesAtOnce }, (_, i) => names.filter((_, n) => n % processesAtOnce === i));
	const program = fileURLToPath(new URL("../programs/tree-maker.mjs", import.meta.url));
	const makers = shares.map((share) => fork(program, [floor.stateDir, repository, commit, ...share], { execArgv: [] }));
	await Promise.all(makers.map(told));
	const rounds = [];
	const errors = [];
	for (const kind of ["made", "used again"]) {
		const begun = performance.now();
		const answers = makers.map(told);
		for (const maker of makers) maker.send("go");
		errors.push(...(await Promise.all(answers)).flat());
		rounds.push(`${kind} in ${round((performance.now() - begun) / 1_000)} s`);
	}
	for (const maker of makers) maker.send("end");
	for (const error of errors.slice(0, 3)) say(error);
	return [
		{
			what: `${treesAtOnce} worktrees at once, ${processesAtOnce} processes`,
			figure: `${rounds.join(", ")}, ${errors.length} errors`,
			ratio: "",
			goals: [["no git error", errors.length === 0]],
		},
	];
}

function told(child) {
	return new Promise((resolve, reject) => {
		child.once("message", resolve);
		child.once("exit", (code) => code !== 0 && reject(new Error(`tree-maker ended with ${code}`)));
	});
}
