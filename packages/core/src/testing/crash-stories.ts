/**
 * The stories that crash points are swept over: a program does something to a floor and is ended, or stopped for a
 * while, in the middle. And what must hold afterwards, whatever the point was.
 */
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect } from "vitest";
import { type FileFloor, openFloor } from "../io/floor.ts";
import { leftovers, sweep } from "../io/leftovers.ts";
import { FileLock } from "../io/lock/file-lock.ts";
import { logFiles } from "../io/log/files.ts";
import type { Verification } from "../io/log/verify.ts";
import { myIdentity } from "../io/process-identity.ts";
import { aDraft } from "./a-draft.ts";
import { type Program, startProgram } from "./program.ts";
import { tempDir } from "./temp-dir.ts";

export interface Story {
	readonly program: readonly [name: string, ...args: string[]];
	/** What the program finds. */
	readonly before?: (stateDir: string) => Promise<void>;
	/** What the record `counter` counts when the story begins. */
	readonly counted?: number;
	/** It waits until a lock that nobody gives back counts as abandoned, which takes seconds. */
	readonly slow?: true;
}

/** The process id is larger than any that the kernel gives. */
const nobody = "4194305-1-0-0-1";

export const stories: Readonly<Record<string, Story>> = {
	"appending to the log": { program: ["append-all-kinds.mjs"] },
	"appending behind a torn tail": { program: ["append.mjs", "writer", "1"], before: tearTail },
	"appending to a log that is to be written anew": { program: ["append.mjs", "writer", "1"], before: distrust },
	"appending behind a dead holder of the lock": {
		program: ["append.mjs", "writer", "1"],
		before: async (stateDir) => lockOf(stateDir, "log", nobody),
	},
	"appending behind a holder of the lock that stands still": {
		program: ["append.mjs", "writer", "1"],
		before: async (stateDir) => lockOf(stateDir, "log", `${myIdentity()}-still`),
		slow: true,
	},
	"sealing the log": { program: ["seal.mjs", "first"] },
	"sealing behind a sealer that died between the two names": { program: ["seal.mjs", "second"], before: halfSealed },
	"updating a record": { program: ["count.mjs", "2"] },
	"updating a record that somebody broke": { program: ["count.mjs", "1"], before: breakRecord, counted: 1 },
	"taking a lease over from the dead": { program: ["hold-lease.mjs", "60000"], before: deadLease },
};

/** A story that can be begun again and again, each time with a floor of its own. */
export async function stage(story: Story): Promise<Stage> {
	const template = tempDir();
	await story.before?.(template);
	const begin: Stage["begin"] = (preload) => {
		const stateDir = tempDir();
		cpSync(template, stateDir, { recursive: true });
		const [name, ...args] = story.program;
		const program = startProgram(name, [stateDir, ...args], { preload: [preload] });
		program.finish();
		return { stateDir, program };
	};
	const line = await begin("crash.mjs?how=count").program.says(/^visits /);
	return { begin, visits: new Map(Object.entries(JSON.parse(line.slice("visits ".length)))) };
}

export interface Stage {
	/** The points that the story visits, and how often, when nothing happens to it. */
	readonly visits: ReadonlyMap<string, number>;
	begin(preload: string): { readonly stateDir: string; readonly program: Program };
}

/**
 * Everything that was acknowledged stands, the floor serves the next one, and nothing is left behind. Returns how long
 * the next one had to wait, in milliseconds.
 */
export async function expectWhole(stateDir: string, said: readonly string[]): Promise<number> {
	const floor = openFloor({ stateDir });
	try {
		expectGood(await floor.log.verify());
		const begun = performance.now();
		const later = await useEverything(floor);
		const waited = performance.now() - begun;
		await expectAcknowledged(floor, [...said, ...later]);
		expectGood(await floor.log.verify());
		expect((await floor.log.verify()).tornBytes).toBe(0);
		await floor.close();
		sweep(leftovers(stateDir));
		expect(temporaries(stateDir)).toEqual([]);
		return waited;
	} finally {
		await floor.close();
	}
}

function expectGood({ bad, rubbish }: Verification): void {
	expect({ bad, rubbish }).toEqual({ bad: undefined, rubbish: [] });
}

/** What somebody else does to the floor while the program stands still, or after it died; says it as programs do. */
export async function useEverything(floor: FileFloor): Promise<string[]> {
	const said = [await append(floor, "by another")];
	await floor.records.update("counter", plusOne);
	await (await floor.leases.hold("stool", { slots: 1, ttlMs: 60_000 })).release();
	// Whoever seals already may be dead, or may stand still.
	while (!(await floor.log.seal(0))) await setTimeout(50);
	return [...said, await append(floor, "by another, later")];
}

async function append({ log }: FileFloor, text: string): Promise<string> {
	const [entry] = await log.append([aDraft(text)]);
	return `ack ${entry?.seq} ${text}`;
}

function plusOne({ value }: { readonly value: unknown }): { count: number } {
	return { count: ((value as { count?: number } | undefined)?.count ?? 0) + 1 };
}

async function expectAcknowledged(floor: FileFloor, said: readonly string[]): Promise<void> {
	const standing = new Map<number, string>();
	for await (const { seq, data } of floor.log.read(1)) standing.set(seq, textOf(data));
	for (const [, seq, text] of matching(said, /^ack (\d+) (.+)$/)) expect(standing.get(Number(seq))).toBe(text);
	for (const [, count] of matching(said, /^ack (\d+)$/)) {
		const { value } = await floor.records.get("counter");
		expect((value as { count: number }).count).toBeGreaterThan(Number(count));
	}
	for (const [, epoch] of matching(said, /^held (\d+)$/)) {
		const next = await floor.leases.hold("seat", { slots: 1, ttlMs: 60_000 });
		await next.release();
		expect(next.epoch).toBeGreaterThan(Number(epoch));
	}
}

export function matching(said: readonly string[], pattern: RegExp): RegExpExecArray[] {
	return said.map((line) => pattern.exec(line)).filter((found) => found !== null);
}

function textOf(data: object): string {
	const { message, title } = data as { message?: string; title?: string };
	return message ?? title ?? "";
}

/** What no floor at rest holds. */
function temporaries(stateDir: string): string[] {
	return readdirSync(stateDir, { recursive: true, encoding: "utf8" }).filter(
		(path) => path.endsWith(".tmp") || /^locks\/([^/]+$(?<!\.book|\.line|^locks\/\.cards)|.+\/)/.test(path),
	);
}

async function tearTail(stateDir: string): Promise<void> {
	await withFloor(stateDir, ({ log }) => log.append([aDraft("first")]));
	writeFileSync(logFiles(stateDir).open, '{"seq":2,"ts":"2026-', { flag: "a" });
}

async function distrust(stateDir: string): Promise<void> {
	await withFloor(stateDir, ({ log }) => log.append([aDraft("first")]));
	new FileLock(logFiles(stateDir).lock).distrust();
}

async function lockOf(stateDir: string, name: string, owner: string): Promise<void> {
	await withFloor(stateDir, ({ log }) => log.append([aDraft("first")]));
	for (const place of [name, `${name}.book/${owner}`]) writeFileSync(join(stateDir, "locks", place), owner);
}

async function halfSealed(stateDir: string): Promise<void> {
	const program = startProgram("seal.mjs", [stateDir, "first"], {
		preload: ["crash.mjs?how=kill&at=seal.rename.before@1"],
	});
	expect((await program.ended).signal).toBe("SIGKILL");
}

async function breakRecord(stateDir: string): Promise<void> {
	await withFloor(stateDir, ({ records }) => records.update("counter", plusOne));
	const path = join(stateDir, "counter.json");
	writeFileSync(path, readFileSync(path, "utf8").slice(0, -10));
}

async function deadLease(stateDir: string): Promise<void> {
	const holder = startProgram("hold-lease.mjs", [stateDir, "60000"]);
	await holder.says(/held/);
	holder.kill();
	await holder.ended;
}

async function withFloor(stateDir: string, work: (floor: FileFloor) => Promise<unknown>): Promise<void> {
	const floor = openFloor({ stateDir });
	await work(floor);
	await floor.close();
}
