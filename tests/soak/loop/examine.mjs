/** What must be so after any history: main green at every commit, nothing twice, nothing lost, the cap held, nothing left. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { currentState, findLeftRuns } from "../../../packages/core/dist/io/index.js";

export async function examineLoop({ project, git, floor, asked, stateDir, dayCap }) {
	const faults = [];
	const commits = git("rev-list", "--first-parent", "--reverse", "main").split("\n");
	for (const commit of commits) if (!isGreen(project, commit)) faults.push(`${commit} is red`);

	const files = git("ls-tree", "--name-only", "main").split("\n");
	const { tasks } = (await floor.tasks.read()).value;
	const landed = new Map();
	for await (const { type, data } of floor.log.read(1))
		if (type === "change_landed" && data.task !== null) landed.set(data.task, (landed.get(data.task) ?? 0) + 1);
	for (const { title, behaviour, task } of asked) {
		const found = tasks.find(({ id }) => id === task);
		const isThere = files.includes(`${title.replace(" ", "-")}.txt`);
		if (found === undefined) faults.push(`${title} is in the queue no more`);
		if ((landed.get(task) ?? 0) > 1) faults.push(`${title} landed ${landed.get(task)} times`);
		if (isThere !== landed.has(task)) faults.push(`${title}: landed ${landed.has(task)}, its file there ${isThere}`);
		if (["bad", "cheat", "crash", "hang"].includes(behaviour) && isThere) faults.push(`${title} is on main`);
		if (found?.status === "done" && !isThere) faults.push(`${title} is said to be done, and is not there`);
	}
	const { spending } = await currentState(floor);
	const spent = Object.values(spending.days).reduce((sum, { usd }) => sum + usd, 0);
	if (spent > dayCap + 2) faults.push(`$${spent} were spent, of $${dayCap}`);
	for (const { run } of findLeftRuns(stateDir)) faults.push(`the run ${run} is left`);
	const status = (name) => tasks.filter((task) => task.status === name).length;
	const good = asked.filter(({ behaviour }) => behaviour === "good").length;
	const goodLanded = asked.filter(({ behaviour, task }) => behaviour === "good" && landed.has(task)).length;
	return {
		faults,
		commits: commits.length,
		landed: landed.size,
		good,
		goodLanded,
		done: status("done"),
		setAside: status("set-aside"),
		waiting: status("waiting"),
		spent,
	};
}

function isGreen(project, commit) {
	const dir = mkdtempSync(join(tmpdir(), "shopfloor-look-"));
	try {
		const archive = execFileSync("git", ["archive", commit], { cwd: project, maxBuffer: 2 ** 28 });
		execFileSync("tar", ["-x"], { cwd: dir, input: archive });
		execFileSync("sh", ["check.sh"], { cwd: dir });
		return true;
	} catch {
		return false;
	} finally {
		rmSync(dir, { recursive: true });
	}
}
