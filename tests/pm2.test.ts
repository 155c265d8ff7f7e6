/** The real PM2, with a home of its own, driven as a person drives it. */

import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isAlive } from "@shopfloor/core/io";
import { inDepth } from "@shopfloor/core/testing";
import { describe, expect, test } from "vitest";
import { aPm2 } from "./a-pm2.ts";
import { root } from "./factory.ts";

const canary = "canary-7f3a91d2c4";
/** Starting a daemon and five processes takes seconds on a busy machine. */
const storyMs = 120_000;

describe("up and down", () => {
	test("up brings every process online, once; status and PM2 agree; down leaves nothing", {
		timeout: storyMs,
	}, async () => {
		const { factory, shopfloor, list } = await aPm2();
		const up = await shopfloor("up");
		expect(up.stdout).toContain("Shopfloor is up: 6 processes");
		const processes = await list();
		expect(processes.map(({ name, status }) => [name, status]).sort()).toEqual([
			["cto-reviewer", "online"],
			["ralph-1", "online"],
			["ralph-2", "online"],
			["scheduler", "online"],
			["session-doctor", "online"],
			["webhook-gateway", "online"],
		]);
		const state = (await factory.now()).processes;
		for (const { name, pid } of processes) expect(state[name]).toMatchObject({ pid, status: "running" });

		expect((await shopfloor("up")).stdout).toContain("they ran already");
		expect((await list()).map(({ pid }) => pid).sort()).toEqual(processes.map(({ pid }) => pid).sort());

		const down = await shopfloor("down");
		expect(down.stdout).toContain("PM2 itself had nothing left to do");
		for (const { pid } of processes) expect(isAlive(pid)).toBe(false);
		for (const { name } of processes) expect(await factory.floor.leases.held(`process-${name}`)).toEqual([]);
		const stopped = (await factory.entries("process_stopped")).map(({ by }) => by).sort();
		expect(stopped).toEqual(processes.map(({ name }) => name).sort());
		expect((await shopfloor("down")).stdout).toContain("Nothing of this factory runs");
	});

	inDepth("fewer sessions in the configuration are fewer processes", { timeout: storyMs }, async () => {
		const { factory, shopfloor, list } = await aPm2();
		factory.configured({ repository: { path: "." }, sessions: 1 });
		await shopfloor("up");
		expect((await list()).map(({ name }) => name).sort()).toEqual([
			"cto-reviewer",
			"ralph-1",
			"scheduler",
			"session-doctor",
			"webhook-gateway",
		]);
		factory.configured({ repository: { path: "." }, sessions: 0 });
		expect((await shopfloor("up")).stdout).toContain("1 no longer wanted");
		expect((await list()).map(({ name }) => name).sort()).toEqual([
			"cto-reviewer",
			"scheduler",
			"session-doctor",
			"webhook-gateway",
		]);
	});

	inDepth(
		"another configuration restarts whoever reads it, and says why; the same one restarts nobody",
		{
			timeout: storyMs,
		},
		async () => {
			const { factory, shopfloor, list } = await aPm2();
			factory.configured({ repository: { path: "." }, sessions: 1 });
			await shopfloor("up");
			const before = await list();
			factory.configured({ repository: { path: "." }, sessions: 1, heartbeat: "1m" });
			const up = await shopfloor("up");
			expect(up.stdout).toContain(
				"restarting scheduler, session-doctor, cto-reviewer, webhook-gateway, ralph-1: the configuration is not the one they were started with",
			);
			expect(up.stdout).toContain("5 restarted with the new configuration");
			const pids = new Set(before.map(({ pid }) => pid));
			const after = await list();
			expect(after.map(({ name, status, pid }) => [name, status, pids.has(pid)]).sort()).toEqual([
				["cto-reviewer", "online", false],
				["ralph-1", "online", false],
				["scheduler", "online", false],
				["session-doctor", "online", false],
				["webhook-gateway", "online", false],
			]);
			factory.configured({ heartbeat: "1m", sessions: 1, repository: { path: ".", base: "main" } });
			expect((await shopfloor("up")).stdout).toContain("they ran already");
		},
	);

	test("a factory of the same clone with another state directory is neither taken over nor taken down", {
		timeout: storyMs,
	}, async () => {
		const { factory, shopfloor, as, list } = await aPm2();
		await shopfloor("up");
		const before = await list();
		const other = { SHOPFLOOR_STATE: join(factory.dir, "other") };
		const up = await as(other, "up");
		expect(up.exitCode).toBe(1);
		expect(up.stderr).toContain(`(state directory ${factory.state})`);
		expect((await as(other, "down")).stdout).toContain("Nothing of this factory runs");
		expect(await list()).toEqual(before);
	});

	inDepth("who asks the wrong PM2 is told where they run", { timeout: storyMs }, async () => {
		const { factory, shopfloor, as, list, home } = await aPm2();
		factory.configured({ repository: { path: "." }, sessions: 0 });
		await shopfloor("up");
		const elsewhere = join(factory.dir, "p2");
		mkdirSync(elsewhere);
		const down = await as({ PM2_HOME: elsewhere }, "down");
		expect(down.exitCode).toBe(1);
		expect(down.stdout).toContain(`PM2_HOME=${home} npm stop`);
		for (const { name, pid } of await list()) expect(down.stdout).toContain(`${name} (pid ${pid})`);
	});

	test("a person's own processes are left alone, and names that are taken stop the start", {
		timeout: storyMs,
	}, async () => {
		const { factory, pm2, shopfloor, list } = await aPm2();
		const program = join(factory.dir, "mine.js");
		writeFileSync(program, "setInterval(() => {}, 1000)");
		await pm2("start", program, "--name", "mine");
		await shopfloor("up");
		const [mine] = (await list()).filter(({ name }) => name === "mine");
		expect((await shopfloor("down")).stdout).toContain("PM2 goes on with 1 of your other processes");
		expect(await list()).toEqual([mine]);

		await pm2("start", program, "--name", "scheduler");
		const refused = await shopfloor("up");
		expect(refused.exitCode).toBe(1);
		expect(refused.stderr).toContain("already runs processes with our names");
		expect((await list()).map(({ name }) => name).sort()).toEqual(["mine", "scheduler"]);
	});
});

describe("PM2's own commands", () => {
	test("start with the ecosystem file, --only, restart and logs work as its users expect", {
		timeout: storyMs,
	}, async () => {
		const { factory, pm2, list } = await aPm2();
		await pm2("start", join(root, "ecosystem.config.js"), "--only", "scheduler");
		const [before] = await list();
		expect(before).toMatchObject({ name: "scheduler", status: "online" });
		await pm2("restart", "scheduler");
		const [after] = await list();
		expect(after?.pid).not.toBe(before?.pid);
		expect((await factory.entries("process_started")).map(({ data }) => data.after)).toEqual(["first", "stop"]);
		await pm2("start", join(root, "ecosystem.config.js"));
		expect((await list()).every(({ status }) => status === "online")).toBe(true);
		expect((await pm2("logs", "scheduler", "--nostream", "--lines", "5")).exitCode).toBe(0);
	});

	test("SUP-05: kill -9 of a process leads to exactly one new copy, an entry that says so, and a verified log", {
		timeout: storyMs,
	}, async () => {
		const { factory, shopfloor, list } = await aPm2();
		await shopfloor("up");
		const before = await list();
		for (const { name, pid } of before) {
			process.kill(pid, "SIGKILL");
			const { data } = await factory.entry(
				"process_started",
				(entry) => entry.by === name && entry.data.previousPid === pid,
			);
			expect(data.after).toBe("crash");
			expect(
				(await factory.floor.leases.held(`process-${name}`)).map(({ holder }) => Number(holder.split("-")[0])),
			).toEqual([data.pid]);
		}
		expect((await list()).map(({ name }) => name).sort()).toEqual(before.map(({ name }) => name).sort());
		expect((await factory.floor.log.verify()).bad).toBeUndefined();
	});

	test("SUP-08: a faulty configuration makes no restart loop", { timeout: storyMs }, async () => {
		const { factory, pm2, list, shopfloor } = await aPm2();
		await shopfloor("up");
		factory.configured({ repository: { path: "nowhere" } });
		await pm2("restart", "scheduler");
		const [scheduler] = (await list()).filter(({ name }) => name === "scheduler");
		expect(scheduler).toMatchObject({ status: "stopped", restarts: 1 });
	});

	test("SUP-06: after a kill -9 of PM2 itself, resurrect brings back one of each", { timeout: storyMs }, async () => {
		const { factory, pm2, list, shopfloor, home } = await aPm2();
		await shopfloor("up");
		await pm2("save");
		const before = await list();
		process.kill(Number(readFileSync(join(home, "pm2.pid"), "utf8")), "SIGKILL");
		await pm2("resurrect");
		const after = await list();
		expect(after.map(({ name, status }) => [name, status]).sort()).toEqual(
			before.map(({ name }) => [name, "online"]).sort(),
		);
		for (const { name, pid } of after) {
			const holders = await factory.floor.leases.held(`process-${name}`);
			expect(holders.map(({ holder }) => Number(holder.split("-")[0]))).toEqual([pid]);
		}
	});
});

describe("SUP-12", () => {
	test("what the caller has in the environment reaches neither PM2's list, nor its dump, nor a process", {
		timeout: storyMs,
	}, async () => {
		const { pm2, list, home } = await aPm2({ SOME_API_KEY: canary, GITHUB_TOKEN: canary });
		const ecosystem = join(root, "ecosystem.config.js");
		for (const command of [
			["start", ecosystem],
			["restart", "scheduler"],
			["restart", ecosystem],
			["reload", "scheduler"],
			["start", ecosystem],
		]) {
			await pm2(...command);
			await pm2("save", "--force");
			expect((await pm2("jlist")).stdout).not.toContain(canary);
			expect(readFileSync(join(home, "dump.pm2"), "utf8")).not.toContain(canary);
			for (const { pid } of await list()) expect(readFileSync(`/proc/${pid}/environ`, "utf8")).not.toContain(canary);
		}
		const logs = readdirSync(join(home, "logs")).map((name) => join(home, "logs", name));
		for (const path of [join(home, "pm2.log"), ...logs]) expect(readFileSync(path, "utf8")).not.toContain(canary);
	});

	test("a dump that everybody can read is closed by the next start, and stays so; it holds no secret", {
		timeout: storyMs,
	}, async () => {
		const { factory, shopfloor, pm2, home } = await aPm2({ SOME_API_KEY: canary });
		factory.configured({ repository: { path: "." }, sessions: 0 });
		await pm2("start", join(root, "ecosystem.config.js"));
		await pm2("save");
		await pm2("save", "--force");
		const dumps = [join(home, "dump.pm2"), join(home, "dump.pm2.bak")];
		const modes = () => dumps.map((path) => statSync(path).mode & 0o777);
		for (const path of dumps) chmodSync(path, 0o644);
		await shopfloor("up");
		expect(modes()).toEqual([0o600, 0o600]);
		await pm2("save", "--force");
		expect(modes()).toEqual([0o600, 0o600]);
		for (const path of dumps) expect(readFileSync(path, "utf8")).not.toContain(canary);
	});
});
