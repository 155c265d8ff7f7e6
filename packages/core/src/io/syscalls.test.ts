/** Faults at single system calls, injected by strace. What has a name in the sources is in crash-points.test.ts. */
import { statSync } from "node:fs";
import { join } from "node:path";
import { expect, type TestContext, test } from "vitest";
import { aDraft } from "../testing/a-draft.ts";
import { expectWhole } from "../testing/crash-stories.ts";
import { needs } from "../testing/needs.ts";
import { type ProgramOptions, startProgram } from "../testing/program.ts";
import { tempDir } from "../testing/temp-dir.ts";
import { openFloor } from "./floor.ts";

test.for([
	["write to the log", "write", "experiment-log.jsonl"],
	["flush", "fdatasync"],
	["making of a lock", "/^link"],
	["removal of a lock", "/^unlink"],
] as const)("LOG-02: killed at any %s of an append, what was acknowledged stands", async ([, call, of], context) => {
	await killAtEach(context, ["append.mjs", "writer", "2"], call, of);
});

test.for([
	["rename", "/^rename"],
	["flush", "fsync"],
] as const)(
	"QUE-01: killed at any %s of an update, the record is the old or the new one",
	async ([, call], context) => {
		await killAtEach(context, ["count.mjs", "2"], call);
	},
);

test("LOG-08: when the disk cannot flush, nothing is acknowledged, and the next append writes the segment anew", async (context) => {
	needs(context, "strace");
	const stateDir = tempDir();
	const log = join(stateDir, "experiment-log.jsonl");
	const writer = startProgram("append-on-demand.mjs", [stateDir], strace(stateDir, "fdatasync", "error=EIO:when=2"));
	writer.tell("before");
	await writer.says(/^ack 1 before/);
	const suspect = statSync(log).ino;
	writer.tell("during");
	expect(await writer.says(/^refused/)).toMatch(/^refused disk-error .*experiment-log.jsonl: the disk answered EIO/);
	writer.tell("after");
	await writer.says(/^ack 3 after/);
	expect(statSync(log).ino).not.toBe(suspect);
	writer.finish();
	expect((await writer.ended).code).toBe(0);
	await expectWhole(stateDir, writer.said);
});

test("LOG-07: when the disk refuses a write, nothing is acknowledged, and the writer lives to try again", async (context) => {
	needs(context, "strace");
	const stateDir = tempDir();
	const fault = strace(stateDir, "write", "error=ENOSPC:when=1", "experiment-log.jsonl");
	const writer = startProgram("append-on-demand.mjs", [stateDir], fault);
	writer.tell("during");
	expect(await writer.says(/^refused/)).toMatch(/^refused disk-full .*the disk is full/);
	writer.tell("after");
	await writer.says(/^ack 1 after/);
	writer.finish();
	expect((await writer.ended).code).toBe(0);
	await expectWhole(stateDir, writer.said);
});

test("LOG-08: a holder whose name cannot be struck out of the book gives its lock back all the same", async (context) => {
	needs(context, "strace");
	const stateDir = tempDir();
	const writer = startProgram("append-on-demand.mjs", [stateDir], strace(stateDir, "unlink", "error=EIO:when=1"));
	writer.tell("during");
	expect(await writer.says(/^refused/)).toMatch(/^refused disk-error .*the disk answered EIO/);
	writer.tell("after");
	await writer.says(/^ack 2 after/);
	writer.finish();
	expect((await writer.ended).code).toBe(0);
	await expectWhole(stateDir, writer.said);
});

test("LOG-08: a lock that cannot be given back is taken again by its process, and by others", async (context) => {
	needs(context, "strace");
	const stateDir = tempDir();
	const lock = strace(stateDir, "unlink", "error=EIO:when=1", "locks/log");
	const writer = startProgram("append-on-demand.mjs", [stateDir], lock);
	writer.tell("during");
	expect(await writer.says(/^refused/)).toMatch(/^refused disk-error .*the disk answered EIO/);
	const floor = openFloor({ stateDir });
	await floor.log.append([aDraft("by another, meanwhile")]);
	await floor.close();
	writer.tell("after");
	await writer.says(/^ack 3 after/);
	writer.finish();
	expect((await writer.ended).code).toBe(0);
	await expectWhole(stateDir, writer.said);
});

test.for([
	["ENOSPC", "disk-full"],
	["EIO", "disk-error"],
] as const)(
	"QUE-06: when the disk answers %s to an update, the old record stands and nothing is left behind",
	async ([errno, code], context) => {
		needs(context, "strace");
		const stateDir = tempDir();
		const floor = openFloor({ stateDir });
		await floor.records.update("counter", () => ({ count: 1 }));
		await floor.close();
		const counter = startProgram("count.mjs", [stateDir, "1"], strace(stateDir, "fsync", `error=${errno}:when=1`));
		expect((await counter.ended).code).toBe(1);
		expect(counter.complaints()).toMatch(new RegExp(`ShopfloorError: writing .*counter.json.*[^]*code: '${code}'`));
		await expectWhole(stateDir, ["ack 1"]);
	},
);

test("QUE-06: an update that stands is acknowledged, although its second copy found no room", async (context) => {
	needs(context, "strace");
	const stateDir = tempDir();
	const counter = startProgram("count.mjs", [stateDir, "1"], strace(stateDir, "copy_file_range", "error=ENOSPC"));
	expect((await counter.ended).code, counter.complaints()).toBe(0);
	expect(counter.said).toEqual(["ack 1"]);
	await expectWhole(stateDir, counter.said);
});

/** Ends a program at the first call, at the second, and so on, until it lives through. */
async function killAtEach(
	context: TestContext,
	[program, ...args]: readonly [string, ...string[]],
	call: string,
	of?: string,
): Promise<void> {
	needs(context, "strace");
	let deaths = 0;
	for (;;) {
		const stateDir = tempDir();
		const fault = strace(stateDir, call, `signal=KILL:when=${deaths + 1}`, of);
		const running = startProgram(program, [stateDir, ...args], fault);
		const { code, signal } = await running.ended;
		await expectWhole(stateDir, running.said);
		if (signal !== "SIGKILL") {
			expect([code, running.complaints()]).toEqual([0, ""]);
			break;
		}
		deaths++;
	}
	expect(deaths).toBeGreaterThan(0);
}

/** `of` keeps it to the calls on one file. strace counts for each thread by itself, so there is one in the background. */
function strace(stateDir: string, call: string, fault: string, of?: string): ProgramOptions {
	const where = of === undefined ? [] : ["-P", join(stateDir, of)];
	const what = ["-e", `trace=${call}`, "-e", `inject=${call}:${fault}`];
	return { under: ["strace", "-f", "-qqq", "-o", "/dev/null", ...where, ...what], env: { UV_THREADPOOL_SIZE: "1" } };
}
