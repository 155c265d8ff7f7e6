import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { aDraft, messages } from "../testing/a-draft.ts";
import { expectWhole, matching } from "../testing/crash-stories.ts";
import { needs } from "../testing/needs.ts";
import { type Program, startProgram, until } from "../testing/program.ts";
import { expectQuick } from "../testing/quickly.ts";
import { tempDir } from "../testing/temp-dir.ts";
import { openFloor } from "./floor.ts";
import { isGone, myIdentity } from "./process-identity.ts";

describe("LCK-01: when a holder is killed, the next one is there in less than a second:", () => {
	test("the log's lock", async () => {
		const { floor, stateDir } = aFloor();
		let entries = 0;
		await takeOverQuickly(
			() => startProgram("append.mjs", [stateDir, "holder", "1"], dyingAt("append.write.before")),
			async () => {
				entries += (await floor.log.append([aDraft()])).length;
			},
		);
		expect(await floor.log.verify()).toMatchObject({ entries, rubbish: [] });
	});

	test("a record's lock", async () => {
		const { floor, stateDir } = aFloor();
		await takeOverQuickly(
			() => startProgram("count.mjs", [stateDir, "1"], dyingAt("replace.rename.before")),
			() => floor.records.update("counter", () => ({ count: 0 })),
		);
	});

	test("a lease", async () => {
		const { floor, stateDir } = aFloor();
		let waiting: Promise<unknown> | undefined;
		await takeOverQuickly(
			() => {
				const holder = startProgram("hold-lease.mjs", [stateDir, "600000"]);
				void holder.says(/held/).then(() => {
					waiting = floor.leases.hold("seat", { slots: 1, ttlMs: 600_000 }).then((lease) => lease.release());
					holder.kill();
				});
				return holder;
			},
			async () => await waiting,
		);
	});

	async function takeOverQuickly(holder: () => Program, next: () => Promise<unknown>): Promise<void> {
		for (let time = 0; time < 5; time++)
			await expectQuick(1_000, async () => {
				expect((await holder().ended).signal).toBe("SIGKILL");
				const begun = performance.now();
				await next();
				return performance.now() - begun;
			});
	}
});

test("LCK-02: who held a lease and stood still past its time finds out before it writes", async () => {
	const { floor, stateDir } = aFloor();
	const holder = startProgram("hold-lease.mjs", [stateDir, "500"]);
	await holder.says(/held 1/);
	holder.tell("still?");
	await holder.says(/good/);
	holder.kill("SIGSTOP");
	await holder.stopped();
	const lease = await floor.leases.hold("seat", { slots: 1, ttlMs: 60_000 });
	expect(lease.epoch).toBe(2);
	holder.kill("SIGCONT");
	holder.tell("still?");
	await holder.says(/lease-lost/);
	holder.finish();
	expect((await holder.ended).code).toBe(0);
	await lease.check();
	await lease.release();
});

describe("LCK-03: a lock removed by hand while its holder is in the middle leads to no double write,", () => {
	test.each([
		["the lock", "locks/log"],
		["all of the locks", "locks"],
	])("%s of the log", async (_what, removed) => {
		const { floor, stateDir } = aFloor();
		await floor.log.append([aDraft("before")]);
		const holder = startProgram("append.mjs", [stateDir, "holder", "2"], stoppingAt("append.write.before"));
		await holder.stopped();
		rmSync(join(stateDir, removed), { recursive: true });
		await floor.log.append([aDraft("another")]);
		holder.kill("SIGCONT");
		expect(await holder.ended, holder.complaints()).toEqual({ code: 0, signal: null });
		expect(messages(await floor.log.last(10))).toEqual(["before", "another", "holder 1.0", "holder 2.0"]);
		expect(await floor.log.verify()).toMatchObject({ entries: 4, rubbish: [] });
	});

	test("the lock of a record", async () => {
		const { floor, stateDir } = aFloor();
		const holder = startProgram("count.mjs", [stateDir, "2"], stoppingAt("replace.rename.before"));
		await holder.stopped();
		rmSync(join(stateDir, "locks/counter"), { recursive: true });
		await floor.records.update("counter", () => ({ count: 10 }));
		holder.kill("SIGCONT");
		expect(await holder.ended, holder.complaints()).toEqual({ code: 0, signal: null });
		expect(await floor.records.get("counter")).toEqual({ revision: 3, value: { count: 12 } });
	});
});

test("LCK-03: a lock that is removed while it is being taken is taken again", async () => {
	const { floor, stateDir } = aFloor();
	const writer = startProgram("append.mjs", [stateDir, "writer", "1"], stoppingAt("lock.published"));
	await writer.stopped();
	rmSync(join(stateDir, "locks/log"));
	await floor.log.append([aDraft("another")]);
	writer.kill("SIGCONT");
	expect(await writer.ended, writer.complaints()).toEqual({ code: 0, signal: null });
	expect(messages(await floor.log.last(9))).toEqual(["another", "writer 1.0"]);
});

test("LCK-03: who lost a lock with its folder does not take another's for its own, whatever inodes the disk gives out", async () => {
	for (let time = 0; time < 3; time++) {
		// Nobody else has a card here whose inode could be given out instead.
		const stateDir = tempDir();
		const late = startProgram("append.mjs", [stateDir, "late", "1"], stoppingAt("append.write.before"));
		await late.stopped();
		rmSync(join(stateDir, "locks"), { recursive: true });
		const other = startProgram("append.mjs", [stateDir, "other", "2"], {
			preload: ["crash.mjs?how=stop&at=append.write.before@2"],
		});
		await other.stopped();
		late.kill("SIGCONT");
		// It must find out that the lock is the other's, and wait for it.
		await until(() => waiting(stateDir) > 0);
		expect(late.said).toEqual([]);
		other.kill("SIGCONT");
		expect(await Promise.all([late.ended, other.ended])).toEqual([good, good]);
		await expectWhole(stateDir, [...late.said, ...other.said]);
	}
});

test("LCK-04: processes whose clocks are a minute wrong work beside the others", async () => {
	const { floor, stateDir } = aFloor();
	const skews = [60_000, -60_000, 0, 0];
	const programs = skews.map((ms, index) =>
		startProgram("contend.mjs", [stateDir, `writer-${index}`, "40"], { preload: [`skew-clock.mjs?ms=${ms}`] }),
	);
	await contend(floor, programs, 40);
});

test("LCK-06: of sixteen that want the lock at once, forty times each, none is refused and none waits for long", async () => {
	const { floor, stateDir } = aFloor();
	const programs = Array.from({ length: 16 }, (_, index) =>
		startProgram("contend.mjs", [stateDir, `writer-${index}`, "40"]),
	);
	const waited = await contend(floor, programs, 40);
	expect(Math.max(...waited)).toBeLessThan(2_000);
});

test("two floors of one process share a directory, and one may close while the other works", async () => {
	const { floor, stateDir } = aFloor();
	const other = openFloor({ stateDir });
	const both = Array.from({ length: 40 }, (_, index) => [
		floor.log.append([aDraft(`one ${index}`)]),
		other.log.append([aDraft(`other ${index}`)]),
		floor.records.update("counter", count),
		other.records.update("counter", count),
	]).flat();
	await other.close();
	await Promise.all(both);
	await floor.log.append([aDraft("after")]);
	expect(await floor.log.verify()).toMatchObject({ entries: 81, rubbish: [] });
	expect((await floor.records.get("counter")).value).toEqual({ count: 80 });
});

test("WAT-03: who cannot hear that it is called gets the lock all the same", async (context) => {
	needs(context, "strace");
	const { floor, stateDir } = aFloor();
	await floor.log.append([aDraft("before")]);
	const holder = startProgram("append.mjs", [stateDir, "holder", "1"], stoppingAt("append.write.before"));
	await holder.stopped();
	const inject = ["-e", "trace=inotify_add_watch", "-e", "inject=inotify_add_watch:error=ENOSPC"];
	const deaf = startProgram("append.mjs", [stateDir, "deaf", "1"], {
		under: ["strace", "-f", "-qqq", "-o", "/dev/null", ...inject],
	});
	await until(() => waiting(stateDir) > 0);
	holder.kill("SIGCONT");
	expect(await Promise.all([holder.ended, deaf.ended])).toEqual([good, good]);
	expect((await floor.log.verify()).rubbish).toEqual([]);
	expect([...holder.said, ...deaf.said].filter((line) => line.startsWith("ack"))).toHaveLength(2);
});

test("who is busy with something else, right after its append, holds nobody up", async () => {
	const { floor, stateDir } = aFloor();
	await floor.log.append([aDraft("before")]);
	const busy = startProgram("append-and-block.mjs", [stateDir, "4000"]);
	await busy.says(/ack/);
	const begun = performance.now();
	await floor.log.append([aDraft("meanwhile")]);
	expect(performance.now() - begun).toBeLessThan(1_000);
	expect((await busy.ended).code).toBe(0);
	expect(messages(await floor.log.last(10))).toEqual(["before", "busy", "meanwhile", "busy"]);
});

describe("LCK-07: whether a holder is gone", () => {
	const [pid, start, boot, namespace] = myIdentity().split("-");

	test.each([
		["one that lives is not", [pid, start, boot, namespace], false],
		["one with the same process id from before the last boot is", [pid, start, "0123456789ab", namespace], true],
		["one with the same process id that started at another time is", [pid, "1", boot, namespace], true],
		["one that died is", ["4194305", start, boot, namespace], true],
		["one in another container cannot be told", [pid, "1", boot, "1"], false],
		["one without a readable name cannot be told", ["who", "knows"], false],
	])("%s", (_who, parts, gone) => {
		expect(isGone([...parts, "x1"].join("-"))).toBe(gone);
	});

	test("decides at once who gets its lock", async () => {
		const { floor, stateDir } = aFloor();
		for (const owner of [`${pid}-${start}-0123456789ab-${namespace}-x1`, `${pid}-1-${boot}-${namespace}-x1`]) {
			writeFileSync(join(stateDir, "locks/log"), owner);
			const begun = performance.now();
			await floor.log.append([aDraft()]);
			expect(performance.now() - begun).toBeLessThan(1_000);
		}
	});
});

function waiting(stateDir: string): number {
	const line = join(stateDir, "locks/log.line");
	return existsSync(line) ? readdirSync(line).length : 0;
}

const good = { code: 0, signal: null };

function count({ value }: { readonly value: unknown }): { readonly count: number } {
	return { count: ((value as { count?: number } | undefined)?.count ?? 0) + 1 };
}

async function contend(floor: ReturnType<typeof openFloor>, programs: Program[], times: number): Promise<number[]> {
	await Promise.all(programs.map((program) => program.says(/ready/)));
	for (const program of programs) program.tell("go");
	const ends = await Promise.all(programs.map((program) => program.ended));
	expect(programs.map((program) => program.complaints()).join("")).toBe("");
	expect(ends).toEqual(programs.map(() => ({ code: 0, signal: null })));
	const acks = programs.flatMap((program) => matching(program.said, /^ack (\d+) (.+)$/));
	expect(acks).toHaveLength(programs.length * times);
	const standing = new Map(
		(await floor.log.last(10_000)).map(({ seq, data }) => [seq, (data as { message: string }).message]),
	);
	for (const [, seq, text] of acks) expect(standing.get(Number(seq))).toBe(text);
	expect(await floor.log.verify()).toMatchObject({ entries: acks.length, rubbish: [] });
	expect((await floor.log.verify()).bad).toBeUndefined();
	return programs.flatMap((program) => matching(program.said, /^waited (\d+)$/).map(([, ms]) => Number(ms)));
}

function dyingAt(point: string) {
	return { preload: [`crash.mjs?how=kill&at=${point}@1`] };
}

function stoppingAt(point: string) {
	return { preload: [`crash.mjs?how=stop&at=${point}@1`] };
}

function aFloor() {
	const stateDir = tempDir();
	const floor = openFloor({ stateDir });
	onTestFinished(() => floor.close());
	return { floor, stateDir };
}
