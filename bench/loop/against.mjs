/**
 * The factory against the plain loop that somebody would write around the same agent: a shell `while` with the compiler and
 * the tests before and after, a clone for each agent. Both are given the same tasks and the same number of agents; what
 * is on main in the end is measured with the tests and the settings that the sample had at the beginning.
 */
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { rate, round } from "../measure.mjs";
import { gitIn, makeFactory, root } from "./factory.mjs";
import { firstSeen, installed, seen } from "./seen.mjs";
import { tasks as allTasks, fewTasks } from "./tasks.mjs";

const agents = 2;

export async function against({ say, full }) {
	const tasks = full ? allTasks : fewTasks;
	const factory = makeFactory({ sessions: agents, tasks });
	try {
		say(`${tasks.length} tasks, the plain loop with ${agents} agents…`);
		const before = firstSeen(factory.project);
		const plain = await plainLoop(factory, tasks, before);
		say(`the same ${tasks.length}, the factory with ${agents} sessions…`);
		const ours = await theFactory(factory, tasks, before);
		return [...rowsOf("the plain loop", tasks, plain, plain), ...rowsOf("the factory", tasks, ours, plain)];
	} finally {
		await factory.close();
	}
}

/** Each agent in a clone of its own, and the tasks dealt out to them in turn. */
async function plainLoop({ dir, project, coder }, tasks, before) {
	const origin = join(dir, "origin.git");
	gitIn(dir)("clone", "--quiet", "--bare", project, origin);
	const times = join(dir, "times");
	writeFileSync(times, "");
	const begun = performance.now();
	await Promise.all(
		Array.from({ length: agents }, async (_, agent) => {
			const clone = join(dir, `clone-${agent + 1}`);
			gitIn(dir)("clone", "--quiet", origin, clone);
			gitIn(clone)("config", "user.name", "Agent");
			gitIn(clone)("config", "user.email", "agent@localhost");
			installed(clone);
			const titles = tasks.filter((_, at) => at % agents === agent).map(({ title }) => `${title}\n`);
			writeFileSync(join(dir, `titles-${agent}`), titles.join(""));
			const script = join(root, "bench/programs/plain-loop.sh");
			await ended("sh", [script, clone, join(dir, `titles-${agent}`), times, ...coder], dir);
		}),
	);
	const ms = performance.now() - begun;
	const checkMs = readFileSync(times, "utf8")
		.split("\n")
		.reduce((sum, line) => sum + Number(line), 0);
	return { ms, checkMs, ...seen(origin, before) };
}

async function theFactory(factory, tasks, before) {
	const { floor, project } = factory;
	await factory.start(
		"scheduler",
		"cto-reviewer",
		...Array.from({ length: agents }, (_, index) => `ralph-${index + 1}`),
	);
	await factory.measured();
	const fromMs = Date.now();
	const ids = await factory.ask(tasks);
	await factory.until(async () => {
		const { tasks: queue } = (await floor.tasks.read()).value;
		const { changes } = (await floor.reviews.read()).value;
		const isOpen = ({ id, status }) => ids.includes(id) && !["done", "set-aside"].includes(status);
		const asked = new Set(changes.filter(({ status }) => status === "asked").map(({ task }) => task));
		return queue.length >= ids.length && !queue.some((task) => isOpen(task) && !asked.has(task.id));
	}, "tasks that are all settled");
	const ms = Date.now() - fromMs;
	const checkMs = factory
		.children()
		.filter(({ isCheck, from }) => isCheck && from >= fromMs)
		.reduce((sum, { from, to }) => sum + to - from, 0);
	return { ms, checkMs, ...seen(project, before) };
}

/** As what it prints is read by nobody: how it ends is what counts. */
function ended(program, args, cwd) {
	return new Promise((resolve, reject) => {
		const child = spawn(program, args, { cwd, stdio: "ignore" });
		child.once("error", reject);
		child.once("exit", (code) => (code === 0 ? resolve() : reject(new Error(`${program} ended with ${code}`))));
	});
}

function rowsOf(who, tasks, one, plain) {
	const right = rightOn(tasks, one.titles);
	const defects = defectsOn(tasks, one.titles);
	const possible = rightOn(
		tasks,
		tasks.map(({ title }) => title),
	).length;
	const perHour = (side) => (rightOn(tasks, side.titles).length * 3_600_000) / side.ms;
	const checksEach = (side) => side.checkMs / rightOn(tasks, side.titles).length;
	const isOurs = one !== plain;
	const against = `${round(perHour(one) / perHour(plain))} × the changes an hour, ${round(checksEach(one) / checksEach(plain))} × the checks each`;
	return [
		{
			what: `${who}: ${tasks.length} tasks, ${agents} at once`,
			figure: `${right.length} of ${possible} right changes in ${round(one.ms / 1_000)} s, ${rate(perHour(one))} an hour, ${round(checksEach(one) / 1_000)} s of checks each`,
			ratio: isOurs ? against : "1",
			goals: [],
		},
		...(defects.length === 0 ? ["none"] : defects).map((defect, at) => ({
			what: at === 0 ? "  defects that reached main" : "",
			figure: defect,
			ratio: "",
			goals: isOurs && at === 0 ? [["none", defects.length === 0]] : [],
		})),
		{
			what: "  main in the end, by the first one's tests",
			figure: `${counted(one.before.errors, "error")} and ${one.before.failing.length} failing became ${one.after.errors} and ${one.after.failing.length}${one.broken.length === 0 ? "" : `; passed before: ${one.broken.join(", ")}`}`,
			ratio: "",
			goals: isOurs ? [["nothing fails that passed", one.broken.length === 0]] : [],
		},
	];
}

/** Of a pair one counts, whichever it is. */
function rightOn(tasks, titles) {
	const on = tasks.filter(({ title, wanted }) => wanted && titles.includes(title));
	return on.filter(({ pair }, at) => pair === undefined || on.findIndex((other) => other.pair === pair) === at);
}

function defectsOn(tasks, titles) {
	const on = tasks.filter(({ title }) => titles.includes(title));
	const wrong = on.filter(({ wanted }) => !wanted).map(({ title, defect }) => `"${title}" ${defect}`);
	const second = on.filter(({ pair }, at) => pair !== undefined && on.findIndex((other) => other.pair === pair) !== at);
	return [...wrong, ...second.map(({ title, pair }) => `"${title}" goes wrong with the other of "${pair}"`)];
}

function counted(count, noun) {
	return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
