import { appendFileSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { aDraft, messages } from "../../testing/a-draft.ts";
import { tempDir } from "../../testing/temp-dir.ts";
import { openFloor } from "../floor.ts";

const line = `{"seq":7,"ts":"2026-01-31T08:00:00.000Z","type":"alert","by":"x","data":{"message":"é"},"prev":"${"0".repeat(64)}"}`;

describe("LOG-03: a file that ends in the middle of a line is mended, and the torn bytes are kept aside", () => {
	test("whatever is left of the line", async () => {
		const { tear } = await aTornLog();
		for (let length = 1; length <= Buffer.byteLength(line); length++) await tear(Buffer.from(line).subarray(0, length));
	});

	test.each([4_096, 8_192, 65_536])("wherever around offset %i the tear begins and ends", async (boundary) => {
		const { path, grow, tear } = await aTornLog();
		await grow(boundary - 5);
		for (let offset = -3; offset <= 3; offset++) {
			const before = statSync(path).size;
			await tear(Buffer.alloc(Math.max(1, Math.ceil(before / boundary) * boundary + offset - before), "x"));
		}
	});

	test.each([
		["longer than what is read at once", Buffer.alloc(300_000, "x")],
		["of nothing but zeros, as a power cut leaves them", Buffer.alloc(5_000)],
		["that begins in the middle of a character", Buffer.from("é").subarray(1)],
	])("when it is a tail %s", async (_what, torn) => {
		const { tear } = await aTornLog();
		await tear(torn);
	});

	test("when the very first line is torn", async () => {
		const stateDir = tempDir();
		const floor = openFloor({ stateDir });
		onTestFinished(() => floor.close());
		appendFileSync(join(stateDir, "experiment-log.jsonl"), line.slice(0, 50));
		await floor.log.append([aDraft("first")]);
		expect((await floor.log.last(5)).map(({ seq, type }) => [seq, type])).toEqual([
			[1, "alert"],
			[2, "alert"],
		]);
		expect(await floor.log.verify()).toMatchObject({ entries: 2, rubbish: [], tornBytes: 0 });
	});
});

async function aTornLog() {
	const stateDir = tempDir();
	const path = join(stateDir, "experiment-log.jsonl");
	const floor = openFloor({ stateDir, segmentBytes: Number.POSITIVE_INFINITY });
	onTestFinished(() => floor.close());
	await floor.log.append([aDraft("before")]);
	return { path, grow, tear };

	/** Lets the file end at the offset, give or take the digits of a seq. */
	async function grow(offset: number): Promise<void> {
		const empty = statSync(path).size;
		await floor.log.append([aDraft("")]);
		const frame = statSync(path).size - empty;
		while (offset - statSync(path).size > 2 * frame + 2_000) await floor.log.append([aDraft("x".repeat(1_900))]);
		await floor.log.append([aDraft("x".repeat(offset - statSync(path).size - frame))]);
	}

	async function tear(torn: Buffer): Promise<void> {
		const known = new Set(readdirSync(join(stateDir, "aside")));
		const at = statSync(path).size;
		appendFileSync(path, torn);
		await floor.log.append([aDraft("after")]);
		const [aside, ...more] = readdirSync(join(stateDir, "aside")).filter((name) => !known.has(name));
		expect(more).toEqual([]);
		expect(readFileSync(join(stateDir, "aside", aside ?? "")).equals(torn)).toBe(true);
		const [told, after] = messages(await floor.log.last(2));
		expect(told).toContain(`the ${torn.length} unfinished, never acknowledged bytes at offset ${at} were moved to`);
		expect(after).toBe("after");
		const { bad, rubbish, tornBytes } = await floor.log.verify();
		expect({ bad, rubbish, tornBytes }).toEqual({ bad: undefined, rubbish: [], tornBytes: 0 });
	}
}
