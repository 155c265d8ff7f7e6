import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Judgement } from "./change.ts";
import { settle, type Trial } from "./settle.ts";

interface World {
	readonly bad: readonly number[];
	/** Good each, and bad together. */
	readonly pairs?: readonly (readonly [number, number])[];
	readonly unknownFrom?: number;
}

function trial({ bad, pairs = [], unknownFrom = Number.POSITIVE_INFINITY }: World): Trial & { asked: number } {
	const of = (indexes: readonly number[]): Judgement => {
		world.asked++;
		if (indexes.length >= unknownFrom) return { kind: "unknown", why: "it did not end" };
		const faults = [
			...indexes.filter((index) => bad.includes(index)),
			...pairs.filter((pair) => pair.every((index) => indexes.includes(index))),
		];
		return faults.length > 0 ? { kind: "bad", reasons: faults.map(String) } : { kind: "good", receipt: indexes.join() };
	};
	const world = {
		asked: 0,
		prefix: async (count: number) => of(range(count)),
		some: async (indexes: readonly number[]) => of(indexes),
	};
	return world;
}

function range(end: number): number[] {
	return Array.from({ length: end }, (_, index) => index);
}

test.each([1, 2, 5, 16, 64])("%i good changes take one judgement", async (size) => {
	const world = trial({ bad: [] });
	expect(await settle(size, world)).toEqual({ good: size, receipt: range(size).join() });
	expect(world.asked).toBe(1);
});

test("the first culprit is found, everything before it is good, and the proof is that of those", async () => {
	await fc.assert(
		fc.asyncProperty(fc.integer({ min: 1, max: 40 }), fc.array(fc.nat(39), { minLength: 1 }), async (size, places) => {
			const bad = places.filter((place) => place < size);
			fc.pre(bad.length > 0);
			const first = Math.min(...bad);
			const world = trial({ bad });
			const settled = await settle(size, world);
			expect(settled).toMatchObject({ good: first, culprit: { at: first } });
			expect(settled.culprit).not.toHaveProperty("togetherWith");
			expect(settled.receipt).toBe(first === 0 ? undefined : range(first).join());
			expect(world.asked).toBeLessThanOrEqual(2 + Math.ceil(Math.log2(size)));
		}),
	);
});

test("a pair that is bad only together is told apart from a culprit, and the other one is named", async () => {
	await fc.assert(
		fc.asyncProperty(fc.integer({ min: 2, max: 40 }), fc.nat(), fc.nat(), async (size, one, other) => {
			const at = 1 + (one % (size - 1));
			const partner = other % at;
			const settled = await settle(size, trial({ bad: [], pairs: [[partner, at]] }));
			expect(settled).toMatchObject({ good: at, culprit: { at, togetherWith: partner } });
		}),
	);
});

describe("what cannot be found out", () => {
	test("lets nothing land and blames nobody", async () => {
		expect(await settle(4, trial({ bad: [1], unknownFrom: 4 }))).toEqual({
			good: 0,
			receipt: undefined,
			unknown: "it did not end",
		});
	});

	test("in the middle lets those land that were proven good before", async () => {
		// 8 is bad, 4 is good, 6 is unknown.
		const world = trial({ bad: [7] });
		const inner = world.prefix;
		world.prefix = async (count) => (count === 6 ? { kind: "unknown", why: "no" } : await inner(count));
		expect(await settle(8, world)).toEqual({ good: 4, receipt: "0,1,2,3", unknown: "no" });
	});
});

test("a change that cannot be combined without those before it is bad by itself, as far as anybody can tell", async () => {
	const settled = await settle(3, { ...trial({ bad: [], pairs: [[0, 2]] }), some: async () => undefined });
	expect(settled).toMatchObject({ good: 2, culprit: { at: 2 } });
	expect(settled.culprit).not.toHaveProperty("togetherWith");
});
