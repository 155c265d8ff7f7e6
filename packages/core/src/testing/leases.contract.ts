/** What every driver's leases keep to. Two processes are played by two floors over the same state, each with its own clock. */
import { describe, expect, test } from "vitest";
import type { Clock } from "../io/clock.ts";
import type { Lease, Leases } from "../io/leases.ts";
import { fakeClock } from "./fake-clock.ts";

const one = { slots: 1, ttlMs: 10_000 };

export function leasesContract(name: string, make: (clocks: readonly Clock[]) => Promise<readonly Leases[]>): void {
	describe(`${name} keeps the leases' contract`, () => {
		test("one slot has one holder, and is free again after the release", async () => {
			const { a, b } = await two();
			const lease = await a.hold("seat", one);
			expect(await b.tryHold("seat", one)).toBeUndefined();
			await lease.release();
			const next = await b.hold("seat", one);
			expect(next.epoch).toBeGreaterThan(lease.epoch);
		});

		test("names do not disturb each other", async () => {
			const { a, b } = await two();
			await a.hold("seat", one);
			await b.hold("stool", one);
		});

		test("so many slots, so many holders, each its own slot", async () => {
			const { a, b } = await two();
			const wanted = { ...one, slots: 3 };
			const held = [await a.hold("tsc", wanted), await b.hold("tsc", wanted), await a.hold("tsc", wanted)];
			expect(held.map(({ slot }) => slot).sort()).toEqual([0, 1, 2]);
			expect(await b.tryHold("tsc", wanted)).toBeUndefined();
			await held[1]?.release();
			expect((await a.hold("tsc", wanted)).slot).toBe(held[1]?.slot);
		});

		test("who waits gets the slot when it is released", async () => {
			const { a, b } = await two();
			const lease = await a.hold("seat", one);
			const waiting = b.hold("seat", one);
			await lease.release();
			expect((await waiting).epoch).toBeGreaterThan(lease.epoch);
		});

		test("who has to wait is told once, with those who hold it", async () => {
			const { a, b } = await two();
			const lease = await a.hold("seat", one);
			const told: number[][] = [];
			let waiting: Promise<Lease> | undefined;
			await new Promise<void>((go) => {
				waiting = b.hold("seat", {
					...one,
					waits(holders) {
						told.push(holders.map(({ epoch }) => epoch));
						go();
					},
				});
			});
			await lease.release();
			await waiting;
			expect(told).toEqual([[lease.epoch]]);
		});

		test("who waits can stop waiting", async () => {
			const { a, b } = await two();
			await a.hold("seat", one);
			const stop = new AbortController();
			const waiting = b.hold("seat", { ...one, signal: stop.signal });
			stop.abort(new Error("enough"));
			await expect(waiting).rejects.toThrow("enough");
		});

		test("a holder that beats keeps its slot for ever", async () => {
			const { a, b, clockA, clockB } = await two();
			const lease = await a.hold("seat", one);
			for (let minute = 0; minute < 5; minute++) {
				expect(await b.tryHold("seat", one)).toBeUndefined();
				await Promise.all([clockA.advance(one.ttlMs / 2), clockB.advance(one.ttlMs / 2)]);
				await lease.check();
			}
		});

		test("a holder that stands still loses the slot after the ttl, and finds out before it writes", async () => {
			const { a, b, clockB } = await two();
			const lease = await a.hold("seat", one);
			// When it begins, and when it sees the other's slot for the first time.
			const looked = clockB.looks(2);
			const waiting = b.hold("seat", one);
			await looked;
			await clockB.advance(one.ttlMs);
			const taken = await waiting;
			expect(taken.epoch).toBeGreaterThan(lease.epoch);
			await expect(lease.check()).rejects.toMatchObject({ code: "lease-lost" });
			expect(lease.lost.aborted).toBe(true);
			await lease.release();
			await taken.check();
		});

		test("who yields to the living learns of one as soon as it was seen to beat", async () => {
			const { a, b, clockA, clockB } = await two();
			const lease = await a.hold("seat", one);
			const looked = clockB.looks(2);
			const waiting = b.holdUnlessAlive("seat", one);
			await looked;
			await clockA.advance(one.ttlMs / 2);
			expect(await waiting).toMatchObject({ alive: { epoch: lease.epoch } });
			await lease.check();
		});

		test("who yields to the living waits for one that stands still, and takes its slot after the ttl", async () => {
			const { a, b, clockB } = await two();
			const lease = await a.hold("seat", one);
			const looked = clockB.looks(2);
			const waiting = b.holdUnlessAlive("seat", one);
			await looked;
			await clockB.advance(one.ttlMs);
			expect(await waiting).toMatchObject({ epoch: lease.epoch + 1 });
		});

		test("a holder that was stopped for too long trusts itself no more, even if nobody came", async () => {
			const { a, clockA } = await two();
			const lease = await a.hold("seat", one);
			clockA.stall(one.ttlMs * 0.9);
			await expect(lease.check()).rejects.toMatchObject({ code: "lease-lost" });
			expect(lease.lost.aborted).toBe(true);
		});

		test("LCK-04, LOG-13: a wall clock that jumps costs nobody a lease", async () => {
			const { a, b, clockA, clockB } = await two();
			const lease = await a.hold("seat", one);
			for (const hours of [1, -2]) {
				clockA.jump(hours * 3_600_000);
				clockB.jump(-hours * 3_600_000);
				await lease.check();
				expect(await b.tryHold("seat", one)).toBeUndefined();
			}
		});

		async function two() {
			const clockA = fakeClock();
			const clockB = fakeClock();
			const [a, b] = await make([clockA, clockB]);
			if (a === undefined || b === undefined) throw new Error("make did not make two");
			return { a, b, clockA, clockB };
		}
	});
}
