/**
 * The real Claude Code and the real Codex, called as a person calls them: in the sandbox, with a key from the store, and
 * with a twin in the place of their model.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openFloor, secretStore } from "@shopfloor/core/io";
import { aMark, needs, running } from "@shopfloor/core/testing";
import {
	realPrograms,
	realProgramsVariable,
	startAnthropic,
	startOpenai,
	type Turn,
	type Twin,
} from "@shopfloor/twins";
import { execa } from "execa";
import { expect, onTestFinished, type TestContext, test } from "vitest";
import { root } from "./factory.ts";

const cli = join(root, "apps/cli/bin/shopfloor.mjs");
const kinds = ["claude", "codex"] as const;
const timeout = 90_000;

test.for(kinds)(
	"%s edits the tree that it is given, shows its life, and its cost is settled",
	{ timeout },
	async (kind, context) => {
		const world = await aWorld(context, kind, (tree) => [
			doing(kind, `echo changed > ${tree}/a.txt; ls /root ${tree}/..`),
			{ text: "It is written." },
		]);
		const { stdout, stderr, exitCode } = await world.run(
			"agent",
			"run",
			"--agent",
			"mine",
			"--cwd",
			world.tree,
			"write",
		);
		expect({ stderr: exitCode === 0 ? "" : stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
		expect(stdout).toMatch(/^It is written\.\nmine, cost \$0\.\d+/);
		expect(readFileSync(join(world.tree, "a.txt"), "utf8")).toBe("changed\n");
		expect((await world.run("attach", "by-hand")).stdout).toContain("It is written.");
		const floor = openFloor({ stateDir: world.state });
		const entries = await floor.log.last(10, { type: ["call_reserved", "agent_called"] });
		await floor.close();
		expect(entries).toMatchObject([
			{ type: "call_reserved", data: { agent: "mine" } },
			{ type: "agent_called", data: { agent: "mine", outcome: "done", estimated: kind === "codex" } },
		]);
		expect(world.twin.faults).toEqual([]);
		expect(readFileSync(join(world.state, "experiment-log.jsonl"), "utf8")).not.toContain(key);
	},
);

test.for(kinds)("killed in the middle, the caller of %s leaves nothing running", { timeout }, async (kind, context) => {
	const mark = aMark();
	const world = await aWorld(context, kind, () => [
		doing(kind, `sh -c "setsid sleep ${mark} & env -i setsid sleep ${mark} & sleep ${mark}"`),
	]);
	const caller = spawn(process.execPath, [cli, "agent", "run", "--agent", "mine", "--cwd", world.tree, "hold"], {
		env: world.env,
		stdio: "ignore",
	});
	const ended = new Promise((resolve) => caller.once("exit", resolve));
	await expect.poll(() => running(mark).length, { timeout: 60_000 }).toBe(3);
	caller.kill("SIGKILL");
	await ended;
	await expect.poll(() => running(mark), { timeout: 10_000 }).toEqual([]);
});

const key = "sk-of-this-story-alone";

async function aWorld(context: TestContext, kind: "claude" | "codex", turns: (tree: string) => Turn[]) {
	const program = realPrograms()?.[kind];
	if (program === undefined)
		return context.skip(`needs the real ${kind}, in a folder that ${realProgramsVariable} names`);
	needs(context, "bubblewrap");
	// Not below a temporary folder: Codex makes nothing of its own there.
	const dir = mkdtempSync(join(existsSync("/var/tmp") ? "/var/tmp" : tmpdir(), "sf-"));
	onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
	const tree = join(dir, "tree");
	mkdirSync(tree);
	mkdirSync(join(dir, ".git"));
	const twin: Twin = await (kind === "claude" ? startAnthropic : startOpenai)({
		turns: turns(tree),
		otherwise: { text: "Over." },
	});
	onTestFinished(() => twin.close());
	const at = kind === "claude" ? { env: { ANTHROPIC_BASE_URL: twin.url } } : { baseUrl: `${twin.url}/v1` };
	const model = kind === "claude" ? "sonnet" : "gpt-5.5";
	const config = join(dir, "shopfloor.config.json");
	writeFileSync(
		config,
		JSON.stringify({ repository: { path: "." }, agents: { mine: { kind, program, model, ...at } } }),
	);
	const state = join(dir, "state");
	const floor = openFloor({ stateDir: state });
	await floor.close();
	await secretStore(state).set(kind === "claude" ? "anthropic-api-key" : "openai-api-key", key);
	const env = { PATH: process.env["PATH"] ?? "", HOME: dir, SHOPFLOOR_STATE: state, SHOPFLOOR_CONFIG: config };
	const run = (...args: string[]) =>
		execa(process.execPath, [cli, ...args], { env, extendEnv: false, reject: false, stdin: "ignore" });
	return { tree, state, twin, env, run };
}

function doing(kind: "claude" | "codex", command: string): Turn {
	return kind === "claude"
		? { calls: [{ name: "Bash", input: { command } }] }
		: { calls: [{ name: "exec_command", input: { cmd: command } }] };
}
