/** Listening to the log: over a real connection, and by hand where it has to stand still. */
import { get } from "node:http";
import type { Draft, Entry } from "@shopfloor/core";
import { systemClock } from "@shopfloor/core/io";
import { fakeClock, memoryFloor } from "@shopfloor/core/testing";
import { expect, onTestFinished, test } from "vitest";
import { openLive } from "../live.ts";
import { aGateway, type TestGateway } from "../testing/a-gateway.ts";
import { type Listener, tellEntries } from "./stream.ts";

const note = (message: string): Draft => ({
	type: "alert",
	by: "tester",
	data: { code: "x", severity: "note", message },
});

test("who listens is told each entry once and in order, from where it left off", async () => {
	const gateway = await aGateway();
	const token = await gateway.token("read");
	await gateway.floor.log.append(["one", "two", "three"].map(note));
	const late = await listen(gateway, token, { "last-event-id": "1" });
	const whole = await listen(gateway, token, {}, "?from=1");
	const live = await listen(gateway, token, {});
	await gateway.floor.log.append([note("four")]);
	await expect.poll(() => whole.heard()).toEqual(["one", "two", "three", "four"]);
	await expect.poll(() => late.heard()).toEqual(["two", "three", "four"]);
	await expect.poll(() => live.heard()).toEqual(["four"]);
	expect(whole.ids()).toEqual([1, 2, 3, 4]);
	expect(whole.text()).toMatch(/^retry: 2000\n\nid: 1\nevent: alert\ndata: \{"seq":1,/);
});

test("at the end of the process listeners are let go, and nothing hangs", async () => {
	const gateway = await aGateway();
	const listener = await listen(gateway, await gateway.token("read"), {});
	await gateway.end();
	await listener.over;
});

test.each([{ "last-event-id": "x" }, { "last-event-id": "-1" }])("%j is no place to go on from", async (headers) => {
	const gateway = await aGateway();
	expect((await gateway.get("/events", { token: await gateway.token("read"), headers })).status).toBe(422);
});

test("who was away for longer than the memory reaches is told of it from the log, and then what is new", async () => {
	const floor = memoryFloor(fakeClock());
	const { live, tell } = await aStream(floor);
	await floor.log.append(Array.from({ length: 1_200 }, (_, i) => note(String(i + 1))));
	await expect.poll(() => live.state.seq).toBe(1_200);
	expect(live.since(1)).toBeUndefined();
	const told: number[] = [];
	void tell({ write: (text) => told.push(idOf(text)) > 0, ready: async () => {}, isWelcome: async () => true }, 1);
	await expect.poll(() => told.length).toBe(1_200);
	await floor.log.append([note("new")]);
	await expect.poll(() => told.at(-1)).toBe(1_201);
	expect(told).toEqual(Array.from({ length: 1_201 }, (_, i) => i + 1));
});

test("who takes nothing is given nothing more, and is let go after half a minute", async () => {
	const clock = fakeClock();
	const floor = memoryFloor(clock);
	const { live, tell } = await aStream(floor, clock);
	await floor.log.append(["one", "two"].map(note));
	await expect.poll(() => live.state.seq).toBe(2);
	const told: number[] = [];
	const full: Listener = {
		write(text) {
			told.push(idOf(text));
			return false;
		},
		ready: () => new Promise(() => {}),
		isWelcome: async () => true,
	};
	let isOver = false;
	const telling = tell(full, 1).then(() => {
		isOver = true;
	});
	await clock.advance(29_000);
	expect([told, isOver]).toEqual([[1], false]);
	await clock.advance(1_000);
	await telling;
	expect(told).toEqual([1]);
});

test("whose token is revoked hears no more within a quarter of a minute", async () => {
	const clock = fakeClock();
	const floor = memoryFloor(clock);
	const { tell } = await aStream(floor, clock);
	let isWelcome = true;
	const told: string[] = [];
	const telling = tell(
		{ write: (text) => told.push(text) > 0, ready: async () => {}, isWelcome: async () => isWelcome },
		1,
	);
	await clock.advance(15_000);
	expect(told).toEqual([": \n\n"]);
	isWelcome = false;
	await clock.advance(15_000);
	await telling;
	expect(told).toEqual([": \n\n"]);
});

async function aStream(floor: ReturnType<typeof memoryFloor>, clock = systemClock) {
	const end = new AbortController();
	const live = await openLive(floor, clock);
	const following = live.follow(end.signal);
	onTestFinished(async () => {
		end.abort();
		await following;
	});
	return {
		live,
		tell: (listener: Listener, from: number) => tellEntries(listener, from, { live, floor, clock, signal: end.signal }),
	};
}

function idOf(text: string): number {
	return Number(/^id: (\d+)\n/.exec(text)?.[1]);
}

/** Resolves when it is listened to. */
async function listen({ port }: TestGateway, token: string, headers: Record<string, string>, query = "") {
	let text = "";
	const sent = get({
		port,
		path: `/events${query}`,
		headers: { authorization: `Bearer ${token}`, ...headers },
		agent: false,
	});
	onTestFinished(() => {
		sent.destroy();
	});
	const over = new Promise<void>((resolve) => {
		sent.once("response", (response) => {
			response.setEncoding("utf8").on("data", (chunk: string) => {
				text += chunk;
			});
			response.once("end", resolve);
		});
	});
	await expect.poll(() => text).toContain("retry");
	const entries = () => [...text.matchAll(/^data: (.*)$/gm)].map(([, json = ""]) => JSON.parse(json) as Entry);
	return {
		over,
		text: () => text,
		ids: () => [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id)),
		heard: () => entries().map((entry) => (entry.type === "alert" ? entry.data.message : entry.type)),
	};
}
