/**
 * What a lease's record holds, and the moves on it. Nothing here reads a clock: a contender takes over a slot whose
 * `beat` has stood still for the ttl by the contender's own watch, so hosts never compare theirs.
 */
import { z } from "zod";
import { Count, Ms } from "./entry/fields.ts";
import type { RecordKind } from "./record-kind.ts";

const Slot = z.strictObject({
	slot: Count,
	/** Unique to one holding; never used twice. */
	holder: z.string().min(1).max(200),
	/** Grows with every holding of any slot. Whoever shows a smaller one comes from the past. */
	epoch: Count,
	/** Grows with every renewal. */
	beat: Count,
	ttlMs: Ms,
});
export type Slot = z.infer<typeof Slot>;

export const LeaseRecord = z.strictObject({ epoch: Count, slots: z.array(Slot).max(1_000) });
export type LeaseRecord = z.infer<typeof LeaseRecord>;

export function leaseKind(name: string): RecordKind<LeaseRecord> {
	return { key: `leases/${name}`, schema: LeaseRecord, empty: { epoch: 0, slots: [] }, faults: onlyForwards };
}

/** Takes a free slot, or one of those given as `gone`; undefined when there is none. */
export function take(
	record: LeaseRecord,
	wanted: { readonly slots: number; readonly holder: string; readonly ttlMs: number; readonly gone: readonly Slot[] },
): { readonly record: LeaseRecord; readonly mine: Slot } | undefined {
	const held = record.slots.filter((slot) => !wanted.gone.some((gone) => same(gone, slot)));
	const slot = lowestFree(held, wanted.slots);
	if (slot === undefined) return undefined;
	const epoch = record.epoch + 1;
	const mine: Slot = { slot, holder: wanted.holder, epoch, beat: 0, ttlMs: wanted.ttlMs };
	return { record: { epoch, slots: [...held, mine] }, mine };
}

/** The record after one more beat of the holder; undefined when it does not hold a slot any more. */
export function renew(record: LeaseRecord, mine: Slot): LeaseRecord | undefined {
	if (!holds(record, mine)) return undefined;
	const beaten = record.slots.map((slot) => (slot.epoch === mine.epoch ? { ...slot, beat: slot.beat + 1 } : slot));
	return { ...record, slots: beaten };
}

export function letGo(record: LeaseRecord, mine: Slot): LeaseRecord {
	return { ...record, slots: record.slots.filter((slot) => slot.epoch !== mine.epoch) };
}

export function holds(record: LeaseRecord, mine: Slot): boolean {
	return record.slots.some((slot) => slot.epoch === mine.epoch && slot.holder === mine.holder);
}

/** The same holding at the same beat: nothing was heard of it in between. */
function same(a: Slot, b: Slot): boolean {
	return a.epoch === b.epoch && a.beat === b.beat;
}

function lowestFree(held: readonly Slot[], slots: number): number | undefined {
	const taken = new Set(held.map((slot) => slot.slot));
	for (let slot = 0; slot < slots; slot++) if (!taken.has(slot)) return held.length < slots ? slot : undefined;
	return undefined;
}

function onlyForwards(current: LeaseRecord, next: LeaseRecord): string[] {
	return next.epoch < current.epoch ? [`epoch went back from ${current.epoch} to ${next.epoch}`] : [];
}
