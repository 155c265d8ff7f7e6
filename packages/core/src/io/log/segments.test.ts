/** A log that has grown old: many segments, some of them moved away. */
import { copyFileSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Entry } from "../../model/entry.ts";
import { emptyState, fold } from "../../model/factory-state.ts";
import { aDraft, draftOf, first, messages } from "../../testing/a-draft.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { tempDir } from "../../testing/temp-dir.ts";
import type { Clock } from "../clock.ts";
import { openFloor } from "../floor.ts";

test("LOG-12: a log of many segments reads, counts and follows as one", async () => {
	const { floor, texts } = await anOldLog();
	const entries = await all(floor.log);
	expect(messages(entries)).toEqual(texts);
	expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, index) => index + 1));
	expect(messages(await first(floor.log.follow(1, new AbortController().signal), entries.length))).toEqual(texts);
	expect(messages(await floor.log.last(25, { type: ["alert"] }))).toEqual(texts.slice(-25));
	expect(await floor.log.verify()).toMatchObject({ segments: 11, entries: entries.length, rubbish: [] });
	for (const from of [1, 2, 11, 12, 13, 60, entries.length, entries.length + 1])
		expect(await all(floor.log, from)).toEqual(entries.slice(from - 1));
});

test("LOG-12: a log of many entries goes on being sealed", async () => {
	const floor = openFloor({ stateDir: tempDir() });
	onTestFinished(() => floor.close());
	for (let age = 0; age < 6; age++) {
		await floor.log.append(Array.from({ length: 2_500 }, () => aDraft("one of many")));
		expect(await floor.log.seal(0)).toBe(true);
	}
});

test("LOG-12: where segments were moved away, the checkpoint that follows stands in for them", async () => {
	const { floor, stateDir, texts } = await anOldLog();
	const whole = await all(floor.log);
	const archive = join(tempDir(), "archive");
	mkdirSync(archive);
	const sealed = readdirSync(join(stateDir, "sealed")).sort();
	for (const name of sealed.slice(0, 4)) renameSync(join(stateDir, "sealed", name), join(archive, name));
	const left = await all(floor.log);
	expect(left[0]?.type).toBe("checkpoint");
	expect(messages(left)).toEqual(texts.slice(40));
	expect(left.reduce(fold, emptyState)).toEqual(whole.reduce(fold, emptyState));
	expect(await floor.log.verify()).toMatchObject({ first: left[0]?.seq, rubbish: [] });
	expect((await floor.log.verify()).bad).toBeUndefined();
	expect(messages(await floor.log.last(1_000))).toEqual(texts.slice(40));
	await floor.log.append([aDraft("later")]);
	expect(await floor.log.seal(0)).toBe(true);
	expect((await floor.log.verify()).bad).toBeUndefined();

	for (const name of sealed.slice(0, 4)) renameSync(join(archive, name), join(stateDir, "sealed", name));
	expect(messages(await all(floor.log))).toEqual([...texts, "later"]);
});

test("a hole in the middle, where a segment was moved away, is passed over by readers and named by verification", async () => {
	const { floor, stateDir, texts } = await anOldLog();
	const name = readdirSync(join(stateDir, "sealed")).sort()[4] ?? "";
	rmSync(join(stateDir, "sealed", name));
	expect(messages(await all(floor.log))).toEqual([...texts.slice(0, 40), ...texts.slice(50)]);
	expect((await floor.log.verify()).bad).toMatchObject({ seq: Number.parseInt(name, 10) });
});

test("a log whose open segment is gone goes on where the sealed history ends, and says so", async () => {
	const { floor, stateDir } = await anOldLog();
	const head = (await floor.log.verify()).head;
	rmSync(join(stateDir, "experiment-log.jsonl"));
	await floor.log.append([aDraft("after")]);
	const told = (await floor.log.last(2))[0];
	expect(told).toMatchObject({ by: "floor", data: { code: "log-missing" } });
	expect((await floor.log.verify()).bad).toBeUndefined();
	expect((await floor.log.verify([head])).bad).toBeDefined();
});

test("an id is known through any number of seals, until a mebibyte has been written since", async () => {
	const floor = aFloor();
	const once = { ...aDraft("once"), id: "once" };
	const [written] = await floor.log.append([once]);
	for (let seals = 0; seals < 5; seals++) {
		await floor.log.seal(0);
		expect(await floor.log.append([once])).toEqual([written]);
		await floor.log.append([aDraft("between")]);
	}
	const filler = Array.from({ length: 1_000 }, () => aDraft("x".repeat(1_500)));
	await floor.log.append(filler);
	await floor.log.seal(0);
	const [again] = await floor.log.append([once]);
	expect(again?.seq).not.toBe(written?.seq);
});

test("an id is known when a sealer died between the two names, and when the segment was written anew", async () => {
	const stateDir = tempDir();
	const floor = aFloor({ stateDir });
	const once = { ...aDraft("once"), id: "once" };
	const [written] = await floor.log.append([once]);
	await floor.log.seal(0);
	const [{ seq = 0 } = {}] = await floor.log.last(1);
	const open = join(stateDir, "experiment-log.jsonl");
	copyFileSync(open, join(stateDir, "sealed", `${String(seq).padStart(12, "0")}.jsonl`));
	expect(await aFloor({ stateDir }).log.append([once])).toEqual([written]);
	await floor.log.append([aDraft("another")]);
	expect(await floor.log.seal(0)).toBe(true);
	expect(await floor.log.verify()).toMatchObject({ entries: 4, segments: 3, rubbish: [] });
	expect((await floor.log.verify()).bad).toBeUndefined();
});

test("LOG-13: wherever the wall clock jumps, entries stand in order and say the time that was told", async () => {
	const clock = fakeClock(Date.UTC(2038, 0, 19, 3, 14, 7));
	const floor = aFloor({ clock });
	const texts = [];
	for (const jump of [0, 3_600_000, -7_200_000, 1_000, 366 * 86_400_000 * 100, -1_000]) {
		clock.jump(jump);
		texts.push(`after ${jump}`);
		await floor.log.append([aDraft(`after ${jump}`)]);
		await floor.log.seal(0);
	}
	const entries = (await all(floor.log)).filter(({ type }) => type === "alert");
	expect(messages(entries)).toEqual(texts);
	expect(messages(await floor.log.last(3, { type: ["alert"] }))).toEqual(texts.slice(-3));
	expect(entries.map(({ ts }) => ts.slice(0, 13))).toEqual([
		"2038-01-19T03",
		"2038-01-19T04",
		"2038-01-19T02",
		"2038-01-19T02",
		"2138-04-05T02",
		"2138-04-05T02",
	]);
	expect((await floor.log.verify()).bad).toBeUndefined();
});

async function anOldLog() {
	const stateDir = tempDir();
	const floor = aFloor({ stateDir });
	const texts: string[] = [];
	for (let segment = 0; segment < 10; segment++) {
		const batch = Array.from({ length: 10 }, (_, index) => `${segment}.${index}`);
		await floor.log.append(batch.map((text) => aDraft(text)));
		await floor.log.append([draftOf("resumed", { scope: "all" })]);
		texts.push(...batch);
		expect(await floor.log.seal(0)).toBe(true);
	}
	return { floor, stateDir, texts };
}

function aFloor({ stateDir = tempDir(), clock }: { stateDir?: string; clock?: Clock } = {}) {
	const floor = openFloor({ stateDir, ...(clock && { clock }) });
	onTestFinished(() => floor.close());
	return floor;
}

async function all(log: { read(from: number): AsyncIterable<Entry> }, from = 1): Promise<Entry[]> {
	const entries = [];
	for await (const entry of log.read(from)) entries.push(entry);
	return entries;
}
