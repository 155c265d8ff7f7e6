import fc from "fast-check";
import { expect, test } from "vitest";
import { holds, type LeaseRecord, leaseKind, letGo, renew, type Slot, take } from "./lease-record.ts";

/** Contenders take, renew and let go in any order; which holders a contender thinks gone is anybody's guess. */
type Move =
	| { readonly kind: "take"; readonly slots: number; readonly gone: readonly boolean[] }
	| { readonly kind: "renew" | "let go"; readonly which: number };

const aMove: fc.Arbitrary<Move> = fc.oneof(
	fc.record({
		kind: fc.constant("take" as const),
		slots: fc.integer({ min: 1, max: 4 }),
		gone: fc.array(fc.boolean(), { maxLength: 4 }),
	}),
	fc.record({ kind: fc.constantFrom("renew" as const, "let go" as const), which: fc.nat(20) }),
);

test("whatever happens, nobody comes in as one more than there are slots, and the epoch only grows", () => {
	fc.assert(
		fc.property(fc.array(aMove, { maxLength: 40 }), (moves) => {
			const { faults } = leaseKind("seat");
			let record: LeaseRecord = { epoch: 0, slots: [] };
			const everHeld: Slot[] = [];
			for (const move of moves) {
				const before = record;
				record = play(record, move, everHeld);
				if (move.kind === "take" && record !== before) {
					expect(record.slots.length).toBeLessThanOrEqual(move.slots);
					expect(record.slots.at(-1)?.slot).toBeLessThan(move.slots);
				}
				expect(new Set(record.slots.map(({ slot }) => slot)).size).toBe(record.slots.length);
				expect(record.epoch).toBeGreaterThanOrEqual(before.epoch);
				expect(faults(before, record)).toEqual([]);
			}
			expect(new Set(everHeld.map(({ epoch }) => epoch)).size).toBe(everHeld.length);
		}),
	);
});

test("who lost a slot can neither renew it nor give it away", () => {
	fc.assert(
		fc.property(fc.array(aMove, { maxLength: 40 }), (moves) => {
			let record: LeaseRecord = { epoch: 0, slots: [] };
			const everHeld: Slot[] = [];
			for (const move of moves) {
				record = play(record, move, everHeld);
				for (const past of everHeld.filter((slot) => !holds(record, slot))) {
					expect(renew(record, past)).toBeUndefined();
					expect(letGo(record, past).slots).toEqual(record.slots);
				}
			}
		}),
	);
});

test("a holder whose beat went on since it was looked at keeps its slot", () => {
	const empty: LeaseRecord = { epoch: 0, slots: [] };
	const held = take(empty, { slots: 1, holder: "a", ttlMs: 1, gone: [] });
	const seen = held?.record.slots ?? [];
	const beaten = held && renew(held.record, held.mine);
	expect(take(beaten ?? empty, { slots: 1, holder: "b", ttlMs: 1, gone: seen })).toBeUndefined();
	expect(take(held?.record ?? empty, { slots: 1, holder: "b", ttlMs: 1, gone: seen })?.mine.epoch).toBe(2);
});

function play(record: LeaseRecord, move: Move, everHeld: Slot[]): LeaseRecord {
	if (move.kind === "take") {
		const gone = record.slots.filter((_, index) => move.gone[index]);
		const taken = take(record, { slots: move.slots, holder: `holder-${everHeld.length}`, ttlMs: 1_000, gone });
		if (taken === undefined) return record;
		everHeld.push(taken.mine);
		return taken.record;
	}
	const mine = everHeld[move.which % Math.max(1, everHeld.length)];
	if (mine === undefined) return record;
	return move.kind === "renew" ? (renew(record, mine) ?? record) : letGo(record, mine);
}
