/**
 * LCK-02: a process is stopped at every named point of every story, for longer than its lock lasts. Others go on
 * meanwhile; what it does when it wakes up must neither undo theirs nor be done twice.
 */
import { readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { aDraft, messages } from "../testing/a-draft.ts";
import { expectWhole, matching, type Stage, stage, stories, useEverything } from "../testing/crash-stories.ts";
import { inParallel } from "../testing/in-parallel.ts";
import { startProgram, until } from "../testing/program.ts";
import { sampled } from "../testing/sampled.ts";
import { tempDir } from "../testing/temp-dir.ts";
import { openFloor } from "./floor.ts";
import { FileLock } from "./lock/file-lock.ts";
import { logFiles } from "./log/files.ts";

const good = { code: 0, signal: null };

/** All at once: most of the time they stand still. */
const atOnce = 24;

test("LCK-02: wherever a process stands still, it neither undoes what others did nor does its own twice", {
	timeout: 90_000,
}, async () => {
	const quick = Object.entries(stories).filter(([, { slow }]) => !slow);
	const staged = await Promise.all(
		quick.map(async ([name, { counted = 0, ...story }]) => ({ name, counted, ...(await stage(story)) })),
	);
	const places = staged.flatMap(({ visits, ...one }) =>
		[...visits].map(([point, count]) => ({ ...one, point, count })),
	);
	await inParallel(
		atOnce,
		sampled(places, ({ point }) => point),
		async ({ name, begin, counted, point, count }) => {
			const { stateDir, program, stop } = await beginAndStop(begin, point, count);
			try {
				const meanwhile = await othersGoOn(stateDir);
				program.kill("SIGCONT");
				expect(await program.ended, program.complaints()).toEqual(good);
				await expectWhole(stateDir, [...program.said, ...meanwhile]);
				await expectOnce(stateDir, program.said, counted);
			} catch (cause) {
				throw new Error(`${name}, after standing still at ${stop}: ${(cause as Error).message}`, { cause });
			}
		},
	);
});

/** At the last visit, because by then the process has got used to how things are; it may come one time less. */
async function beginAndStop(begin: Stage["begin"], point: string, count: number) {
	for (const visit of [count, 1]) {
		const stop = `${point}@${visit}`;
		const { stateDir, program } = begin(`crash.mjs?how=stop&at=${stop}`);
		if (await program.stopped()) return { stateDir, program, stop };
	}
	throw new Error(`it did not stop at ${point}`);
}

async function othersGoOn(stateDir: string): Promise<string[]> {
	const floor = openFloor({ stateDir });
	const said = await useEverything(floor);
	await floor.close();
	return said;
}

/** Each acknowledgement stands once, and the count is what it was, what the others added, and what was acknowledged. */
async function expectOnce(stateDir: string, said: readonly string[], counted: number): Promise<void> {
	const floor = openFloor({ stateDir });
	const texts: string[] = [];
	for await (const { data } of floor.log.read(1)) texts.push((data as { message?: string }).message ?? "");
	for (const text of new Set(matching(said, /^ack (\d+) (?!larger than)(.+)$/).map(([, , text]) => text)))
		expect(texts.filter((one) => one === text)).toEqual([text]);
	const counts = matching(said, /^ack (\d+)$/).map(([, count]) => count);
	expect(new Set(counts).size).toBe(counts.length);
	const others = 2;
	const { value } = await floor.records.get("counter");
	expect((value as { count: number }).count).toBe(counted + others + counts.length);
	await floor.close();
}

test("LCK-02: what a holder writes while it is being fenced stands once, and nobody read it in vain", async () => {
	const stateDir = tempDir();
	const floor = openFloor({ stateDir });
	const seen: string[] = [];
	const stop = new AbortController();
	const following = (async () => {
		for await (const { seq, data } of floor.log.follow(1, stop.signal))
			seen.push(`${seq} ${(data as { message: string }).message}`);
	})();
	await floor.log.append([aDraft("before")]);
	const late = startProgram("append.mjs", [stateDir, "late", "1"], stoppingAt("append.write.before"));
	await late.stopped();
	const fencing = startProgram("append.mjs", [stateDir, "fencing", "1"], stoppingAt("fence.rename.before"));
	await fencing.stopped();
	late.kill("SIGCONT");
	await until(() => seen.includes("2 late 1.0"));
	fencing.kill("SIGCONT");
	expect(await Promise.all([late.ended, fencing.ended])).toEqual([good, good]);
	expect([...late.said, ...fencing.said].sort()).toEqual(["ack 2 late 1.0", "ack 3 fencing 1.0"]);
	await until(() => seen.length === 3);
	stop.abort();
	await following;
	expect(seen).toEqual(["1 before", "2 late 1.0", "3 fencing 1.0"]);
	expect(messages(await floor.log.last(9))).toEqual(["before", "late 1.0", "fencing 1.0"]);
	await floor.close();
});

test("LCK-02: who takes the lock from the dead too late takes it from one that works, and neither is lost", async () => {
	const stateDir = tempDir();
	const floor = openFloor({ stateDir });
	await floor.log.append([aDraft("before")]);
	writeFileSync(join(stateDir, "locks/log"), "4194305-1-0-0-1");
	const late = startProgram("append.mjs", [stateDir, "late", "1"], stoppingAt("lock.evict.before"));
	expect(await late.stopped()).toBe(true);
	const holder = startProgram("append.mjs", [stateDir, "holder", "1"], stoppingAt("append.write.before"));
	expect(await holder.stopped()).toBe(true);
	late.kill("SIGCONT");
	expect(await late.ended, late.complaints()).toEqual(good);
	await floor.log.append([aDraft("another")]);
	holder.kill("SIGCONT");
	expect(await holder.ended, holder.complaints()).toEqual(good);
	expect(messages(await floor.log.last(9))).toEqual(["before", "late 1.0", "another", "holder 1.0"]);
	await expectWhole(stateDir, [...late.said, ...holder.said]);
	await floor.close();
});

test("LCK-02: who takes it too late, while the other is only coming in, lets that one come again", async () => {
	const stateDir = tempDir();
	const floor = openFloor({ stateDir });
	await floor.log.append([aDraft("before")]);
	writeFileSync(join(stateDir, "locks/log"), "4194305-1-0-0-1");
	const late = startProgram("append.mjs", [stateDir, "late", "1"], stoppingAt("lock.evict.before", "lock.signed-in"));
	expect(await late.stopped()).toBe(true);
	const holder = startProgram("append.mjs", [stateDir, "holder", "1"], stoppingAt("lock.acquired"));
	expect(await holder.stopped()).toBe(true);
	late.kill("SIGCONT");
	expect(await late.stopped()).toBe(true);
	holder.kill("SIGCONT");
	late.kill("SIGCONT");
	expect(await Promise.all([late.ended, holder.ended]), late.complaints() + holder.complaints()).toEqual([good, good]);
	await expectWhole(stateDir, [...late.said, ...holder.said]);
	await floor.close();
});

test("LCK-02: a fence whose copy was taken away by another one never puts an empty log in place", async () => {
	const stateDir = tempDir();
	const said = await othersGoOn(stateDir);
	new FileLock(logFiles(stateDir).lock).distrust();
	const fencing = startProgram(
		"append.mjs",
		[stateDir, "fencing", "1"],
		stoppingAt("fence.open.before", "fence.adopt.before"),
	);
	expect(await fencing.stopped()).toBe(true);
	for (const name of readdirSync(stateDir)) if (name.endsWith(".tmp")) rmSync(join(stateDir, name));
	fencing.kill("SIGCONT");
	expect(await fencing.stopped()).toBe(true);
	expect(statSync(logFiles(stateDir).open).size).toBeGreaterThan(0);
	fencing.kill("SIGCONT");
	expect(await fencing.ended, fencing.complaints()).toEqual(good);
	await expectWhole(stateDir, [...said, ...fencing.said]);
});

test("LCK-02: who stands still again and again, each time after others have gone on, still writes once", async () => {
	const stateDir = tempDir();
	const stops = ["lock.signed-in", "append.write.before", "append.write.after"];
	const said = await othersGoOn(stateDir);
	const program = startProgram("append.mjs", [stateDir, "tired", "1"], stoppingAt(...stops));
	for (const _stop of stops) {
		expect(await program.stopped()).toBe(true);
		said.push(...(await othersGoOn(stateDir)));
		program.kill("SIGCONT");
	}
	expect(await program.ended, program.complaints()).toEqual(good);
	expect(program.said).toHaveLength(1);
	await expectWhole(stateDir, [...said, ...program.said]);
});

function stoppingAt(...points: readonly string[]) {
	return { preload: [`crash.mjs?how=stop${points.map((point) => `&at=${point}@1`).join("")}`] };
}
