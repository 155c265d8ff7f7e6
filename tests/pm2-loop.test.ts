/** The real PM2 in the middle of the work: what is restarted, stopped or killed with everything else goes on where it was. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isAlive } from "@shopfloor/core/io";
import { expect, test } from "vitest";
import { aPm2 } from "./a-pm2.ts";
import { root } from "./factory.ts";
import { aProject } from "./project.ts";

test("SUP-05, SUP-06: a restart, a stop and a start, and the end of everything at once lose nothing, and nothing is done twice", {
	timeout: 180_000,
}, async () => {
	const { factory, home, pm2, list } = await aPm2();
	const project = aProject(factory);
	const hacks = () => project.visits().filter((point) => point === "hack").length;
	const heldUp = () => expect.poll(() => project.held().length, { timeout: 60_000 }).toBe(2);
	const isOver = () => expect.poll(() => [...project.held(), ...factory.runs()], { timeout: 60_000 }).toEqual([]);
	project.hold("hack");
	await pm2("start", join(root, "ecosystem.config.js"), "--only", "scheduler,ralph-1,cto-reviewer");
	await pm2("save");
	const data = { title: "count on", files: ["work.txt"], source: "cli" };
	await factory.floor.log.append([{ type: "task_requested", by: "cli:test", data }]);

	await heldUp();
	project.letGo("hack");
	project.hold("evaluate");
	// Who is ended in order gives the task back.
	const called = hacks();
	await pm2("restart", "all");
	await expect.poll(hacks, { timeout: 60_000 }).toBe(called + 1);
	await heldUp();
	await pm2("stop", "all");
	await isOver();
	expect((await list()).map(({ status }) => status)).toEqual(["stopped", "stopped", "stopped"]);

	project.letGo("evaluate");
	project.hold("review");
	await pm2("start", "all");
	await heldUp();
	await everythingDies(
		home,
		(await list()).map(({ pid }) => pid),
	);
	// What the dead had called goes on until somebody looks.
	project.letGo("review");
	await pm2("resurrect");
	const done = await factory.entry("task_settled", ({ data: { outcome } }) => outcome === "done", 60_000);
	await isOver();

	expect((await list()).map(({ status }) => status)).toEqual(["online", "online", "online"]);
	expect((await factory.floor.tasks.read()).value.tasks).toMatchObject([{ id: done.data.task, status: "done" }]);
	expect((await factory.entries("ralph_cycle")).filter(({ data: { task } }) => task === done.data.task)).toMatchObject([
		{ data: { outcome: "limited" } },
		{ data: { outcome: "pushed" } },
	]);
	for (const type of ["change_pushed", "change_landed"] as const) expect(await factory.entries(type)).toHaveLength(1);
	expect(project.git("log", "--format=%s", "main").split("\n")).toEqual(["count on", "The first"]);
	expect(project.git("log", "-1", "--format=%(trailers:key=Cycle,valueonly)", "main")).toMatch(/^\d+$/);
	const branches = () => project.git("for-each-ref", "--format=%(refname:short)", "refs/heads");
	await expect.poll(branches, { timeout: 60_000 }).toBe("main");
	expect(await factory.shopfloor("audit")).toMatchObject({ exitCode: 0 });
});

/** At the same moment, so that nobody notices the others' end. */
async function everythingDies(home: string, pids: readonly number[]): Promise<void> {
	const all = [Number(readFileSync(join(home, "pm2.pid"), "utf8")), ...pids];
	for (const pid of all) process.kill(pid, "SIGKILL");
	await expect.poll(() => all.filter(isAlive), { timeout: 10_000 }).toEqual([]);
}
