/** Laws that hold whatever is said, in whatever order, and whatever happens to the sessions meanwhile. */
import type { DataOf } from "@shopfloor/core";
import { fakeClock, memoryFloor } from "@shopfloor/core/testing";
import { expect, test } from "vitest";
import { merged } from "./step.ts";
import { type AQueue, aChange, aMachine, aQueue, minute } from "./testing/a-queue.ts";

const sessions = ["ralph-1", "ralph-2", "ralph-3"];
const outcomes = ["pushed", "discarded", "idle", "limited", "failed"] as const;
const turns = 25;

test.each(Array.from({ length: 40 }, (_, seed) => seed))(
	"story %i: the queue and the log take every step, and nobody has two tasks",
	async (seed) => {
		const story = aStory(seed);
		const floor = memoryFloor(fakeClock());
		for (const step of story.steps) {
			const { revision, value } = await floor.tasks.update((queue) =>
				step.moved.length + step.gone.length === 0 ? queue : { tasks: [...merged(queue.tasks, step)] },
			);
			expect(revision).toBe(step.revision);
			await floor.log.append(step.drafts);
			const held = value.tasks.filter(({ status }) => status === "assigned");
			expect(new Set(held.map(({ session }) => session)).size).toBe(held.length);
		}
		const written = await floor.log.last(10_000);
		expect(written).toHaveLength(new Set(story.steps.flatMap(({ drafts }) => drafts.map(({ id }) => id))).size);
		expect(written).toHaveLength(story.steps.reduce((sum, { drafts }) => sum + drafts.length, 0));
	},
);

/** Anything, about tasks that there are and some that there are not. */
function aStory(seed: number): AQueue {
	const chance = seeded(seed);
	const pick = <T>(from: readonly T[]): T => from[Math.floor(chance() * from.length)] as T;
	const queue = aQueue(sessions);
	const task = () => pick(queue.tasks)?.id ?? "t-1";
	const happenings: (() => void)[] = [
		() =>
			queue.asks({ priority: pick([0, 5, 9]), files: pick([[], ["src"], ["src/a.ts"]]), after: pick([[], [task()]]) }),
		() => queue.asks({ title: "again", key: pick(["a", "b"]) }),
		() => queue.cycle(pick(sessions), pick([task(), null]), pick(outcomes)),
		() => ends(queue, pick(outcomes), chance),
		() => ends(queue, "pushed", chance),
		() => void queue.says("task_order", { task: task(), order: pick(["cancel", "retry"] as const) }),
		() => void queue.says("task_order", { task: task(), order: "retry" }),
		() => void queue.says("change_landed", { change: "c", commit: "1", tree: "2", receipt: "3", task: task() }),
		() => {
			const id = `c-${queue.nowMs}`;
			queue.changes.push(aChange({ id, task: task(), status: pick(["pending", "rejected", "landed"]) }));
			queue.says("change_rejected", { change: id, reasons: ["too big"] });
		},
		() => void queue.says("paused", { scope: pick(sessions), kind: pick(["pause", "stop"] as const), reason: "x" }),
		() => sessions.forEach((scope) => void queue.says("resumed", { scope })),
		() => {
			const session = pick(sessions);
			const began = new Date(queue.nowMs).toISOString();
			queue.says("cycle_step", { session, cycle: 1, step: "hack", began, task: task(), files: ["src/b.ts"] }, session);
		},
		() => {
			queue.patch = {
				absentMs: pick([{}, { [pick(sessions)]: pick([1, 2 * minute]) }]),
				machine: aMachine(pick([0.5, 0.5, 0.9, 0.97])),
				sessions: pick([sessions, sessions.slice(1)]),
			};
		},
	];
	for (let turn = 0; turn < turns; turn++) {
		for (let count = pick([0, 1, 2, 5]); count > 0; count--) pick(happenings)();
		queue.turn();
		queue.nowMs += pick([1, 1_000, 12 * minute]);
	}
	return queue;
}

/** The cycle of somebody who has a task. */
function ends(queue: AQueue, outcome: DataOf<"ralph_cycle">["outcome"], chance: () => number): void {
	const held = queue.tasks.filter(({ status }) => status === "assigned");
	const one = held[Math.floor(chance() * held.length)];
	if (one?.session !== undefined) queue.cycle(one.session, one.id, outcome);
}

/** Numbers from 0 to 1 that look random and are the same for the same seed (mulberry32). */
function seeded(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}
