import { draftOf } from "@shopfloor/core/testing";
import { expect, test } from "vitest";
import { aCli, type Cli, type CliOptions } from "../testing/a-cli.ts";
import { eventually } from "../testing/eventually.ts";

/** A scheduler that is this very process, in its seat. */
async function aRunningFactory(options: CliOptions = {}): Promise<Cli> {
	const cli = aCli(options);
	await cli.floor.leases.hold("process-scheduler", { slots: 1, ttlMs: 30_000 });
	const data = { pid: process.pid, node: process.version, after: "first", crashes: 0 } as const;
	await cli.floor.log.append([draftOf("process_started", data, "scheduler")]);
	return cli;
}

test("a fresh folder is told as what it is, with the next step", async () => {
	const cli = aCli();
	const { out, code } = await cli.run("status");
	expect(out).toContain("The factory is not running. It was never started on this state directory.");
	// Wrapped where the folder's name is long.
	expect(out.replace(/\s+/g, " ")).toContain(`no process runs: PM2_HOME=${cli.stateDir}/pm2 npm start`);
	expect(code).toBe(0);
});

test("who sits in the seat runs; who only says so is gone", async () => {
	const cli = await aRunningFactory();
	const data = { pid: process.pid, node: process.version, after: "first", crashes: 0 } as const;
	await cli.floor.log.append([draftOf("process_started", data, "session-doctor")]);
	const { processes } = JSON.parse((await cli.run("status", "--json")).out);
	expect(processes.map(({ name, state }: Record<string, string>) => `${name} ${state}`)).toEqual([
		"scheduler running",
		"session-doctor gone",
		"cto-reviewer absent",
		"webhook-gateway absent",
		"ralph-1 absent",
		"ralph-2 absent",
	]);
});

test("with --json it is one document", async () => {
	const cli = await aRunningFactory();
	const { out } = await cli.run("status", "--json");
	expect(JSON.parse(out)).toMatchObject({
		at: "2026-01-31T08:00:00.000Z",
		factory: { state: "running", alive: 1 },
		log: { head: { seq: 1 } },
		config: { state: "absent" },
	});
});

test("a faulty configuration is part of the answer and no reason to refuse it", async () => {
	const cli = await aRunningFactory();
	cli.configure({ repository: { path: "." }, sesions: 3 });
	const { out, code } = await cli.run("status");
	expect(out).toContain("the configuration has a fault; no process starts with it");
	expect(code).toBe(0);
});

test("what the configuration says of the sandbox is part of the answer", async () => {
	const cli = aCli();
	cli.configure({ repository: { path: "." }, sandbox: "off" });
	expect((await cli.run("status")).out).toContain("\nWithout a sandbox: whatever agents and checks run can do");
	expect(JSON.parse((await cli.run("status", "--json")).out)).toMatchObject({ config: { isSandboxOff: true } });
});

test("without a terminal, watching prints a line for each change", async () => {
	const cli = await aRunningFactory();
	const running = cli.start("status", "--watch");
	await eventually(() => expect(running.out()).toContain("the factory is running with 1 process"));
	await cli.floor.log.append([draftOf("paused", { scope: "all", kind: "pause", reason: "lunch" }, "cli:ana")]);
	await eventually(async () => {
		await cli.clock.advance(200);
		expect(running.out()).toContain("the factory is paused with 1 process; all paused by cli:ana: lunch");
	});
	const { out, code } = await running.interrupt();
	expect(out.match(/the factory is/g)).toHaveLength(2);
	expect(code).toBe(130);
});

test("watching with --json prints a document a line, and none when only time passed", async () => {
	const cli = await aRunningFactory();
	const running = cli.start("status", "--watch", "--json");
	await eventually(() => expect(running.out()).not.toBe(""));
	await cli.clock.advance(10_000);
	const { out } = await running.interrupt();
	const documents = out.trimEnd().split("\n");
	expect(documents).toHaveLength(1);
	expect(JSON.parse(documents[0] ?? "")).toMatchObject({ factory: { state: "running" } });
});

test("on a terminal it draws on the second screen and leaves the first as it was", async () => {
	const cli = await aRunningFactory({ terminal: { columns: 80, rows: 10 } });
	const running = cli.start("status", "--watch");
	await eventually(() => expect(running.out()).toContain("The factory is up"));
	await cli.floor.log.append([draftOf("task_queued", { task: "t-1", title: "repair" }, "scheduler")]);
	await eventually(async () => {
		await cli.clock.advance(200);
		expect(running.out().split("\u001b[H").length).toBeGreaterThan(2);
	});
	const { out } = await running.interrupt();
	expect(out.startsWith("\u001b[?1049h\u001b[?25l\u001b[H")).toBe(true);
	expect(out.endsWith("\u001b[?25h\u001b[?1049l")).toBe(true);
	const lastFrame = out.split("\u001b[H").at(-1) ?? "";
	expect(lastFrame.split("\r\n").length).toBeLessThanOrEqual(10);
	expect(lastFrame).toMatch(/… \d+ more lines/);
});
