/** Turns on a real floor, with a clock held by the test. */
import { type DataOf, type Draft, type Entry, type EntryType, unconfigured } from "@shopfloor/core";
import { currentState, findPlaces, mayBegin, openFloor, tickOf, type World } from "@shopfloor/core/io";
import { draftOf, fakeClock, sampled, tempDir } from "@shopfloor/core/testing";
import { afterEach, expect, onTestFinished, test } from "vitest";
import { act } from "./act.ts";
import { decide } from "./decide.ts";
import { readNote } from "./note.ts";
import { observe } from "./observe.ts";
import { concernsTasks } from "./said.ts";
import { aMachine } from "./testing/a-queue.ts";

/** As on a machine with room enough, whatever this one is doing. */
const tick = tickOf({
	observe: async (world, turn) => ({ ...(await observe(world, turn)), machine: aMachine() }),
	decide,
	act,
});

const request = (title: string, data: Partial<DataOf<"task_requested">> = {}) =>
	draftOf("task_requested", { title, source: "cli", ...data }, "cli:ana");

const cycle = (session: string, task: string, outcome: DataOf<"ralph_cycle">["outcome"]) =>
	draftOf("ralph_cycle", { session, cycle: 1, task, outcome, reason: outcome, usd: 0, durationMs: 1 }, session);

test("what is asked for is queued and given to who sits in a seat, and an idle turn says nothing", async () => {
	const factory = await aFactory("ralph-2");
	await factory.says(request("one"));
	await factory.turn();
	expect(await factory.queue()).toMatchObject([{ id: "t-3", title: "one", status: "assigned", session: "ralph-2" }]);
	expect(await factory.told()).toEqual(["task_queued t-3", "task_assigned t-3 ralph-2"]);
	const before = await factory.writes();
	await factory.turn();
	expect(await factory.writes()).toEqual(before);
});

test("what was asked for before the scheduler ever lived is found, and found once", async () => {
	const factory = await aFactory();
	await factory.says(request("one"), request("two"), request("ONE"));
	factory.forgetsWakes();
	await factory.turn();
	await factory.turn();
	expect(await factory.told()).toEqual(["task_queued t-2", "task_queued t-3", "task_settled t-4 refused"]);
});

test("what was told is crossed out, so that it is not told again when the log has forgotten the ids", async () => {
	const factory = await aFactory("ralph-1");
	await factory.says(request("one"));
	await factory.turn();
	expect((await factory.note()).step).toBeNull();
});

test("a rejected change is known by the review queue, and its task is tried by another", async () => {
	const factory = await aFactory("ralph-1", "ralph-2");
	await factory.says(request("one"));
	await factory.turn();
	await factory.says(cycle("ralph-1", "t-4", "pushed"));
	await factory.hasChange("c-1", "t-4");
	await factory.turn();
	await factory.says(draftOf("change_rejected", { change: "c-1", reasons: ["too big"] }, "cto-reviewer"));
	await factory.turn();
	expect(await factory.queue()).toMatchObject([{ status: "assigned", session: "ralph-2", failedBy: ["ralph-1"] }]);
});

test("who may begin is published where anybody can read it, and written only when it changes", async () => {
	const factory = await aFactory("ralph-1");
	await factory.turn();
	expect(await factory.published()).toEqual({ revision: 0, why: undefined });
	await factory.says(draftOf("trigger", { what: "scale", source: "cli", note: "0" }, "cli:ana"));
	await factory.turn();
	await factory.turn();
	expect(await factory.published()).toEqual({ revision: 1, why: expect.stringContaining("ralph-1 rests") });
});

test("a task of a session that is not there goes back after a while, counted from when the scheduler came", async () => {
	const factory = await aFactory("ralph-1");
	await factory.says(request("one"));
	await factory.turn();
	await factory.leaves("ralph-1");
	factory.clock.stall(60_000);
	await factory.turn();
	expect((await factory.queue())[0]?.status).toBe("assigned");
	await factory.says(draftOf("process_started", aStart, "scheduler"));
	factory.clock.stall(89_000);
	await factory.turn();
	expect((await factory.queue())[0]?.status).toBe("assigned");
	factory.clock.stall(1_000);
	await factory.turn();
	expect((await factory.queue())[0]?.status).toBe("waiting");
});

test.each([
	["claude", "budget", "waiting"],
	["claude", "claude", "waiting"],
	["claude", "other", "assigned"],
	[["builtin", "claude"], "budget", "assigned"],
	[["builtin", "claude"], "claude", "assigned"],
] as const)("where %j codes and %s is paused, what is asked for is %s", async (coder, scope, status) => {
	const factory = await aFactory("ralph-1");
	factory.isServedBy(coder);
	await factory.says(request("one"), draftOf("paused", { scope, kind: "pause", reason: "x" }));
	await factory.turn();
	expect((await factory.queue())[0]?.status).toBe(status);
});

test("a death between any two of its writes loses nothing and does nothing twice", async () => {
	const whole = await aStory();
	const deaths = whole.visits.map((point, index) => ({ point, visit: index + 1 }));
	expect(deaths.length).toBeGreaterThan(20);
	for (const { point, visit } of sampled(deaths, ({ point }) => point.replace(/[45]$/, "later"))) {
		expect({ point, after: (await aStory(visit)).after }).toEqual({ point, after: whole.after });
	}
});

test("a turn with a thousand tasks that wait costs less than a tenth of a second of the processor", async () => {
	const factory = await aFactory("ralph-1");
	const asked = Array.from({ length: 1_000 }, (_, index) => request(`task ${index}`, { files: [`src/${index}.ts`] }));
	await factory.says(...asked);
	await factory.turn();
	const spentMs: number[] = [];
	for (let turn = 0; turn < 5; turn++) {
		const [{ id = "" } = {}] = (await factory.queue()).filter(({ status }) => status === "assigned");
		await factory.says(cycle("ralph-1", id, "pushed"));
		spentMs.push(await factory.turn());
	}
	expect(await factory.told("task_assigned")).toHaveLength(6);
	expect(Math.min(...spentMs)).toBeLessThan(100);
});

/** Everything that can happen to tasks, in a few turns; at the given write the scheduler dies, and the next one comes. */
async function aStory(deadAt?: number) {
	const factory = await aFactory("ralph-1", "ralph-2");
	const visits: string[] = [];
	let turns = 0;
	crashes((point) => {
		if (point.startsWith("scheduler.") && visits.push(`${point} in turn ${turns}`) === deadAt) throw new Error("dead");
	});
	const turn = async (...drafts: Draft[]) => {
		turns++;
		await factory.says(...drafts);
		await factory.turn().catch(async (error: Error) => {
			if (error.message !== "dead") throw error;
			await factory.turn();
		});
	};
	await turn(request("one"), request("two", { after: ["t-4"] }), request("ONE"), request("three", { priority: 1 }));
	await factory.hasChange("c-1", "t-7");
	await turn(cycle("ralph-1", "t-7", "pushed"), cycle("ralph-2", "t-4", "failed"));
	await turn(draftOf("change_rejected", { change: "c-1", reasons: ["too big"] }, "cto-reviewer"));
	await turn(cycle("ralph-1", "t-4", "limited"), cycle("ralph-2", "t-7", "pushed"));
	await turn(
		draftOf("change_landed", { change: "c-2", commit: "1", tree: "2", receipt: "3", task: "t-4" }, "cto-reviewer"),
		draftOf("task_order", { task: "t-7", order: "cancel" }, "cli:ana"),
		draftOf("trigger", { what: "scale", source: "cli", note: "1" }, "cli:ana"),
	);
	crashes(undefined);
	const { decided, resting, scale } = (await factory.note()).remembered;
	return { visits, after: { queue: await factory.queue(), told: await factory.told(), decided, resting, scale } };
}

const hook = Symbol.for("shopfloor.crash-point");

function crashes(at: ((point: string) => void) | undefined): void {
	(globalThis as { [hook]?: unknown })[hook] = at;
}

afterEach(() => crashes(undefined));

const aStart = { pid: 7, node: "v20", after: "stop", crashes: 0 } as const;

/** Those that are named sit in their seats. */
async function aFactory(...present: string[]) {
	const stateDir = tempDir();
	const clock = fakeClock();
	const floor = openFloor({ stateDir, clock });
	onTestFinished(() => floor.close());
	let config = unconfigured();
	const world = (): World => ({ name: "scheduler", config, floor, clock, places: findPlaces({}), heartbeatMs: 60_000 });
	await floor.log.append([draftOf("process_started", aStart, "scheduler")]);
	const seats = new Map(
		await Promise.all(
			present.map(async (name) => {
				const seat = await floor.leases.hold(`process-${name}`, { slots: 1, ttlMs: 60_000 });
				await floor.log.append([draftOf("process_started", aStart, name)]);
				return [name, seat] as const;
			}),
		),
	);
	let wakes: Entry[] = [];
	const last = async () => await floor.log.last(10_000);
	return {
		clock,
		async says(...drafts: Draft[]) {
			wakes.push(...(await floor.log.append(drafts)).filter(concernsTasks));
		},
		isServedBy(coder: string | readonly string[]) {
			const agents = { claude: { kind: "claude", program: "claude", env: {}, network: true } } as const;
			config = { ...config, agents, roles: { ...config.roles, coder: coder as string | string[] } };
		},
		forgetsWakes() {
			wakes = [];
		},
		async leaves(name: string) {
			await seats.get(name)?.release();
			await floor.log.append([draftOf("process_stopped", { pid: 7, reason: "launcher-gone", uptimeMs: 1 }, name)]);
		},
		/** Takes a turn; what woke the scheduler counts as heard only afterwards. Returns what it cost in ms. */
		async turn(): Promise<number> {
			const { signal } = new AbortController();
			const state = await currentState(floor);
			const before = process.cpuUsage();
			await tick(world(), { state, because: wakes, signal, doing: async () => {} });
			const { user, system } = process.cpuUsage(before);
			wakes = [];
			return (user + system) / 1_000;
		},
		async hasChange(id: string, task: string) {
			const at = "2026-01-31T08:00:00.000Z";
			const change = { id, task, status: "pending", session: "ralph-1", branch: "b", commit: "1", base: "0" } as const;
			const rest = { title: "x", created: at, changed: at, attempts: 0, reasons: [] };
			await floor.reviews.update(({ changes }) => ({ changes: [...changes, { ...change, ...rest }] }));
		},
		published: async () => ({
			revision: (await floor.records.get("notes/may-begin")).revision,
			why: await mayBegin(floor.records, "ralph-1"),
		}),
		note: async () => await readNote(world(), 0),
		queue: async () => (await floor.tasks.read()).value.tasks,
		/** What the scheduler said of tasks. */
		async told(only?: EntryType): Promise<string[]> {
			const types = ["task_queued", "task_assigned", "task_settled", "alert"];
			const said = (await last()).filter(({ by, type }) => by === "scheduler" && types.includes(type));
			return said.filter(({ type }) => only === undefined || type === only).map(inWords);
		},
		/** How often the queue and the log were written. */
		writes: async () => [(await floor.tasks.read()).revision, (await last()).length],
	};
}

function inWords({ type, data }: Entry): string {
	const { task, session, outcome, code } = data as Partial<Record<string, string>>;
	return [type, task, session, outcome, code].filter((word) => word !== undefined).join(" ");
}
