import { describe, expect, onTestFinished, test } from "vitest";
import type { Draft } from "../model/entry.ts";
import { type FakeClock, fakeClock, memoryFloor } from "../testing/index.ts";
import type { Floor } from "./floor.ts";
import { ShopfloorError } from "./shopfloor-error.ts";
import { type Turn, type Work, WorkLoop } from "./work-loop.ts";

const minute = 60_000;

describe("a process's turns", () => {
	test("the first turn comes at once, the next when the schedule says", async () => {
		const { turns, clock } = await running({ every: "5m" });
		expect(turns).toHaveLength(1);
		await clock.advance(4 * minute);
		expect(turns).toHaveLength(1);
		await clock.advance(minute);
		expect(turns).toHaveLength(2);
	});

	test("a cron line is kept to, in UTC", async () => {
		const { turns, clock } = await running({ every: "0 */2 * * *" });
		await clock.advance(119 * minute);
		expect(turns).toHaveLength(1);
		await clock.advance(minute);
		expect(turns).toHaveLength(2);
	});

	test("an entry that concerns the process wakes it, and is answered once", async () => {
		const { turns, clock, floor } = await running({ every: "5m" });
		const [entry] = await floor.log.append([trigger("review")]);
		await clock.advance(0);
		expect(turns).toHaveLength(2);
		expect(turns[1]?.because).toEqual([entry]);
		expect(await answers(floor)).toEqual([entry?.seq]);
	});

	test("an entry that does not concern it wakes nobody", async () => {
		const { turns, clock, floor } = await running({ every: "5m" });
		await floor.log.append([trigger("standup")]);
		await clock.advance(minute);
		expect(turns).toHaveLength(1);
	});

	test("what came while it was away is handled by the next life", async () => {
		const world = await running({ every: "5m" });
		await world.end();
		const [entry] = await world.floor.log.append([trigger("review")]);
		const next = await running({ every: "5m" }, world);
		expect(next.turns.map(({ because }) => because)).toEqual([[entry]]);
	});

	test("what a life took up and did not finish is given to the next", async () => {
		const world = await running({ every: "5m" });
		world.onTurn = ({ signal }) =>
			new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
		const [entry] = await world.floor.log.append([trigger("review")]);
		await world.clock.advance(0);
		await world.end();
		expect(await answers(world.floor)).toEqual([]);
		const next = await running({ every: "5m" }, world);
		expect(next.turns.map(({ because }) => because)).toEqual([[entry]]);
		expect(await answers(world.floor)).toEqual([entry?.seq]);
	});

	test("turns never overlap: what comes during one is given to the next", async () => {
		const world = await running({ every: "5m" });
		let finish = () => {};
		world.onTurn = () => new Promise((resolve) => (finish = resolve));
		await world.floor.log.append([trigger("review")]);
		await world.clock.advance(0);
		await world.floor.log.append([trigger("review")]);
		await world.clock.advance(10 * minute);
		expect(world.turns).toHaveLength(2);
		world.onTurn = async () => {};
		finish();
		await world.clock.advance(0);
		expect(world.turns).toHaveLength(3);
		expect(await answers(world.floor)).toHaveLength(2);
	});

	test("missed turns are made up once", async () => {
		const world = await running({ every: "5m" });
		await world.end();
		await world.clock.advance(60 * minute);
		const next = await running({ every: "5m" }, world);
		expect(next.turns).toHaveLength(1);
	});

	test("a restart does not bring the turn forward", async () => {
		const world = await running({ every: "5m" });
		await world.end();
		const next = await running({ every: "5m" }, world);
		expect(next.turns).toHaveLength(0);
		await world.clock.advance(5 * minute);
		expect(next.turns).toHaveLength(1);
	});

	test("a wall clock that jumps back does not silence it", async () => {
		const { turns, clock } = await running({ every: "5m" });
		clock.jump(-60 * minute);
		await clock.advance(5 * minute);
		expect(turns.length).toBeGreaterThanOrEqual(2);
	});
});

describe("pauses", () => {
	test("a paused process takes no turn, says so, and goes on when it is resumed", async () => {
		const { turns, clock, floor } = await running({ every: "5m" });
		await floor.log.append([paused("pause")]);
		await clock.advance(20 * minute);
		expect(turns).toHaveLength(1);
		expect((await floor.log.last(1, { type: ["heartbeat"] }))[0]?.data).toMatchObject({ doing: "paused: enough" });
		await floor.log.append([{ type: "resumed", by: "cli:me", data: { scope: "all" } }]);
		await clock.advance(0);
		expect(turns).toHaveLength(2);
	});

	test("a stop ends the turn under way; a pause lets it finish", async () => {
		for (const [kind, aborted] of [
			["stop", true],
			["pause", false],
		] as const) {
			const world = await running({ every: "5m" });
			let seen: AbortSignal | undefined;
			world.onTurn = ({ signal }) =>
				new Promise<void>((resolve) => {
					seen = signal;
					signal.addEventListener("abort", () => resolve());
				});
			await world.floor.log.append([trigger("review")]);
			await world.clock.advance(0);
			await world.floor.log.append([paused(kind)]);
			await world.clock.advance(0);
			expect(seen?.aborted).toBe(aborted);
		}
	});

	test("a stop holds over a restart", async () => {
		const world = await running({ every: "5m" });
		await world.floor.log.append([paused("stop")]);
		await world.end();
		const next = await running({ every: "5m" }, world);
		await world.clock.advance(20 * minute);
		expect(next.turns).toHaveLength(0);
	});

	test("a pause with an end is over when its end has come, also for the one that would lift it", async () => {
		const { turns, clock, floor } = await running({ every: "5m" });
		const until = new Date(clock.now() + 30 * minute).toISOString();
		await floor.log.append([
			{ type: "paused", by: "cli:me", data: { scope: "all", kind: "pause", reason: "lunch", until } },
		]);
		await clock.advance(29 * minute);
		expect(turns).toHaveLength(1);
		await clock.advance(6 * minute);
		expect(turns.length).toBeGreaterThan(1);
	});

	test("a pause for another scope does not concern it", async () => {
		const { turns, clock, floor } = await running({ every: "5m" });
		await floor.log.append([paused("pause", "reviewer")]);
		await clock.advance(5 * minute);
		expect(turns).toHaveLength(2);
	});
});

describe("the heartbeat", () => {
	test("comes from the loop, every so often, while nothing is to be done", async () => {
		const { clock, floor } = await running({ every: "6h" });
		await clock.advance(60 * minute);
		const beats = await floor.log.last(100, { type: ["heartbeat"] });
		expect(beats.length).toBeGreaterThanOrEqual(11);
		expect(beats.length).toBeLessThanOrEqual(13);
	});

	test("stops when the loop hangs", async () => {
		const world = await running({ every: "5m" });
		world.onTurn = () => new Promise(() => {});
		await world.floor.log.append([trigger("review")]);
		await world.clock.advance(0);
		const before = (await world.floor.log.last(100, { type: ["heartbeat"] })).length;
		await world.clock.advance(60 * minute);
		expect(await world.floor.log.last(100, { type: ["heartbeat"] })).toHaveLength(before);
	});

	test("a turn says what it does", async () => {
		const world = await running({ every: "5m" });
		world.onTurn = ({ doing }) => doing("reading the diff");
		await world.floor.log.append([trigger("review")]);
		await world.clock.advance(0);
		const said = (await world.floor.log.last(100, { type: ["heartbeat"] })).map(
			({ data }) => (data as { doing: string }).doing,
		);
		expect(said).toContain("reading the diff");
	});
});

describe("faults", () => {
	test("a full disk is waited out: the same turn is tried again", async () => {
		const world = await running({ every: "5m" });
		let full = true;
		world.onTurn = async () => {
			if (full) throw new ShopfloorError("disk-full", "no space");
		};
		await world.floor.log.append([trigger("review")]);
		await world.clock.advance(0);
		expect(await answers(world.floor)).toEqual([]);
		full = false;
		await world.clock.advance(10_000);
		expect(await answers(world.floor)).toHaveLength(1);
	});

	test("an error that nobody expected ends the loop", async () => {
		const world = await running({ every: "5m" });
		world.onTurn = async () => {
			throw new TypeError("no such thing");
		};
		await world.floor.log.append([trigger("review")]);
		await world.clock.advance(0);
		await expect(world.ended).rejects.toThrow("no such thing");
	});
});

interface Running {
	readonly floor: Floor;
	readonly clock: FakeClock;
	readonly turns: Turn[];
	readonly ended: Promise<void>;
	onTurn: (turn: Turn) => Promise<void>;
	end(): Promise<void>;
}

async function running(work: Pick<Work, "every">, before?: Running): Promise<Running> {
	const clock = before?.clock ?? fakeClock();
	const floor = before?.floor ?? memoryFloor(clock);
	const stop = new AbortController();
	const turns: Turn[] = [];
	const world = { onTurn: async (_turn: Turn) => {} };
	const loop = new WorkLoop(floor, clock, {
		name: "reviewer-1",
		heartbeatMs: 5 * minute,
		wakes: (entry) => entry.type === "trigger" && entry.data.what === "review",
		turn: (turn) => {
			turns.push(turn);
			return world.onTurn(turn);
		},
		...work,
	});
	const ended = loop.run(stop.signal);
	ended.catch(() => {});
	onTestFinished(() => stop.abort());
	await clock.advance(0);
	return Object.assign(world, {
		floor,
		clock,
		turns,
		ended,
		end: async () => {
			stop.abort();
			await ended;
		},
	});
}

function trigger(what: string): Draft {
	return { type: "trigger", by: "cli:me", data: { what, source: "test" } };
}

function paused(kind: "pause" | "stop", scope = "all"): Draft {
	return { type: "paused", by: "cli:me", data: { scope, kind, reason: "enough" } };
}

async function answers(floor: Floor): Promise<number[]> {
	return (await floor.log.last(100, { type: ["trigger_done"] })).map(
		({ data }) => (data as { trigger: number }).trigger,
	);
}
