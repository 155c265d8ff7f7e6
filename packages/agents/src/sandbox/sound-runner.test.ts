import { bubblewrapRunner, openFloor, processGroupRunner, unshareRunner } from "@shopfloor/core/io";
import { fakeClock, tempDir } from "@shopfloor/core/testing";
import { expect, onTestFinished, test } from "vitest";
import type { Probed } from "./probe.ts";
import { thisMachine } from "./probe.ts";
import { soundRunner } from "./sound-runner.ts";

test("a sandbox that was found to hold is probed again after a day, and not before", async () => {
	const world = aWorld();
	expect(await world.runner()).toBe(bubblewrapRunner);
	expect(await world.runner()).toBe(bubblewrapRunner);
	expect(world.probes).toBe(1);
	world.clock.advance(23 * hourMs);
	await world.runner();
	expect(world.probes).toBe(1);
	world.clock.advance(hourMs);
	await world.runner();
	expect(world.probes).toBe(2);
	expect(await world.alerts()).toEqual([]);
});

test("another sandbox than the one that was probed is probed itself", async () => {
	const world = aWorld();
	await world.runner();
	world.choice = { kind: "runner", runner: unshareRunner };
	expect(await world.runner()).toBe(unshareRunner);
	expect(world.probes).toBe(2);
});

test("one that does not hold is refused each time, tried again each time, and told once", async () => {
	const world = aWorld();
	world.held = false;
	for (let i = 0; i < 3; i++)
		await expect(world.runner()).rejects.toMatchObject({
			code: "no-sandbox",
			message: expect.stringMatching(/escape \(it could\)/),
		});
	expect(world.probes).toBe(3);
	expect(await world.alerts()).toMatchObject([{ code: "no-sandbox", severity: "error" }]);
	world.held = true;
	expect(await world.runner()).toBe(bubblewrapRunner);
});

test("where no sandbox can be made nothing is run, and it is told once a day", async () => {
	const world = aWorld();
	world.choice = { kind: "missing", why: "neither is here." };
	await expect(world.runner()).rejects.toMatchObject({
		code: "no-sandbox",
		message: expect.stringMatching(/neither is here/),
	});
	await expect(world.runner()).rejects.toMatchObject({ code: "no-sandbox" });
	expect(await world.alerts()).toHaveLength(1);
	world.clock.advance(24 * hourMs);
	await expect(world.runner()).rejects.toMatchObject({ code: "no-sandbox" });
	expect(await world.alerts()).toHaveLength(2);
	expect(world.probes).toBe(0);
});

test("switched off by name it is not there, and not probed", async () => {
	const world = aWorld();
	world.choice = { kind: "missing", why: "never asked" };
	expect(await world.runner("off")).toBe(processGroupRunner);
	expect(world.probes).toBe(0);
});

const hourMs = 60 * 60 * 1_000;

function aWorld() {
	const clock = fakeClock();
	const floor = openFloor({ stateDir: tempDir(), clock });
	onTestFinished(() => floor.close());
	const world = {
		clock,
		choice: { kind: "runner", runner: bubblewrapRunner } as Awaited<
			ReturnType<NonNullable<Parameters<typeof soundRunner>[0]["choose"]>>
		>,
		held: true,
		probes: 0,
		runner: (setting: "auto" | "off" = "auto") =>
			soundRunner({ floor, setting, clock, by: "tester", choose: async () => world.choice, probe }),
		async alerts() {
			const alerts: unknown[] = [];
			for await (const entry of floor.log.read(1)) if (entry.type === "alert") alerts.push(entry.data);
			return alerts;
		},
	};
	return world;

	async function probe(runner: { readonly name: Probed["runner"] }): Promise<Probed> {
		world.probes++;
		const results = [{ name: "escape", tried: "", held: world.held, detail: world.held ? "refused" : "it could" }];
		return { runner: runner.name, at: new Date(clock.now()).toISOString(), machine: thisMachine(), results };
	}
}
