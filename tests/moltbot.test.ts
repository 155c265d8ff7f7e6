/** The bot's real program against Telegram's twin, killed between what it does and what it says. */

import { telegramPeople } from "@shopfloor/core";
import { ledger, secretStore } from "@shopfloor/core/io";
import { startTelegram } from "@shopfloor/twins";
import { expect, onTestFinished, test } from "vitest";
import { aFactory, type Factory } from "./factory.ts";

test("killed at every step, what a person said is done once, and answered", { timeout: 120_000 }, async () => {
	const { factory, twin } = await aFactoryWithBot();
	for (const point of ["bot.done", "bot.logged", "bot.handled"]) {
		twin.people.ana.says(`/task killed at ${point}`);
		expect(await diesAt(factory, point)).toBe("SIGKILL");
	}
	const bot = await factory.start("moltbot");
	twin.people.ana.says("/pause ralph-1");
	await expect.poll(() => twin.chat("ana"), soon).toContain("ralph-1 is paused");
	const asked = await factory.entries("task_requested");
	expect(asked.map(({ by, data }) => `${by}: ${data.title}`)).toEqual([
		"telegram:4711: killed at bot.done",
		"telegram:4711: killed at bot.logged",
		"telegram:4711: killed at bot.handled",
	]);
	expect(twin.chat("ana")).toContain("killed at bot.logged");
	expect(await factory.entries("paused")).toHaveLength(1);
	bot.child.kill("SIGTERM");
	expect(await bot.ended).toMatchObject({ code: 0 });
	expect(twin.faults).toEqual([]);
	// Whether Telegram was told that they were handled or not: the floor knows.
	await factory.start("moltbot");
	twin.people.ana.says("/cost");
	await expect.poll(() => twin.chat("ana"), soon).toContain("Today:");
	expect(await factory.entries("task_requested")).toHaveLength(3);
	expect(twin.chat("ana").match(/is paused/g)).toHaveLength(1);
});

test("it lets go at once when it is told to end, answers while the factory is stopped, and a trigger reaches its turn", {
	timeout: 60_000,
}, async () => {
	const { factory, twin } = await aFactoryWithBot();
	const bot = await factory.start("moltbot");
	twin.people.ana.says("/stop");
	await expect.poll(() => twin.chat("ana"), soon).toContain("The factory is stopped.");
	twin.people.ana.says("/resume");
	await expect.poll(() => twin.chat("ana"), soon).toContain("The factory goes on.");
	const [trigger] = await factory.floor.log.append([
		{ type: "trigger", by: "telegram:4711", data: { what: "self-improve", source: "telegram" } },
	]);
	await factory.entry("trigger_done", ({ data }) => data.trigger === trigger?.seq);
	const began = performance.now();
	bot.child.kill("SIGTERM");
	expect(await bot.ended).toMatchObject({ code: 0 });
	expect(performance.now() - began).toBeLessThan(6_000);
});

test("words that it does not understand today it understands after a look at what it missed", {
	timeout: 60_000,
}, async () => {
	const { factory, twin } = await aFactoryWithBot();
	const { ana } = twin.people;
	const bot = await factory.start("moltbot");
	const words = "how deep is the piggy bank";
	ana.says(words);
	await expect.poll(() => twin.chat("ana"), soon).toContain("I do not understand that");
	// What was meant.
	ana.says("/cost");
	await expect.poll(() => twin.chat("ana"), soon).toContain("Today: $0.00");
	await factory.floor.log.append([
		{ type: "trigger", by: "telegram:4711", data: { what: "self-improve", source: "telegram" } },
	]);
	// PM2 starts it again, with what it learned.
	expect(await bot.ended).toMatchObject({ code: 0 });
	expect(await factory.entries("self_improved")).toMatchObject([{ data: { handledBefore: 0, handledAfter: 1 } }]);
	await factory.start("moltbot");
	ana.says(words);
	await expect.poll(() => twin.chat("ana").split("Today: $0.00").length, soon).toBe(3);
	expect(twin.chat("ana").match(/I do not understand/g)).toHaveLength(1);
});

const soon = { timeout: 20_000 };

async function diesAt(factory: Factory, point: string): Promise<number | NodeJS.Signals> {
	const crash = `${new URL("../packages/core/fixtures/crash.mjs", import.meta.url).href}?how=kill&at=${point}@1`;
	factory.nodeArgs.splice(0, factory.nodeArgs.length, "--import", crash);
	const { code } = await factory.launch("moltbot").ended;
	factory.nodeArgs.length = 0;
	return code;
}

async function aFactoryWithBot() {
	const factory = aFactory();
	const twin = await startTelegram();
	onTestFinished(() => twin.close());
	factory.configured({
		repository: { path: factory.dir },
		sessions: 1,
		bot: { api: twin.url },
		restarts: { crashes: 20 },
		sandbox: "off",
	});
	await secretStore(factory.state).set("telegram-token", twin.token);
	const people = [{ id: twin.people.ana.id, name: "Ana", sinceMs: Date.now(), by: "cli:dev" }];
	await ledger(factory.floor.records, telegramPeople).update((now) => ({ ...now, people }));
	return { factory, twin };
}
