import { truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { tempDir } from "../../testing/temp-dir.ts";
import { ShopfloorError } from "../shopfloor-error.ts";
import { Sealer } from "./sealer.ts";

const kib = 1024;

test("a segment past its size is sealed in a calm moment, once", async () => {
	const { grows, passes, seals } = aSealer(async () => true);
	grows(99 * kib);
	await passes(5_000);
	expect(seals()).toBe(0);
	grows(101 * kib);
	expect(seals()).toBe(0);
	await passes(5_000);
	expect(seals()).toBe(1);
});

test("while others write much, it waits for them", async () => {
	const { grows, passes, seals } = aSealer(async () => true);
	for (let size = 200; size < 2_000; size += 200) {
		grows(size * kib);
		await passes(600);
	}
	expect(seals()).toBe(0);
	await passes(5_000);
	expect(seals()).toBe(1);
});

test.each<[string, () => Promise<boolean>]>([
	["did not come off", async () => false],
	["failed for the disk's sake", () => Promise.reject(new ShopfloorError("disk-full", "full"))],
])("where sealing %s, it is tried again only when the segment has grown, or was begun anew", async (_what, seal) => {
	const { grows, passes, seals } = aSealer(seal);
	for (let size = 101; size < 220; size += 10) {
		grows(size * kib);
		await passes(5_000);
	}
	expect(seals()).toBe(1);
	grows(230 * kib);
	await passes(5_000);
	expect(seals()).toBe(2);
	grows(1 * kib);
	grows(101 * kib);
	await passes(5_000);
	expect(seals()).toBe(3);
});

test("who leaves seals what waits for it, and nothing else", async () => {
	const { sealer, grows, passes, seals } = aSealer(async () => true);
	grows(101 * kib);
	await sealer.close();
	expect(seals()).toBe(1);
	grows(102 * kib);
	await passes(5_000);
	await sealer.close();
	expect(seals()).toBe(1);
});

test("who leaves while a segment is being sealed waits for that too", async () => {
	const ends: (() => void)[] = [];
	const { sealer, grows, passes, seals } = aSealer(() => new Promise((done) => ends.push(() => done(true))));
	grows(101 * kib);
	await passes(1_000);
	grows(102 * kib);
	let hasLeft = false;
	const leaving = sealer.close().then(() => {
		hasLeft = true;
	});
	await passes(0);
	expect([seals(), hasLeft]).toEqual([1, false]);
	ends[0]?.();
	await passes(0);
	expect([seals(), hasLeft]).toEqual([2, false]);
	ends[1]?.();
	await leaving;
});

/** Of a log whose segments take 100 KiB. */
function aSealer(seal: () => Promise<boolean>) {
	vi.useFakeTimers();
	onTestFinished(() => void vi.useRealTimers());
	const open = join(tempDir(), "open.jsonl");
	writeFileSync(open, "");
	const counted = vi.fn(seal);
	const sealer = new Sealer(open, 100 * kib, counted);
	return {
		sealer,
		seals: () => counted.mock.calls.length,
		/** Somebody has appended; the process is told of its own. */
		grows(size: number) {
			truncateSync(open, size);
			sealer.grown(size);
		},
		passes: (ms: number) => vi.advanceTimersByTimeAsync(ms),
	};
}
