/** What a holder does when its record cannot be renewed. What leases are otherwise stands in their contract. */
import { describe, expect, test } from "vitest";
import { type FakeClock, fakeClock, memoryFloor } from "../testing/index.ts";
import { type Lease, recordLeases } from "./leases.ts";
import type { Records } from "./records.ts";
import { ShopfloorError } from "./shopfloor-error.ts";

const one = { slots: 1, ttlMs: 30_000 };

test.each([
	["full", new ShopfloorError("disk-full", "no space")],
	["broken", new ShopfloorError("disk-error", "EIO")],
	["read-only", Object.assign(new Error("read-only"), { code: "EROFS" })],
	["behind a lock that is not to be had", new ShopfloorError("lock-busy", "others come first")],
])("a disk that is %s costs no lease: it takes nobody else's name either", async (_how, fault) => {
	const { lease, clock, trouble } = await aLease();
	trouble.update = fault;
	await clock.advance(10 * one.ttlMs);
	expect(lease.lost.aborted).toBe(false);
	await expect(lease.check()).rejects.toMatchObject({ code: expect.stringMatching(/^(disk|lock)-/) });
	trouble.update = undefined;
	await lease.check();
	expect(lease.lost.aborted).toBe(false);
});

test("after a full disk the renewals go on by themselves", async () => {
	const { lease, clock, trouble, beat } = await aLease();
	trouble.update = new ShopfloorError("disk-full", "no space");
	await clock.advance(10 * one.ttlMs);
	const before = (await beat()) ?? 0;
	trouble.update = undefined;
	await clock.advance(one.ttlMs);
	expect(await beat()).toBe(before + 3);
	expect(lease.lost.aborted).toBe(false);
});

test("a lease that somebody took while the disk was full is lost", async () => {
	const { lease, clock, trouble, records } = await aLease();
	trouble.update = new ShopfloorError("disk-full", "no space");
	await clock.advance(10 * one.ttlMs);
	await records.update("leases/seat", () => ({ epoch: 2, slots: [] }));
	await clock.advance(one.ttlMs);
	expect(lease.lost.reason).toMatchObject({ code: "lease-lost" });
	await expect(lease.check()).rejects.toMatchObject({ code: "lease-lost" });
});

test("a record that can be neither written nor read says nothing, and trust runs out", async () => {
	const { lease, clock, trouble } = await aLease();
	trouble.update = trouble.get = new ShopfloorError("disk-error", "EIO");
	await clock.advance(one.ttlMs / 2);
	expect(lease.lost.aborted).toBe(false);
	await clock.advance(one.ttlMs / 2);
	expect(lease.lost.reason).toMatchObject({ code: "lease-lost" });
});

describe("an error that nobody expected is not taken for bad luck: it ends the lease, and is its reason,", () => {
	test.each(["update", "get"] as const)("from the record's %s", async (call) => {
		const { lease, clock, trouble } = await aLease();
		const fault = new TypeError("no such thing");
		trouble.update = new ShopfloorError("disk-full", "no space");
		trouble[call] = fault;
		await clock.advance(one.ttlMs / 2);
		expect(lease.lost.reason).toBe(fault);
		await expect(lease.check()).rejects.toBe(fault);
	});
});

interface Trouble {
	update: Error | undefined;
	get: Error | undefined;
}

/** A lease whose record fails as it is told to. */
async function aLease(): Promise<{
	lease: Lease;
	clock: FakeClock;
	trouble: Trouble;
	records: Records;
	beat(): Promise<number | undefined>;
}> {
	const clock = fakeClock();
	const { records } = memoryFloor(clock);
	const trouble: Trouble = { update: undefined, get: undefined };
	const failing: Records = {
		get: async (key) => (trouble.get === undefined ? records.get(key) : Promise.reject(trouble.get)),
		update: async (key, change) =>
			trouble.update === undefined ? records.update(key, change) : Promise.reject(trouble.update),
		changed: (key, ms, signal) => records.changed(key, ms, signal),
		keys: (prefix) => records.keys(prefix),
		check: (key, fault) => records.check(key, fault),
		isGone: (holder) => records.isGone(holder),
	};
	const lease = await recordLeases(failing, clock).hold("seat", one);
	const leases = recordLeases(records, clock);
	return { lease, clock, trouble, records, beat: async () => (await leases.held("seat"))[0]?.beat };
}
