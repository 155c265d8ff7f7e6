import fc from "fast-check";
import { expect, test } from "vitest";
import type { Judgement, Probed, Suspect } from "./change.ts";
import { settle, type Trial } from "./settle.ts";

interface World {
	readonly bad: readonly number[];
	/** Good each, and bad together. */
	readonly pairs?: readonly (readonly [number, number])[];
	/** Whose check does not end. */
	readonly endless?: readonly number[];
}

function trial(size: number, { bad, pairs = [], endless = [] }: World): Trial & { asked: number; probed: number } {
	const of = (indexes: readonly number[]): Judgement => {
		const faults = [
			...indexes.filter((index) => bad.includes(index)).map(String),
			...pairs.filter((pair) => pair.every((index) => indexes.includes(index))).map(String),
		];
		if (indexes.some((index) => endless.includes(index))) return { kind: "unknown", why: "it did not end" };
		if (faults.length === 0) return { kind: "good", receipt: indexes.join() };
		return { kind: "bad", reasons: faults, suspects: faults.map((check) => ({ check })) };
	};
	const world = {
		asked: 0,
		probed: 0,
		async whole(): Promise<Judgement> {
			world.asked++;
			return of(range(size));
		},
		/** Sees only what it is asked about. */
		async probe(indexes: readonly number[], suspects: readonly Suspect[] = []): Promise<Probed> {
			world.probed++;
			const judged = of(indexes);
			if (judged.kind !== "bad") return { kind: judged.kind };
			const reasons = judged.reasons.filter((reason) => suspects.some(({ check }) => check === reason));
			return reasons.length > 0 ? { kind: "bad", reasons } : { kind: "good" };
		},
	};
	return world;
}

function range(end: number): number[] {
	return Array.from({ length: end }, (_, index) => index);
}

test.each([1, 2, 5, 16, 64])("%i good changes take one judgement", async (size) => {
	const world = trial(size, { bad: [] });
	expect(await settle(size, world)).toEqual({ kind: "good", receipt: range(size).join() });
	expect(world).toMatchObject({ asked: 1, probed: 0 });
});

test("the first culprit is found by halves, and nobody else is blamed", async () => {
	await fc.assert(
		fc.asyncProperty(fc.integer({ min: 1, max: 40 }), fc.array(fc.nat(39), { minLength: 1 }), async (size, places) => {
			const bad = places.filter((place) => place < size);
			fc.pre(bad.length > 0);
			const world = trial(size, { bad });
			const settled = await settle(size, world);
			const first = Math.min(...bad);
			// Its own reasons, and not those of the culprits behind it.
			expect(settled).toMatchObject({ kind: "culprit", at: first, reasons: [String(first)] });
			expect(settled).not.toHaveProperty("togetherWith");
			expect(world.asked).toBe(1);
			expect(world.probed).toBeLessThanOrEqual(2 + Math.ceil(Math.log2(size)));
		}),
	);
});

test("a pair that is bad only together is told apart from a culprit, and the other one is named", async () => {
	await fc.assert(
		fc.asyncProperty(fc.integer({ min: 2, max: 40 }), fc.nat(), fc.nat(), async (size, one, other) => {
			const at = 1 + (one % (size - 1));
			const partner = other % at;
			const settled = await settle(size, trial(size, { bad: [], pairs: [[partner, at]] }));
			expect(settled).toMatchObject({ kind: "culprit", at, togetherWith: partner });
		}),
	);
});

test("what was bad at one look and not at the next is blamed on nobody", async () => {
	const world = { ...trial(8, { bad: [3] }), probe: async (): Promise<Probed> => ({ kind: "good" }) };
	expect(await settle(8, world)).toMatchObject({ kind: "unknown", why: expect.stringMatching(/not at the next/) });
});

test("where nothing can be found out of the whole, the one leaves that keeps the others from being judged", async () => {
	for (let at = 0; at < 5; at++)
		expect(await settle(5, trial(5, { bad: [1], endless: [at] }))).toEqual({
			kind: "unmeasurable",
			at,
			why: "it did not end",
		});
	expect(await settle(5, trial(5, { bad: [], endless: [1, 3] }))).toMatchObject({ kind: "unmeasurable", at: 1 });
});

test("of a base that cannot be measured nobody is the cause", async () => {
	const world: Trial = {
		whole: async () => ({ kind: "unknown", why: "no such program", side: "base" }),
		probe: async () => expect.unreachable(),
	};
	expect(await settle(4, world)).toMatchObject({ kind: "unknown", why: "no such program" });
});

test("where the search for a culprit meets what cannot be measured, that one leaves first", async () => {
	const all = trial(8, { bad: [7], endless: [2] });
	const world: Trial = { ...all, whole: async () => ({ kind: "bad", reasons: ["7"], suspects: [] }) };
	expect(await settle(8, world)).toMatchObject({
		kind: "unmeasurable",
		at: 2,
		why: expect.stringMatching(/could not be found out/),
	});
});

test("a change that cannot be combined without those before it is bad by itself, as far as anybody can tell", async () => {
	const world = trial(3, { bad: [], pairs: [[0, 2]] });
	const trialOf: Trial = {
		...world,
		probe: async (indexes, suspects) => (indexes[0] === 0 ? await world.probe(indexes, suspects) : undefined),
	};
	const settled = await settle(3, trialOf);
	expect(settled).toMatchObject({ kind: "culprit", at: 2 });
	expect(settled).not.toHaveProperty("togetherWith");
});
