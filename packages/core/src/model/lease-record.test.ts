import fc from "fast-check";
import { expect, test } from "vitest";
import { holds, type LeaseRecord, leaseKind, letGo, renew, type Slot, take } from "./lease-record.ts";

/** Contenders take, renew and let go in any order; which holders a contender thinks gone is anybody's guess. */
type Move =
	| { readonly kind: "take"; readonly gone: readonly boolean[] }
	| { readonly kind: "renew" | "let go"; readonly which: number };

const aMove: fc.Arbitrary<Move> = fc.oneof(
	fc.record({ kind: fc.constant("take" as const), gone: fc.array(fc.boolean(), { maxLength: 4 }) }),
	fc.record({ kind: fc.constantFrom("renew" as const, "let go" as const), which: fc.nat(20) }),
);

test("whatever happens, there are never more holders than slots, and the epoch only grows", () => {
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 4 }), fc.array(aMove, { maxLength: 40 }), (slots, moves) => {
			const { faults } = leaseKind("seat");
			let record: LeaseRecord = { epoch: 0, slots: [] };
			const everHeld: Slot[] = [];
			for (const move of moves) {
				const before = record;
				record = play(record, move, slots, everHeld);
				expect(record.slots.length).toBeLessThanOrEqual(slots);
				expect(new Set(record.slots.map(({ slot }) => slot)).size).toBe(record.slots.length);
				for (const { slot } of record.slots) expect(slot).toBeLessThan(slots);
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
				record = play(record, move, 2, everHeld);
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

function play(record: LeaseRecord, move: Move, slots: number, everHeld: Slot[]): LeaseRecord {
	if (move.kind === "take") {
		const gone = record.slots.filter((_, index) => move.gone[index]);
		const taken = take(record, { slots, holder: `holder-${everHeld.length}`, ttlMs: 1_000, gone });
		if (taken === undefined) return record;
		everHeld.push(taken.mine);
		return taken.record;
	}
	const mine = everHeld[move.which % Math.max(1, everHeld.length)];
	if (mine === undefined) return record;
	return move.kind === "renew" ? (renew(record, mine) ?? record) : letGo(record, mine);
}
