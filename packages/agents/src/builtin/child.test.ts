/** The process that holds the compiler: how long it lives, what ends it, and what it notices. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { isAlive, processIds, runVariable, systemClock } from "@shopfloor/core/io";
import { needs, tempDir, until } from "@shopfloor/core/testing";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Job } from "../port/job.ts";
import { type BuiltinOptions, builtinAgent } from "./agent.ts";

const config = '{ "compilerOptions": { "strict": true, "lib": ["es2022"], "types": [], "noEmit": true } }';
const fault = 'export const port: number = "8080";\n';
const mended = "export const port: number = 8080;\n";

// Starting a process with a compiler takes a second, and ten of them where the machine is busy.
describe("the process that holds the compiler", { timeout: 120_000 }, () => {
	test("it stays for the next job in the same folder, and is gone when the agent is closed", async (context) => {
		needs(context, "linux");
		const agent = anAgent();
		const dir = aProject({ "a.ts": fault, "b.ts": fault });
		await agent.run(aJob(dir));
		const [first] = children();
		await agent.run(aJob(dir));
		expect(children()).toEqual([first]);
		expect([read(dir, "a.ts"), read(dir, "b.ts")]).toEqual([mended, mended]);
		await agent.close();
		expect(children()).toEqual([]);
	});

	test("one in another folder takes its place", async (context) => {
		needs(context, "linux");
		const agent = anAgent();
		await agent.run(aJob(aProject({ "a.ts": fault })));
		const [first] = children();
		await agent.run(aJob(aProject({ "a.ts": fault })));
		const now = children();
		expect(now).toHaveLength(1);
		expect(now).not.toContain(first);
	});

	test("it stays no longer than it may", async (context) => {
		needs(context, "linux");
		await anAgent({ warmMs: 0 }).run(aJob(aProject({ "a.ts": fault })));
		expect(children()).toEqual([]);
		await anAgent({ warmMs: 1 }).run(aJob(aProject({ "a.ts": fault })));
		await until(() => children().length === 0);
	});

	test("a file that changed between two jobs is read again; so are new files, gone ones and configuration", async () => {
		const agent = anAgent();
		const dir = aProject({ "a.ts": "export const a = 1;\n" });
		const outcome = async () => {
			const { kind, ...more } = await agent.run(aJob(dir));
			return "text" in more ? more.text.split(" ")[0] : kind;
		};
		expect(await outcome()).toBe("refused");
		// As long as before: only its times tell.
		write(dir, { "a.ts": 'export const a: 1="";\n'.slice(0, 20) });
		write(dir, { "a.ts": fault });
		expect(await outcome()).toBe("a.ts:1:");
		write(dir, { "new.ts": fault.replace(" port", " other") });
		expect(await outcome()).toBe("new.ts:1:");
		write(dir, { "new.ts": "function f() {}\nexport {};\n" });
		expect(await outcome()).toBe("refused");
		write(dir, { "tsconfig.json": config.replace('"strict"', '"noUnusedLocals": true, "strict"') });
		expect(await outcome()).toBe("new.ts:1:");
	});

	test("memory that does not suffice is a refusal, and the next job finds a new process", async () => {
		const agent = anAgent({ memoryMb: 24 });
		const dir = aProject({ "a.ts": fault });
		for (let turn = 0; turn < 2; turn++)
			expect(await agent.run(aJob(dir))).toMatchObject({
				kind: "refused",
				code: "cannot",
				detail: expect.stringMatching(/needs more memory/),
			});
		expect(read(dir, "a.ts")).toBe(fault);
	});

	test("called off in the middle, nothing of it is left and nothing is changed", async (context) => {
		needs(context, "linux");
		const agent = anAgent();
		const dir = endlessProject();
		const before = read(dir, "a.ts");
		const abort = new AbortController();
		const outcome = await agent.run(aJob(dir, { signal: abort.signal, show: () => abort.abort() }));
		expect(outcome).toMatchObject({ kind: "failed", code: "aborted" });
		expect(children()).toEqual([]);
		expect(read(dir, "a.ts")).toBe(before);
		expect(readdirSync(dir).sort()).toEqual(["a.ts", "tsconfig.json"]);
	});

	test("called off before it began, it does not begin", async () => {
		const dir = aProject({ "a.ts": fault });
		expect(await anAgent().run(aJob(dir, { signal: AbortSignal.abort() }))).toMatchObject({ code: "aborted" });
		expect(children()).toEqual([]);
	});

	test.each([
		["wall", { wallMs: 1 }],
		["start", { startMs: 1 }],
		["idle", { idleMs: 1 }],
	])("its %s time runs out", async (which, limits) => {
		const dir = aProject({ "a.ts": fault });
		const job = aJob(dir);
		const outcome = await anAgent().run({ ...job, limits: { ...job.limits, ...limits } });
		expect(outcome).toMatchObject({ kind: "timed-out", which });
		expect(children()).toEqual([]);
		expect(read(dir, "a.ts")).toBe(fault);
	});

	test("killed by somebody it is a crash, with the reason", async (context) => {
		needs(context, "linux");
		const show = () => {
			for (const pid of children()) process.kill(pid, "SIGKILL");
		};
		expect(await anAgent().run(aJob(aProject({ "a.ts": fault }), { show }))).toMatchObject({
			kind: "failed",
			code: "crashed",
			detail: expect.stringMatching(/SIGKILL/),
		});
	});

	test("when the process that uses it is killed, it goes too: at rest, and deep in the compiler", async (context) => {
		needs(context, "linux");
		for (const [when, dir] of [
			["done", aProject({ "a.ts": fault })],
			["busy", endlessProject()],
		] as const) {
			const owner = spawn(process.execPath, ["--input-type=module", "-e", ownerProgram(dir, when)], {
				stdio: ["ignore", "pipe", "inherit"],
			});
			onTestFinished(() => void owner.kill("SIGKILL"));
			await once(owner.stdout, "data");
			const [child] = children(owner.pid);
			if (child === undefined) throw new Error("it has started nothing yet");
			owner.kill("SIGKILL");
			const killed = systemClock.watch();
			await gone(child);
			expect(systemClock.watch() - killed).toBeLessThan(stopMs);
		}
	});
});

/** What a stop promises for everything. */
const stopMs = 10_000;

async function gone(pid: number): Promise<void> {
	await until(() => !isAlive(pid));
}

function ownerProgram(dir: string, when: string): string {
	const agent = new URL("../../dist/builtin/agent.js", import.meta.url).href;
	return `
		import { builtinAgent } from ${JSON.stringify(agent)};
		const show = (line) => { if (${JSON.stringify(when)} === "busy") console.log(line); };
		const limits = { startMs: 60000, idleMs: 60000, wallMs: 60000, usd: 0, turns: 1 };
		await builtinAgent().run({ role: "coder", access: "write", prompt: "", cwd: ${JSON.stringify(dir)}, limits, show });
		console.log("done");
		setInterval(() => {}, 1000);
	`;
}

/** A type that takes the compiler half a minute, and all the memory it may have. */
function endlessProject(): string {
	const tree = 'type Tree<N extends unknown[]> = N["length"] extends 40 ? 0 : Tree<[...N, 1]> | Tree<[...N, 2]>;';
	return aProject({ "a.ts": `${tree}\nexport const a: Tree<[]> = 0;\n` });
}

/** Of ours, or of that process. */
function children(parent = process.pid): number[] {
	return processIds().filter((pid) => {
		try {
			const [, , , ppid] = readFileSync(`/proc/${pid}/stat`, "utf8")
				.replace(/\(.*\)/s, "x")
				.split(" ");
			return Number(ppid) === parent && readFileSync(`/proc/${pid}/environ`, "latin1").includes(`${runVariable}=`);
		} catch {
			// It ended between the two looks.
			return false;
		}
	});
}

function anAgent(options: BuiltinOptions = {}) {
	const agent = builtinAgent(options);
	onTestFinished(() => agent.close());
	return agent;
}

function aProject(files: Readonly<Record<string, string>>): string {
	const dir = tempDir();
	write(dir, { "tsconfig.json": config, ...files });
	return dir;
}

function write(dir: string, files: Readonly<Record<string, string>>): void {
	for (const [path, text] of Object.entries(files)) {
		mkdirSync(dirname(join(dir, path)), { recursive: true });
		writeFileSync(join(dir, path), text);
	}
}

function read(dir: string, path: string): string {
	return readFileSync(join(dir, path), "utf8");
}

function aJob(cwd: string, more: Partial<Job> = {}): Job {
	const limits = { startMs: 60_000, idleMs: 60_000, wallMs: 120_000, usd: 0, turns: 1 };
	return { role: "coder", prompt: "Mend one thing.", cwd, access: "write", limits, show() {}, ...more };
}
