/**
 * What must be so after any history, once a scheduler had a turn: main green at every commit and proven, nothing done
 * twice, nothing lost, the cap held, nothing left.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { currentState, isGone, leftovers, processIds, runVariable } from "../../../packages/core/dist/io/index.js";

export async function examineLoop(factory) {
	const { git, floor, asked, dayCap, callCap } = factory;
	const { tasks } = (await floor.tasks.read()).value;
	const landed = new Map();
	for await (const { type, data } of floor.log.read(1))
		if (type === "change_landed" && data.task !== null) landed.set(data.task, (landed.get(data.task) ?? 0) + 1);
	const { spending } = await currentState(floor);
	const spent = Object.values(spending.days).reduce((sum, { usd }) => sum + usd, 0);
	const faults = [
		...historyFaults(factory),
		...asked.flatMap((one) => taskFaults(one, tasks, landed, git("ls-tree", "--name-only", "main").split("\n"))),
		...(spent > dayCap + callCap ? [`$${spent} were spent, of $${dayCap}`] : []),
		...leftProcesses(factory),
		...leftTrees(factory),
		...(await leftLeases(factory)),
		...leftFiles(factory),
	];
	const status = (name) => tasks.filter((task) => task.status === name).length;
	const good = asked.filter(({ behaviour }) => behaviour === "good");
	return {
		faults,
		commits: Number(git("rev-list", "--first-parent", "--count", "main")),
		landed: landed.size,
		good: good.length,
		goodLanded: good.filter(({ task }) => landed.has(task)).length,
		done: status("done"),
		setAside: status("set-aside"),
		cancelled: status("cancelled"),
		waiting: status("waiting"),
		spent: Math.round(spent * 100) / 100,
	};
}

function historyFaults({ project, git, env }) {
	const commits = git("rev-list", "--first-parent", "--reverse", "main").split("\n");
	const check = git("show", `${commits[0]}:check.sh`);
	const red = commits.filter((commit) => !isGreen(project, commit, check)).map((commit) => `${commit} is red`);
	const ours = git("log", "--format=%(trailers:key=Task,valueonly,separator=%x2C)", "main").split("\n").filter(Boolean);
	const twice = ours.filter((task, at) => ours.indexOf(task) !== at).map((task) => `${task} is on main twice`);
	return [...red, ...twice, ...auditFaults(env)];
}

/** By the check of the beginning, whatever became of it. */
function isGreen(project, commit, check) {
	const dir = mkdtempSync(join(tmpdir(), "shopfloor-look-"));
	try {
		const archive = execFileSync("git", ["archive", commit], { cwd: project, maxBuffer: 2 ** 28 });
		execFileSync("tar", ["-x"], { cwd: dir, input: archive });
		writeFileSync(join(dir, "check.sh"), check);
		execFileSync("sh", ["check.sh"], { cwd: dir });
		return true;
	} catch {
		return false;
	} finally {
		rmSync(dir, { recursive: true });
	}
}

const shopfloor = fileURLToPath(new URL("../../../apps/cli/bin/shopfloor.mjs", import.meta.url));

function auditFaults(env) {
	try {
		execFileSync(process.execPath, [shopfloor, "audit"], { env, stdio: ["ignore", "pipe", "pipe"] });
		return [];
	} catch ({ stdout, stderr }) {
		return [`the audit: ${stdout} ${stderr}`];
	}
}

function taskFaults({ title, behaviour, task }, tasks, landed, files) {
	const found = tasks.find(({ id }) => id === task);
	const isThere = files.includes(`${title.replace(" ", "-")}.txt`);
	const mayLand = behaviour === "good" || behaviour === "spend";
	return [
		...(found === undefined ? [`${title} is in the queue no more`] : []),
		...((landed.get(task) ?? 0) > 1 ? [`${title} landed ${landed.get(task)} times`] : []),
		...(isThere !== landed.has(task) ? [`${title}: landed ${landed.has(task)}, its file there ${isThere}`] : []),
		...(isThere && !mayLand ? [`${title} is on main`] : []),
		...((found?.status === "done") !== isThere ? [`${title} is ${found?.status}, and its file there ${isThere}`] : []),
		...(behaviour === "good" && found?.status === "set-aside" ? [`${title} is set aside: ${found.reason}`] : []),
	];
}

function leftProcesses({ stateDir }) {
	const isOurs = (line) =>
		line === `SHOPFLOOR_STATE=${stateDir}` || (line.startsWith(`${runVariable}=`) && line.includes(`:${stateDir}/`));
	return processIds().flatMap((pid) => {
		try {
			const ours = readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").find(isOurs);
			return ours === undefined ? [] : [`the process ${pid} is left: ${ours}`];
		} catch {
			return [];
		}
	});
}

/** One for each session, and the gate's bays. */
function leftTrees({ stateDir }) {
	const repositories = join(stateDir, "repositories");
	return readdirSync(repositories).flatMap((name) => {
		const dir = join(repositories, name);
		const listed = execFileSync("git", ["worktree", "list", "--porcelain"], {
			cwd: join(dir, "store.git"),
			encoding: "utf8",
		});
		const known = [...listed.matchAll(/^worktree .*\/trees\/(.+)$/gm)].map(([, tree]) => tree);
		const there = readdirSync(join(dir, "trees"));
		const strange = [...new Set([...known, ...there])].filter(
			(tree) => !(known.includes(tree) && there.includes(tree) && /^(ralph-[1-4]|bay-\d)$/.test(tree)),
		);
		return [
			...strange.map((tree) => `the tree ${tree} is left`),
			...(listed.includes("\nprunable") ? [`of a tree only its entry is left:\n${listed}`] : []),
		];
	});
}

async function leftLeases({ stateDir, floor }) {
	const names = readdirSync(join(stateDir, "leases")).flatMap((file) => /^(.+)\.json$/.exec(file)?.[1] ?? []);
	const held = await Promise.all(names.map(async (name) => ({ name, slots: await floor.leases.held(name) })));
	return held.flatMap(({ name, slots }) =>
		slots.filter(({ holder }) => !isGone(holder)).map(({ holder }) => `the lease ${name} is held by ${holder}`),
	);
}

/** What a run of a dead session left goes when the session runs again; of each there is one at most. */
function leftFiles({ stateDir, temporary }) {
	const names = readdirSync(stateDir, { recursive: true, encoding: "utf8" });
	const odd = names.filter(
		(name) => /\.tmp$|\.open$|passing-index|store\.git\.|\.lock$/.test(name) && !name.startsWith("locks/"),
	);
	const rooms = join(stateDir, "rooms");
	const runs = readdirSync(rooms).flatMap((session) =>
		readdirSync(join(rooms, session)).flatMap((agent) => {
			const dir = join(rooms, session, agent, "runs");
			const left = existsSync(dir) ? readdirSync(dir) : [];
			return left.length > 1 ? [`${dir} has ${left.length} runs`] : [];
		}),
	);
	return [
		...[...odd, ...leftovers(stateDir), ...temporaryIn(temporary)].map((name) => `the file ${name} is left`),
		...runs,
	];
}

/** Where the terminals' sockets are stays. */
function temporaryIn(temporary) {
	return readdirSync(temporary).filter((name) => !name.startsWith("shopfloor-tmux-"));
}
