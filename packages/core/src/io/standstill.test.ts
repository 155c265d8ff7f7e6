/**
 * LCK-02: a process is stopped at every named point of every story, for longer than its lock lasts. Others go on
 * meanwhile; what it does when it wakes up must neither undo theirs nor be done twice.
 */
import { describe, expect, test } from "vitest";
import { expectWhole, matching, type Stage, stage, stories, useEverything } from "../testing/crash-stories.ts";
import { inParallel } from "../testing/in-parallel.ts";
import { openFloor } from "./floor.ts";

const quick = Object.entries(stories).filter(([, { slow }]) => !slow);

describe("LCK-02: a process that stands still at a crash point, and goes on when others have gone on, while", () => {
	test.each(quick)("%s", { timeout: 60_000 }, async (_name, story) => {
		const { visits, begin } = await stage(story);
		await inParallel(visits.size, [...visits], async ([point, count]) => {
			const { stateDir, program, stop } = await beginAndStop(begin, point, count);
			try {
				await othersGoOn(stateDir);
				program.kill("SIGCONT");
				expect(await program.ended, program.complaints()).toEqual({ code: 0, signal: null });
				await expectWhole(stateDir, program.said);
				await expectOnce(stateDir, program.said, story.counted ?? 0);
			} catch (cause) {
				throw new Error(`after standing still at ${stop}: ${(cause as Error).message}`, { cause });
			}
		});
	});
});

/** At the last visit, because by then the process has got used to how things are; it may come one time less. */
async function beginAndStop(begin: Stage["begin"], point: string, count: number) {
	for (const visit of [count, 1]) {
		const stop = `point=${point}&visit=${visit}`;
		const { stateDir, program } = begin(`crash.mjs?how=stop&${stop}`);
		if (await program.stopped()) return { stateDir, program, stop };
	}
	throw new Error(`it did not stop at ${point}`);
}

async function othersGoOn(stateDir: string): Promise<void> {
	const floor = openFloor({ stateDir });
	await useEverything(floor);
	await floor.close();
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
