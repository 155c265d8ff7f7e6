// A factory on the sample: a repository, a configuration with scripted agents, and the real processes of apps/.
import { execFileSync, fork } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { endTerminals } from "@shopfloor/agents";
import { openFloor } from "@shopfloor/core/io";
import { scratch } from "../measure.mjs";

export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

/** What a factory is told where a benchmark says nothing else: it waits for tasks and does nothing by itself. */
const quiet = {
	every: { scheduler: "5m", ralph: "24h", reviewer: "2h", doctor: "5m" },
	// Other programs of this machine are to make it slow, and not to stop it.
	health: { memoryShare: 1, memoryStop: 1 },
	review: { policy: "auto" },
	budget: { perDay: 1_000, perTask: 100, callsPerHour: 10_000 },
	gateway: { port: 0 },
};

/** `tasks` is what the scripted coder knows. Nothing is started yet. */
export function makeFactory({ sessions, tasks, ...settings }) {
	const dir = scratch();
	const project = makeProject(join(dir, "project"));
	const agent = join(dir, "agent");
	mkdirSync(agent);
	copyFileSync(join(root, "bench/programs/scripted-coder.mjs"), join(agent, "coder.mjs"));
	writeFileSync(join(agent, "tasks.json"), JSON.stringify(tasks));
	const coder = [process.execPath, join(agent, "coder.mjs"), join(agent, "tasks.json")];
	const nothing = '{"task":null,"why":"what there is to do is said by a person"}';
	const config = join(dir, "shopfloor.config.json");
	writeFileSync(
		config,
		JSON.stringify({
			...quiet,
			repository: { path: "project" },
			sessions,
			active: { least: sessions },
			agents: {
				coder: { ...scripted(coder), usd: { json: "usd" }, sees: [agent] },
				planner: { ...scripted(["/bin/sh", "-c", `cat > /dev/null; echo '${nothing}'`]), usd: 0 },
			},
			roles: { planner: "planner", coder: "coder" },
			...settings,
		}),
	);
	const stateDir = join(dir, "state");
	const floor = openFloor({ stateDir });
	const running = [];
	return { dir, project, config, stateDir, floor, coder, start, measured, ask, until, children, close };

	/** Resolves with their numbers when all of them are ready. */
	async function start(...names) {
		const times = join(dir, "children");
		mkdirSync(times, { recursive: true });
		const hook = new URL(`file://${root}/bench/programs/child-times.mjs`);
		hook.searchParams.set("into", times);
		return await Promise.all(
			names.map(async (name) => {
				const app = name.startsWith("ralph-") ? "ralph-worker" : name;
				const child = fork(join(root, "apps", app, "dist/main.js"), [name], {
					cwd: root,
					env: { PATH: process.env.PATH, HOME: dir, SHOPFLOOR_CONFIG: config, SHOPFLOOR_STATE: stateDir },
					execArgv: ["--optimize-for-size", "--import", hook.href],
					stdio: ["ignore", "ignore", "inherit", "ipc"],
				});
				running.push({ name, child });
				await said(name, child, "ready");
				return child.pid;
			}),
		);
	}

	/** Every session has looked for something to do, and with it at the base: that costs once, and is nobody's cycle. */
	async function measured() {
		await until(async () => {
			const trouble = (await floor.log.last(100, { type: ["alert"] })).find(({ by }) => by.startsWith("ralph-"));
			if (trouble !== undefined) throw new Error(trouble.data.message);
			return (await floor.log.last(sessions, { type: ["ralph_cycle"] })).length === sessions;
		}, `${sessions} sessions that have looked at the base`);
	}

	/** Looks again and again. A factory that stands still for so long is broken, and so is one that lost a process. */
	async function until(isSo, what) {
		const lateMs = Date.now() + patienceMs;
		while (!(await isSo())) {
			const gone = running.find(({ child }) => child.exitCode !== null || child.signalCode !== null);
			if (gone !== undefined) throw new Error(`${gone.name} ended while the benchmark waited for ${what}`);
			if (Date.now() > lateMs) throw new Error(`there were never ${what}`);
			await new Promise((resolve) => setTimeout(resolve, lookAgainMs));
		}
	}

	/** Resolves with the ids of the tasks. */
	async function ask(tasks) {
		const drafts = tasks.map(({ title, files }) => ({
			type: "task_requested",
			by: "bench",
			data: { title, files, source: "bench", key: title },
		}));
		return (await floor.log.append(drafts)).map(({ seq }) => `t-${seq}`);
	}

	/** Every program that they have run so far: which process, from when to when, its name, and whether it was a check. */
	function children() {
		const times = join(dir, "children");
		const nameOf = new Map(running.map(({ name, child }) => [child.pid, name]));
		return readdirSync(times).flatMap((file) =>
			readFileSync(join(times, file), "utf8")
				.split("\n")
				.filter((line) => line !== "")
				.map((line) => JSON.parse(line))
				.map((one) => ({ ...one, process: nameOf.get(Number(file)), isCheck: checks.includes(one.program) })),
		);
	}

	async function close() {
		await Promise.all(
			running.map(({ child }) => {
				const gone = new Promise((resolve) => child.once("exit", resolve));
				if (child.exitCode !== null || child.signalCode !== null) return undefined;
				child.kill("SIGTERM");
				return gone;
			}),
		);
		await endTerminals(stateDir);
		await floor.close();
		rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
	}
}

/** Of the sample. */
const checks = ["tsc", "vitest"];

/** Its last line is its answer. */
function scripted(command) {
	return { kind: "command", command, answer: "last-line", network: false };
}

function makeProject(dir) {
	cpSync(join(root, "examples/sample"), dir, { recursive: true });
	const git = gitIn(dir);
	git("init", "--quiet", "--initial-branch=main");
	git("add", "--all");
	git("commit", "--quiet", "--message", "The sample, with what is wrong in it");
	return dir;
}

export function gitIn(cwd) {
	const person = ["-c", "user.name=Bench", "-c", "user.email=bench@localhost", "-c", "commit.gpgsign=false"];
	const env = { PATH: process.env.PATH, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" };
	return (...args) =>
		execFileSync("git", [...person, ...args], { cwd, env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();
}

const lookAgainMs = 100;
const patienceMs = 30 * 60_000;

function said(name, child, word) {
	return new Promise((resolve, reject) => {
		child.on("message", (message) => message === word && resolve());
		child.once("exit", (code) => reject(new Error(`${name} ended with ${code} before it was ${word}`)));
	});
}
