/** On a real floor and a real repository, with a clock held by the test. */
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type DataOf, unconfigured } from "@shopfloor/core";
import { findPlaces, openFloor, processGroupRunner, type World } from "@shopfloor/core/io";
import { draftOf, fakeClock, tempDir } from "@shopfloor/core/testing";
import { findTarget, listTrees, openGate, prepareSession } from "@shopfloor/gate";
import { expect, onTestFinished, test } from "vitest";
import { collectDaily, collectIfDue } from "./collect-daily.ts";

const hourMs = 60 * 60_000;

test("once a day the tree of a session that is gone goes, what was unsaved in it is kept, and it is told", async () => {
	const factory = aFactory();
	const trees = await factory.trees("ralph-1", "ralph-9");
	await factory.look();
	await factory.look(23);
	expect(await trees()).toEqual(["ralph-1", "ralph-9"]);
	await factory.look(1);
	expect(await trees()).toEqual(["ralph-1"]);
	expect(await factory.alerts()).toEqual([
		expect.stringMatching(
			/^removed what nobody uses: the worktree ralph-9 \(what was unsaved in it is at refs\/\S+\)$/,
		),
	]);
	await factory.look(24);
	expect(await factory.alerts(), "nothing went").toHaveLength(1);
});

test("not under a stop, and not before a day and a half while somebody is at work", async () => {
	const factory = aFactory();
	await factory.look();
	await factory.says("paused", { scope: "all", kind: "stop", reason: "looking" });
	await factory.look(24);
	await factory.says("resumed", { scope: "all" });
	const began = "2026-01-31T08:00:00.000Z";
	await factory.says("cycle_step", { session: "ralph-1", cycle: 1, step: "hack", began, task: null });
	await factory.look();
	expect(await factory.alerts()).toEqual([]);
	await factory.look(12);
	expect(await factory.alerts(), "there is no such repository").toEqual([
		expect.stringMatching(/^what nobody uses could not be removed: .*project does not exist/),
	]);
	await factory.look(12);
	expect(await factory.alerts()).toHaveLength(1);
});

test("it looks again and again for as long as the process lives", async () => {
	const { world, clock, alerts } = aFactory();
	const end = new AbortController();
	const living = collectDaily(world, end.signal);
	const afterAnHour = async () => {
		await clock.advance(hourMs);
		return await alerts();
	};
	await expect.poll(afterAnHour, { interval: 5, timeout: 20_000 }).toHaveLength(1);
	end.abort();
	await living;
});

function aFactory() {
	const dir = tempDir();
	const clock = fakeClock();
	const project = join(dir, "project");
	const floor = openFloor({ stateDir: join(dir, "state"), clock });
	onTestFinished(() => floor.close());
	const config = { ...unconfigured(), repository: { path: project, base: "main", context: [] } };
	const places = { ...findPlaces({}), config: join(dir, "shopfloor.config.json") };
	const world: World = { name: "scheduler", config, floor, clock, places, heartbeatMs: 1 };
	return {
		world,
		clock,
		/** Of a project with one commit, with a file that nobody saved in each. Returns whose are there. */
		async trees(...names: readonly string[]): Promise<() => Promise<string[]>> {
			mkdirSync(project);
			const git = (...args: string[]) =>
				execFileSync("git", ["-c", "user.name=Ann", "-c", "user.email=ann@x", ...args], { cwd: project });
			git("init", "--quiet", "--initial-branch=main");
			git("commit", "--quiet", "--allow-empty", "-m", "The first");
			const target = await findTarget(project, dir);
			const { store, base } = await openGate({ floor, target, branch: "main", runner: processGroupRunner });
			const { commit } = await base();
			for (const name of names) {
				const { tree } = await prepareSession(store, name, { commit, runner: processGroupRunner });
				writeFileSync(join(tree.dir, "unsaved.txt"), name);
			}
			return async () => (await listTrees(store)).map(({ name }) => name);
		},
		says: async <T extends "paused" | "resumed" | "cycle_step">(type: T, data: DataOf<T>) =>
			await floor.log.append([draftOf(type, data)]),
		async look(afterHours = 0) {
			clock.stall(afterHours * hourMs);
			await collectIfDue(world, new AbortController().signal);
		},
		alerts: async () =>
			(await floor.log.last(100, { type: ["alert"] })).map(({ data }) => (data as DataOf<"alert">).message),
	};
}
