/** The disk is really full: a small one of the test's own. */
import { join } from "node:path";
import { expect, onTestFinished, type TestContext, test } from "vitest";
import { aDraft, messages } from "../testing/a-draft.ts";
import { fillDisk, smallDisk } from "../testing/needs.ts";
import { openFloor } from "./floor.ts";
import { leftovers } from "./leftovers.ts";

const kilobyte = "x".repeat(1_000);

test("LOG-07: on a full disk nothing is acknowledged and nothing torn; with space it goes on by itself", async (context) => {
	const { floor, fill, free } = aFloorOnASmallDisk(context);
	await floor.log.append([aDraft("before")]);
	fill();
	// What is left of the last page still takes a few.
	const refusal = await appendUntilRefused(floor);
	expect(refusal).toMatchObject({ code: "disk-full", message: expect.stringMatching(/disk is full.*free some space/) });
	const { bad, tornBytes, rubbish, entries } = await floor.log.verify();
	expect({ bad, tornBytes, rubbish }).toEqual({ bad: undefined, tornBytes: 0, rubbish: [] });
	await expect(floor.log.append([aDraft(kilobyte)])).rejects.toMatchObject({ code: "disk-full" });
	expect(messages(await floor.log.last(1))).toHaveLength(1);
	free();
	const [after] = await floor.log.append([aDraft("after")]);
	expect(after?.seq).toBe(entries + 1);
});

test("LOG-07: of a batch that half fits, what a reader may have seen stays, and the rest is not torn", async (context) => {
	const { floor, fill, free } = aFloorOnASmallDisk(context);
	await floor.log.append([aDraft("before")]);
	fill({ leave: 20 });
	const batch = Array.from({ length: 100 }, (_, index) => aDraft(`${index} ${kilobyte}`));
	await expect(floor.log.append(batch)).rejects.toMatchObject({ code: "disk-full" });
	const { bad, tornBytes, rubbish, entries } = await floor.log.verify();
	expect({ bad, tornBytes, rubbish }).toEqual({ bad: undefined, tornBytes: 0, rubbish: [] });
	expect(entries).toBeGreaterThan(1);
	free();
	const [after] = await floor.log.append([aDraft("after")]);
	expect(after?.seq).toBe(entries + 1);
});

test("on a full disk a segment stays unsealed, and the sealer's failure ends nobody", async (context) => {
	const { floor, fill, free } = aFloorOnASmallDisk(context);
	await floor.log.append(Array.from({ length: 20 }, () => aDraft(kilobyte)));
	fill();
	await expect(floor.log.seal(0)).rejects.toMatchObject({ code: "disk-full" });
	free();
	expect(await floor.log.seal(0)).toBe(true);
	expect(await floor.log.verify()).toMatchObject({ segments: 2, rubbish: [] });
});

test("QUE-06: on a full disk an update fails, the old record stands, and no temporary file is left", async (context) => {
	const { floor, stateDir, fill, free } = aFloorOnASmallDisk(context);
	await floor.records.update("note", () => "old");
	fill();
	await expect(floor.records.update("note", () => kilobyte.repeat(10))).rejects.toMatchObject({
		code: "disk-full",
		message: expect.stringMatching(/note.*disk is full/),
	});
	expect(await floor.records.get("note")).toEqual({ revision: 1, value: "old" });
	expect(leftovers(stateDir)).toEqual([]);
	free();
	expect((await floor.records.update("note", () => "new")).revision).toBe(2);
});

function aFloorOnASmallDisk(context: TestContext) {
	const disk = smallDisk(context, 400);
	const stateDir = join(disk, "state");
	const floor = openFloor({ stateDir });
	onTestFinished(() => floor.close());
	let free = () => {};
	return {
		floor,
		stateDir,
		/** Leaves no more than so many kilobytes. */
		fill(options?: { leave: number }) {
			free = fillDisk(disk, options);
		},
		free: () => free(),
	};
}

async function appendUntilRefused(floor: ReturnType<typeof openFloor>): Promise<unknown> {
	for (let count = 0; count < 100; count++) {
		const refused = await floor.log.append([aDraft(kilobyte)]).then(
			() => undefined,
			(error: unknown) => error,
		);
		if (refused !== undefined) return refused;
	}
	return undefined;
}
