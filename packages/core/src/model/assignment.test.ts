import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aTask } from "../testing/a-task.ts";
import { assignmentsOf, type Openings } from "./assignment.ts";
import { claimsOf, meets } from "./claims.ts";
import type { Task } from "./task-queue.ts";

const free = ["ralph-1", "ralph-2"];

describe("the first to be given is", () => {
	test.each<[string, Partial<Task>[], string[]]>([
		["the most urgent", [{ priority: 5 }, { priority: 0 }, { priority: 3 }], ["t-2", "t-3"]],
		["of those the oldest", [{ created: at(2) }, { created: at(1) }, { created: at(3) }], ["t-2", "t-1"]],
		["of those the one asked for first", [{ id: "t-10" }, { id: "t-9" }, { id: "t-11" }], ["t-9", "t-10"]],
	])("%s", (_what, patches, ids) => {
		expect(given({ tasks: numbered(patches) })).toEqual(ids);
	});
});

describe("a task waits", () => {
	test("until those before it are done", () => {
		const tasks = (status: Task["status"]) => numbered([{ status }, { after: ["t-1"] }]);
		expect(given({ tasks: tasks("pushed") })).toEqual([]);
		expect(given({ tasks: tasks("done") })).toEqual(["t-2"]);
	});

	test("while a cycle is at one of its files, or at a folder with one", () => {
		const tasks = numbered([{ files: ["src/a.ts"] }, { files: ["docs"] }, { files: ["lib"] }]);
		expect(given({ tasks, claimed: ["src/a.ts", "docs/intro.md"] })).toEqual(["t-3"]);
	});

	test("while somebody has one with the same files, also one that was given just now", () => {
		const tasks = numbered([
			{ status: "assigned", session: "ralph-3", files: ["a.ts"] },
			{ files: ["a.ts"] },
			{ files: ["b.ts"] },
			{ files: ["b.ts", "c.ts"] },
		]);
		expect(given({ tasks })).toEqual(["t-3"]);
	});

	test("while only those are free who failed at it, and another is able; who comes after it need not wait", () => {
		const tasks = numbered([{ failedBy: free }, { failedBy: ["ralph-1"] }]);
		const able = [...free, "ralph-3"];
		expect(assignmentsOf(openings({ tasks, able }))).toEqual([{ task: "t-2", session: "ralph-2" }]);
	});

	test("while there is no room for another agent", () => {
		expect(given({ tasks: numbered([{}, {}]), most: 1 })).toEqual(["t-1"]);
		expect(given({ tasks: numbered([{}, {}]), most: -1 })).toEqual([]);
	});
});

test("what all who are able have failed at is tried again by the one whose failure is the oldest", () => {
	const tasks = numbered([{ failedBy: ["ralph-2", "ralph-1"] }]);
	expect(assignmentsOf(openings({ tasks }))).toEqual([{ task: "t-1", session: "ralph-2" }]);
	expect(assignmentsOf(openings({ tasks, free: ["ralph-1"] }))).toEqual([{ task: "t-1", session: "ralph-1" }]);
});

describe("whatever the queue", () => {
	test("nobody has two, nobody what another could try, no two the same files, and nothing waits for the undone", () => {
		fc.assert(
			fc.property(anyOpenings(), (some) => {
				const assignments = assignmentsOf(some);
				const task = byId(some.tasks);
				const busy = some.tasks.filter(({ status }) => status === "assigned");
				const sessions = assignments.map(({ session }) => session);
				expect(new Set([...sessions, ...busy.map(({ session }) => session)]).size).toBe(
					sessions.length + new Set(busy.map(({ session }) => session)).size,
				);
				expect(assignments.length).toBeLessThanOrEqual(Math.max(0, some.most));
				let taken = [...some.claimed, ...busy.flatMap(({ files }) => files)];
				for (const { task: id, session } of assignments) {
					const { status, failedBy, files, after = [] } = task(id);
					expect(some.free).toContain(session);
					expect(status).toBe("waiting");
					if (failedBy.includes(session)) expect(some.able.filter((name) => !failedBy.includes(name))).toEqual([]);
					expect(after.every((other) => task(other).status === "done")).toBe(true);
					expect(files.some((file) => meets(claimsOf(taken), file))).toBe(false);
					taken = [...taken, ...files];
				}
			}),
		);
	});

	test("nobody stays free for whom there is something", () => {
		fc.assert(
			fc.property(anyOpenings(), (some) => {
				const assignments = assignmentsOf(some);
				const given = new Map(assignments.map(({ task, session }) => [task, session]));
				const next = some.tasks.map((task): Task => {
					const session = given.get(task.id);
					return session === undefined ? task : { ...task, status: "assigned", session };
				});
				expect(assignmentsOf({ ...some, tasks: next, most: some.most - assignments.length })).toEqual([]);
			}),
		);
	});

	test("its order says nothing", () => {
		fc.assert(
			fc.property(
				anyOpenings().chain((some) => fc.tuple(fc.constant(some), shuffled(some.tasks))),
				([some, tasks]) => {
					expect(assignmentsOf({ ...some, tasks })).toEqual(assignmentsOf(some));
				},
			),
		);
	});

	test("a more urgent one is not passed over for one that could have waited", () => {
		fc.assert(
			fc.property(anyOpenings(), (some) => {
				const alone = assignmentsOf({ ...some, most: Math.min(1, some.most) });
				expect(assignmentsOf(some).slice(0, 1)).toEqual(alone);
			}),
		);
	});
});

function given(patch: Partial<Openings>): string[] {
	return assignmentsOf(openings(patch)).map(({ task }) => task);
}

function openings(patch: Partial<Openings>): Openings {
	return { tasks: [], free, able: free, claimed: [], most: 10, ...patch };
}

function numbered(patches: readonly Partial<Task>[]): Task[] {
	return patches.map((patch, index) => aTask({ id: `t-${index + 1}`, ...patch }));
}

function at(second: number): string {
	return `2026-01-31T08:00:0${second}.000Z`;
}

function byId(tasks: readonly Task[]): (id: string) => Task {
	return (id) => tasks.find((task) => task.id === id) ?? aTask({ id });
}

function shuffled(tasks: readonly Task[]): fc.Arbitrary<Task[]> {
	return fc.shuffledSubarray([...tasks], { minLength: tasks.length });
}

function anyOpenings(): fc.Arbitrary<Openings> {
	const sessions = ["ralph-1", "ralph-2", "ralph-3", "ralph-4"];
	const someOf = <T>(all: T[], maxLength: number) => fc.subarray(all, { maxLength });
	const files = ["a", "a/b.ts", "a/c.ts", "d.ts", "e/f/g.ts", "e"];
	const task = fc.record({
		status: fc.constantFrom<Task["status"]>("waiting", "waiting", "waiting", "assigned", "done", "pushed"),
		priority: fc.nat(2),
		second: fc.nat(3),
		files: someOf(files, 2),
		failedBy: someOf(sessions, 3),
		after: fc.array(fc.nat(9), { maxLength: 1 }),
		session: fc.constantFrom(...sessions),
	});
	const queue = fc.array(task, { maxLength: 10 }).map((tasks) =>
		tasks.map(({ second, after, session, ...rest }, index) =>
			aTask({
				...rest,
				id: `t-${index + 1}`,
				created: at(second),
				after: after.filter((other) => other < index).map((other) => `t-${other + 1}`),
				...(rest.status === "assigned" ? { session } : {}),
			}),
		),
	);
	return fc
		.record({
			tasks: queue,
			free: someOf(sessions, 4),
			others: someOf(sessions, 4),
			claimed: someOf(files, 2),
			most: fc.integer({ min: -1, max: 4 }),
		})
		.map(({ others, ...some }) => ({ ...some, able: [...new Set([...some.free, ...others])] }));
}
