import { openFloor } from "@shopfloor/core/io";
import { tempDir } from "@shopfloor/core/testing";
import { expect, onTestFinished, test } from "vitest";
import { inRoom } from "./in-room.ts";

test("runs of one session come one after the other, and who waits says so; another session's do not wait", async () => {
	const { leases } = aFloor();
	const told: string[] = [];
	const order: string[] = [];
	let leave = () => {};
	const first = inRoom(leases, aVisit("ralph-1", told), async () => {
		order.push("first in");
		await new Promise<void>((resolve) => {
			leave = resolve;
		});
		order.push("first out");
	});
	await expect.poll(() => order).toEqual(["first in"]);
	const second = inRoom(leases, aVisit("ralph-1", told), async () => order.push("second in"));
	await expect.poll(() => told).toEqual(["waits: another run of ralph-1 is under way"]);
	await inRoom(leases, aVisit("ralph-2", told), async () => order.push("other in"));
	leave();
	await Promise.all([first, second]);
	expect(order).toEqual(["first in", "other in", "first out", "second in"]);
});

test("who is called off while waiting has not begun", async () => {
	const { leases } = aFloor();
	const off = new AbortController();
	const second = (signal: AbortSignal) => inRoom(leases, { ...aVisit("ralph-1", []), signal }, async () => "begun");
	await inRoom(leases, aVisit("ralph-1", []), async () => {
		const waiting = second(off.signal);
		off.abort();
		expect(await waiting).toBeUndefined();
	});
	expect(await second(new AbortController().signal)).toBe("begun");
});

test("a fault of the work is thrown, and the next one gets in", async () => {
	const { leases } = aFloor();
	const failing = inRoom(leases, aVisit("ralph-1", []), async () => Promise.reject(new Error("it broke")));
	await expect(failing).rejects.toThrow("it broke");
	expect(await inRoom(leases, aVisit("ralph-1", []), async () => "in")).toBe("in");
});

function aVisit(session: string, told: string[]) {
	return { session, show: (line: string) => told.push(line) };
}

function aFloor() {
	const floor = openFloor({ stateDir: tempDir() });
	onTestFinished(() => floor.close());
	return floor;
}
