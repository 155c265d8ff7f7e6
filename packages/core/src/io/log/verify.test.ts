import {
	appendFileSync,
	closeSync,
	copyFileSync,
	openSync,
	readFileSync,
	renameSync,
	statSync,
	truncateSync,
	writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { aDraft } from "../../testing/a-draft.ts";
import { tempDir } from "../../testing/temp-dir.ts";
import { openFloor } from "../floor.ts";
import { logFiles, sealedSegments } from "./files.ts";
import { hashLine } from "./hash.ts";
import { type Head, verifyLog } from "./verify.ts";

const count = 9;
const everyPlace = Array.from({ length: count }, (_, index) => index + 1);
/** The chain shows nothing of the last line; only a head that was noted elsewhere does. */
const everyPlaceButTheLast = everyPlace.slice(0, -1);

describe.each([
	["in one segment", []],
	["in several segments", [3, 6]],
])("LOG-09: %s, verification names the first entry that is not as it was written:", (_where, sealedAfter) => {
	test.each(everyPlaceButTheLast)("entry %i was changed", async (seq) => {
		const { change, verify } = await aLog(sealedAfter);
		change((lines, at) => lines.with(at(seq), lines[at(seq)]?.replace("warning", "note   ") ?? ""));
		expect(await verify()).toMatchObject({ seq, what: expect.stringContaining("was changed") });
	});

	test.each(everyPlaceButTheLast)("entry %i was removed", async (seq) => {
		const { change, verify } = await aLog(sealedAfter);
		change((lines, at) => lines.toSpliced(at(seq), 1));
		expect(await verify()).toMatchObject({ seq, what: expect.stringContaining("is missing") });
	});

	test.each(everyPlace)("entry %i stands twice", async (seq) => {
		const { change, verify } = await aLog(sealedAfter);
		change((lines, at) => lines.toSpliced(at(seq), 0, lines[at(seq)] ?? ""));
		expect(await verify()).toMatchObject({ seq, what: expect.stringContaining("written twice") });
	});

	test.each(everyPlaceButTheLast)("entry %i and the next were swapped", async (seq) => {
		const { change, verify } = await aLog(sealedAfter);
		change((lines, at) => lines.with(at(seq), lines[at(seq + 1)] ?? "").with(at(seq + 1), lines[at(seq)] ?? ""));
		expect((await verify())?.seq).toBe(seq);
	});

	test.each(everyPlaceButTheLast)("entry %i became unreadable", async (seq) => {
		const { change, verify } = await aLog(sealedAfter);
		change((lines, at) => lines.with(at(seq), `${lines[at(seq)]?.slice(0, -1)}`));
		expect(await verify()).toMatchObject({ seq, what: expect.stringMatching(/is missing.*unreadable: .*not JSON/) });
	});
});

describe("LOG-10: against a head that was noted, verification shows what the chain cannot:", () => {
	test.each(everyPlaceButTheLast)("everything after entry %i was cut off", async (seq) => {
		const { floor, path } = await aLog([]);
		const head = (await floor.log.verify()).head;
		const kept = readFileSync(path, "utf8").split("\n").slice(0, seq);
		truncateSync(path, Buffer.byteLength(`${kept.join("\n")}\n`));
		expect((await floor.log.verify()).bad).toBeUndefined();
		expect((await floor.log.verify([head])).bad).toMatchObject({
			seq: seq + 1,
			what: expect.stringContaining("is missing"),
		});
	});

	test("the last entry was changed", async () => {
		const { floor, change, verify } = await aLog([]);
		const head = (await floor.log.verify()).head;
		change((lines, at) => lines.with(at(count), lines[at(count)]?.replace("warning", "note   ") ?? ""));
		expect(await verify()).toBeUndefined();
		expect((await floor.log.verify([head])).bad).toMatchObject({
			seq: count,
			what: expect.stringContaining("was changed"),
		});
	});

	test("the whole log was written anew, with a chain of its own", async () => {
		const { floor, path } = await aLog([]);
		const noted = (await floor.log.verify()).head;
		let prev = "0".repeat(64);
		const lines = readFileSync(path, "utf8").trimEnd().split("\n");
		const forged = lines.map((line) => {
			const entry = JSON.stringify({ ...JSON.parse(line), by: "forger", prev });
			prev = hashLine(entry);
			return entry;
		});
		writeFileSync(path, `${forged.join("\n")}\n`);
		expect((await floor.log.verify()).bad).toBeUndefined();
		expect((await floor.log.verify([noted])).bad).toMatchObject({ seq: count });
	});
});

describe("what is bad is not counted as verified:", () => {
	test("an entry that its successor shows to be changed", async () => {
		const { change, floor } = await aLog([]);
		const { hash } = headIn(floor, 4);
		change((lines, at) => lines.with(at(5), lines[at(5)]?.replace("warning", "note   ") ?? ""));
		expect(await floor.log.verify()).toMatchObject({ bad: { seq: 5 }, entries: 4, first: 1, head: { seq: 4, hash } });
	});

	test("the first entry", async () => {
		const { change, floor } = await aLog([]);
		change((lines, at) => lines.with(at(1), lines[at(1)]?.replace("warning", "note   ") ?? ""));
		expect(await floor.log.verify()).toMatchObject({ bad: { seq: 1 }, entries: 0, first: 0, head: { seq: 0 } });
	});

	test("an entry that a noted head contradicts", async () => {
		const { floor } = await aLog([]);
		const forged = { seq: 6, hash: "f".repeat(64) };
		expect(await floor.log.verify([forged])).toMatchObject({ bad: { seq: 6 }, entries: 5, head: { seq: 5 } });
	});
});

test("of two heads noted for one entry both must stand, whichever was noted last", async () => {
	const { floor } = await aLog([]);
	const good = (await floor.log.verify()).head;
	const forged = { seq: good.seq, hash: "f".repeat(64) };
	expect((await floor.log.verify([good, forged])).bad).toMatchObject({ seq: good.seq });
	expect((await floor.log.verify([forged, good])).bad).toMatchObject({ seq: good.seq });
});

describe("a long log", () => {
	test("leaves the process its turns while it is verified", async () => {
		const { floor, bytes } = await aLongLog();
		let turns = 0;
		let over = false;
		const verifying = floor.log.verify().finally(() => {
			over = true;
		});
		for (; !over; turns++) await new Promise((resolve) => setImmediate(resolve));
		expect((await verifying).bad).toBeUndefined();
		expect(turns).toBeGreaterThan(bytes / 2 ** 19);
	});

	test("is left in the middle when the process is to end", async () => {
		const { floor } = await aLongLog();
		const stop = new AbortController();
		const verifying = floor.log.verify([], stop.signal);
		stop.abort(new Error("enough"));
		await expect(verifying).rejects.toThrow("enough");
	});

	test("that was replaced meanwhile is read anew: the old file may hold late writes", async () => {
		const { floor, path, bytes } = await aLongLog();
		const old = openSync(path, "a");
		onTestFinished(() => closeSync(old));
		const verifying = floor.log.verify();
		copyFileSync(path, `${path}.copy`);
		renameSync(`${path}.copy`, path);
		appendFileSync(old, readFileSync(path).subarray(bytes / 2));
		expect((await verifying).bad).toBeUndefined();
	});

	async function aLongLog() {
		const stateDir = tempDir();
		const floor = openFloor({ stateDir, segmentBytes: Number.POSITIVE_INFINITY });
		onTestFinished(() => floor.close());
		await floor.log.append(Array.from({ length: 2_000 }, () => aDraft("x".repeat(1_000))));
		const path = logFiles(stateDir).open;
		return { floor, path, bytes: statSync(path).size };
	}
});

test("verification while others append and seal never finds fault", async () => {
	const stateDir = tempDir();
	const floor = openFloor({ stateDir });
	onTestFinished(() => floor.close());
	const writing = (async () => {
		for (let turn = 0; turn < 60; turn++) {
			await floor.log.append([aDraft(), aDraft()]);
			if (turn % 5 === 0) await floor.log.seal(0);
		}
	})();
	let over = false;
	void writing.finally(() => {
		over = true;
	});
	while (!over) {
		expect(await verifyLog(logFiles(stateDir))).not.toHaveProperty("bad");
		await new Promise((resolve) => setImmediate(resolve));
	}
	await writing;
	expect((await floor.log.verify()).entries).toBeGreaterThan(120);
});

function headIn({ stateDir }: { readonly stateDir: string }, seq: number): Head {
	const line = readFileSync(logFiles(stateDir).open, "utf8").split("\n")[seq - 1] ?? "";
	return { seq, hash: hashLine(line) };
}

/** Entries 1 to 9, checkpoints among them where it was sealed. */
async function aLog(sealedAfter: readonly number[]) {
	const stateDir = tempDir();
	const floor = openFloor({ stateDir });
	onTestFinished(() => floor.close());
	for (let seq = 1; seq <= count; ) {
		await floor.log.append([
			{ type: "alert", by: "tester", data: { code: "test", severity: "warning", message: `entry ${seq}` } },
		]);
		if (sealedAfter.includes(seq)) {
			expect(await floor.log.seal(0)).toBe(true);
			seq++;
		}
		seq++;
	}
	const files = logFiles(stateDir);
	const path = join(stateDir, "experiment-log.jsonl");
	return {
		floor,
		path,
		verify: async () => (await verifyLog(files)).bad,
		/** Changes the lines of all segments as if they were one file; `at` finds the line of an entry. */
		change(how: (lines: string[], at: (seq: number) => number) => string[]): void {
			const paths = [...sealedSegments(files).map((segment) => segment.path), files.open];
			const parts = paths.map((one) => readFileSync(one, "utf8").trimEnd().split("\n"));
			const changed = how(parts.flat(), (seq) => seq - 1);
			for (const [index, one] of paths.entries()) {
				const size = index === paths.length - 1 ? changed.length : (parts[index]?.length ?? 0);
				const mine = changed.splice(0, size);
				writeFileSync(one, mine.map((line) => `${line}\n`).join(""));
			}
		},
	};
}
