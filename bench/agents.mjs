// What running an agent costs beyond the agent itself: starting it in a sandbox, following what it says, settling it.
// With the real programs where SHOPFLOOR_REAL_PROGRAMS names them; with ones that pretend in any case.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { openCrew } from "@shopfloor/agents";
import { chooseRunner, loadConfig, openFloor, secretStore, systemClock } from "@shopfloor/core/io";
import { misbehaving, realPrograms, startAnthropic } from "@shopfloor/twins";
import { median, round, scratch } from "./measure.mjs";

const runs = 15;
const together = 8;
const limits = { startMs: 60_000, idleMs: 60_000, wallMs: 120_000, usd: 1, turns: 10 };

export async function agents({ say }) {
	const choice = await chooseRunner("auto");
	if (choice.kind === "missing") throw new Error(choice.why);
	say("one run, and the program alone…");
	const rows = [await overhead(choice.runner)];
	say("a gigabyte, and a line of 50 MB…");
	rows.push(await flood(choice.runner, "writes-a-gigabyte"), await flood(choice.runner, "writes-a-long-line"));
	const claude = realPrograms()?.claude;
	if (claude === undefined) say("the real Claude Code is not there; node scripts/real-programs.mjs installs it");
	else {
		say(`${together} real programs at once…`);
		rows.push(await atOnce(choice.runner, claude));
	}
	say("the built-in agent…");
	rows.push(await builtin(choice.runner));
	return rows;
}

/** Pairs: the program by itself, and as an agent, one after the other in one run. */
async function overhead(runner) {
	const program = misbehaving("changes-nothing");
	const world = await aWorld(runner, program);
	const alone = [];
	const beyond = [];
	for (let i = 0; i < runs; i++) {
		const aloneMs = await timed(() => ended(program, world.tree));
		const asAgentMs = await timed(() => world.ask());
		alone.push(aloneMs);
		beyond.push(asAgentMs - aloneMs);
	}
	await world.close();
	const ms = median(beyond);
	return {
		what: "a call beyond its program",
		figure: `${round(ms)} ms (the program alone ${round(median(alone))} ms)`,
		ratio: `${round(ms / median(alone))} of the program`,
		goals: [["< 120 ms median", ms < 120]],
	};
}

async function flood(runner, name) {
	const world = await aWorld(runner, misbehaving(name));
	let most = 0;
	const before = process.memoryUsage().rss;
	const looking = setInterval(() => {
		most = Math.max(most, process.memoryUsage().rss);
	}, 20);
	await world.ask();
	clearInterval(looking);
	most = Math.max(most, process.memoryUsage().rss);
	await world.close();
	const megabytes = (most - before) / 2 ** 20;
	return {
		what: `a program that ${name.replaceAll("-", " ")}`,
		figure: `${round(Math.max(0, megabytes))} MiB of ours`,
		ratio: "",
		goals: [["< 100 MiB", megabytes < 100]],
	};
}

async function atOnce(runner, program) {
	const twin = await startAnthropic({ otherwise: { text: "Done." }, turns: [] });
	const world = await aWorld(runner, program, { ANTHROPIC_BASE_URL: twin.url });
	await world.ask();
	const before = process.memoryUsage().rss;
	let most = before;
	const looking = setInterval(() => {
		most = Math.max(most, process.memoryUsage().rss);
	}, 20);
	const answers = await Promise.all(Array.from({ length: together }, () => world.ask()));
	clearInterval(looking);
	const done = answers.filter(({ kind, outcome }) => kind === "answered" && outcome.kind === "done").length;
	await world.close();
	await twin.close();
	const each = (most - before) / 2 ** 20 / together;
	return {
		what: `${together} real programs at once`,
		figure: `${done} done, ${round(Math.max(0, each))} MiB of ours each`,
		ratio: "",
		goals: [
			["all done", done === together],
			["< 15 MiB each", each < 15],
		],
	};
}

/** A project of some dozen files with an error in each of the first ones. */
async function builtin(runner) {
	const world = await aWorld(runner, misbehaving("changes-nothing"));
	const files = {
		"tsconfig.json": JSON.stringify({
			compilerOptions: { strict: true, noUnusedLocals: true, module: "nodenext", target: "es2023", noEmit: true },
			include: ["src"],
		}),
	};
	for (let i = 0; i < 30; i++) {
		const unused = i < 6 ? 'import { sep } from "./names.js";\n' : "";
		files[`src/part-${i}.ts`] =
			`${unused}export function part${i}(values: readonly number[]): number {\n\treturn values.length + ${i};\n}\n`;
	}
	files["src/names.ts"] = 'export const sep = "/";\n';
	for (const [path, text] of Object.entries(files)) {
		mkdirSync(dirname(join(world.tree, path)), { recursive: true });
		writeFileSync(join(world.tree, path), text);
	}
	const times = [];
	for (let i = 0; i < 5; i++)
		times.push(
			await timed(async () => {
				const answered = await world.ask({ agent: "builtin" });
				if (answered.outcome?.kind !== "done")
					throw new Error(`the built-in agent did not mend it: ${JSON.stringify(answered)}`);
			}),
		);
	await world.close();
	const [first, ...later] = times;
	return {
		what: "the built-in agent's fixes",
		figure: `first ${round(first)} ms, later ${round(median(later))} ms`,
		ratio: `${round(median(later) / first)} of the first`,
		goals: [
			["first < 3 s", first < 3_000],
			["later < 1 s", median(later) < 1_000],
		],
	};
}

async function aWorld(runner, program, env = {}) {
	const dir = mkdtempSync(join(scratch(), "agents-"));
	const tree = join(dir, "tree");
	mkdirSync(tree);
	mkdirSync(join(dir, ".git"));
	const configFile = join(dir, "shopfloor.config.json");
	const mine = { kind: "claude", program, env };
	writeFileSync(
		configFile,
		JSON.stringify({ repository: { path: "." }, agents: { mine }, budget: { perDay: 1_000, callsPerHour: 10_000 } }),
	);
	const stateDir = join(dir, "state");
	const floor = openFloor({ stateDir });
	const secrets = secretStore(stateDir);
	await secrets.set("anthropic-api-key", "sk-bench");
	const common = { config: loadConfig(configFile), floor, clock: systemClock, by: "bench", runner };
	const path = `${dirname(process.execPath)}:/usr/bin:/bin`;
	const crew = openCrew({ ...common, session: "bench", path });
	const job = { role: "coder", prompt: "do it", cwd: tree, access: "write", limits, show() {} };
	return {
		tree,
		ask: (change = { agent: "mine" }) => crew.ask({ ...job, ...change }),
		async close() {
			await crew.close();
			await floor.close();
			rmSync(dir, { recursive: true, force: true });
		},
	};
}

async function timed(work) {
	const begun = performance.now();
	await work();
	return performance.now() - begun;
}

function ended(program, cwd) {
	return new Promise((resolve, reject) => {
		const child = spawn(program, ["-p"], { cwd, stdio: ["ignore", "ignore", "ignore"] });
		child.once("error", reject);
		child.once("close", resolve);
	});
}
