/** What whoever runs a program promises, in a sandbox or without: the same endings, and that nothing of it is left. */
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, type TestContext, test } from "vitest";
import type { ChildEnd, ChildJob } from "../io/child/run-child.ts";
import { aMark, running } from "./marked-sleep.ts";
import { until } from "./program.ts";
import { tempDir } from "./temp-dir.ts";

export interface RunContract {
	/** Runs the job, with its folder there to be written. */
	run(job: ChildJob): Promise<ChildEnd>;
	/** Skips the test where the machine lacks what is needed. */
	needs(context: TestContext): void;
}

export function runContract(name: string, { run, needs }: RunContract): void {
	describe(name, () => {
		test.for([0, 1, 77])("its exit code is told: %i", async (code, context) => {
			needs(context);
			expect(await run(aJob(`echo hello; echo oh >&2; exit ${code}`))).toMatchObject({
				kind: "exited",
				code,
				tail: "hello\noh\n",
				outputBytes: 9,
			});
		});

		test("one that a signal ends did not exit", async (context) => {
			needs(context);
			expect(await run(aJob("kill -SEGV $$"))).toMatchObject({ kind: "signalled", signal: "SIGSEGV" });
		});

		test("what it leaves in the background ends with it", async (context) => {
			needs(context);
			const mark = aMark();
			const end = await run(aJob(`sleep ${mark} & echo started`));
			expect(end).toMatchObject({ kind: "exited", code: 0, tail: "started\n" });
			expect(running(mark)).toEqual([]);
			expect(end.ms).toBeLessThan(10_000);
		});

		test("what left its process group ends with it", async (context) => {
			needs(context);
			const mark = aMark();
			const job = aJob(`setsid sh -c 'sleep ${mark} & echo away; exec sleep ${mark}' & while :; do sleep 0.05; done`);
			const end = await run({ ...job, limits: { ...job.limits, wallMs: 400 } });
			expect(end).toMatchObject({ kind: "timed-out", which: "wall", tail: "away\n" });
			expect(running(mark)).toEqual([]);
		});

		test("what left its process group ends also when it exits by itself", async (context) => {
			needs(context);
			const mark = aMark();
			const job = aJob(`setsid sh -c 'echo > away; exec sleep ${mark}' & until [ -e away ]; do sleep 0.01; done`);
			expect(await run(job)).toMatchObject({ kind: "exited", code: 0 });
			expect(running(mark)).toEqual([]);
		});

		test("one that reads its input finds it empty", async (context) => {
			needs(context);
			expect(await run(aJob("cat; echo read"))).toMatchObject({ kind: "exited", code: 0, tail: "read\n" });
		});

		test("one that is given a file reads it to its end", async (context) => {
			needs(context);
			const job = aJob("cat; echo read");
			const input = join(tempDir(), "input");
			writeFileSync(input, "a word\n");
			expect(await run({ ...job, input })).toMatchObject({ kind: "exited", code: 0, tail: "a word\nread\n" });
			await expect(run({ ...job, input: `${input}-gone` })).rejects.toThrow(/input-gone/);
		});

		test("one that will not end when asked is ended", async (context) => {
			needs(context);
			const mark = aMark();
			const job = aJob(`trap '' TERM; echo on; while :; do sleep ${mark}; done`);
			const stop = new AbortController();
			const ended = run({ ...job, limits: { ...job.limits, graceMs: 100 }, signal: stop.signal });
			await until(() => said(job).includes("on"));
			stop.abort();
			expect(await ended).toMatchObject({ kind: "aborted", tail: "on\n" });
			expect(running(mark)).toEqual([]);
		});

		test("one that is asked to end has its time for that", async (context) => {
			needs(context);
			const job = aJob("trap 'echo bye; exit 3' TERM; echo on; while :; do sleep 0.02; done");
			const stop = new AbortController();
			const ended = run({ ...job, signal: stop.signal });
			await until(() => said(job).includes("on"));
			stop.abort();
			expect(await ended).toMatchObject({ kind: "aborted", tail: expect.stringMatching(/bye\n$/) });
		});

		test("one that says too much is ended, and its file is cut back", async (context) => {
			needs(context);
			const job = aJob("yes");
			expect(await run({ ...job, limits: { ...job.limits, outputBytesMax: 10_000 } })).toMatchObject({
				kind: "too-much-output",
			});
			expect(statSync(job.output).size).toBe(10_000);
		});

		test("one that said too much and ended before anybody looked said too much all the same", async (context) => {
			needs(context);
			const job = aJob("echo 0123456789");
			expect(await run({ ...job, limits: { ...job.limits, outputBytesMax: 5 } })).toMatchObject({
				kind: "too-much-output",
				outputBytes: 11,
			});
		});

		test.for([
			["idle", "echo a; exec sleep 500", { idleMs: 150 }],
			["start", "exec sleep 500", { startMs: 150 }],
			["wall", "while :; do echo a; sleep 0.02; done", { wallMs: 500 }],
		] as const)("a limit is told by its name: %s", async ([which, script, limits], context) => {
			needs(context);
			const job = aJob(script);
			const end = await run({ ...job, limits: { ...job.limits, graceMs: 100, ...limits } });
			expect(end).toMatchObject({ kind: "timed-out", which });
		});

		test("bytes that are no text do no harm", async (context) => {
			needs(context);
			const end = await run(aJob(String.raw`printf 'a\377\300b\000c'`));
			expect(end).toMatchObject({ kind: "exited", outputBytes: 6 });
			expect(end.tail).toMatch(/^a\ufffd+b\0c$/);
		});

		test("of much text the end is shown, from a whole character on", async (context) => {
			needs(context);
			const { tail } = await run(aJob(`i=0; while [ $i -lt 3000 ]; do printf 'äöü'; i=$((i+1)); done; echo end`));
			expect(Buffer.byteLength(tail)).toBeLessThanOrEqual(8 * 1024);
			expect(tail).toMatch(/^[äöü]{4000,}end\n$/);
		});

		test("its error output can have a file of its own", async (context) => {
			needs(context);
			const job = aJob("echo out; echo err >&2");
			const errors = join(tempDir(), "errors");
			await run({ ...job, errors });
			expect([said(job), readFileSync(errors, "utf8")]).toEqual(["out\n", "err\n"]);
		});

		test("its environment is what it was given", async (context) => {
			needs(context);
			const { tail } = await run({ ...aJob("env"), env: { PATH: process.env["PATH"] ?? "", GIVEN: "1" } });
			const names = tail.split("\n").flatMap((line) => /^(\w+)=/.exec(line)?.[1] ?? []);
			expect(names.filter((each) => !shellMakes.includes(each)).sort()).toEqual(["GIVEN", "PATH", "SHOPFLOOR_RUN"]);
		});

		test.for<[string, (dir: string) => string[], RegExp]>([
			["missing", (dir: string) => [join(dir, "none")], /there is no program .*none/],
			[
				"a name that the PATH does not know",
				() => ["no-such-program"],
				/there is no program no-such-program on the PATH/,
			],
			["not executable", (dir: string) => [aScript(dir, 0o600)], /is not executable/],
			["a folder", (dir: string) => [dir], /is not a file/],
			["a relative path", () => ["./here"], /is a relative path/],
		])("a program that cannot be started is told in words: %s", async ([_what, command, why], context) => {
			needs(context);
			const job = aJob("");
			expect(await run({ ...job, command: command(job.cwd) })).toMatchObject({
				kind: "not-started",
				why: expect.stringMatching(why),
			});
		});

		test("a folder that is not there is told in words", async (context) => {
			needs(context);
			const job = { ...aJob("true"), cwd: join(tempDir(), "gone") };
			expect(await run(job)).toMatchObject({ kind: "not-started", why: expect.stringMatching(/there is no folder/) });
		});

		test("one that is aborted before it began never runs", async (context) => {
			needs(context);
			const job = { ...aJob("echo > ran"), signal: AbortSignal.abort() };
			expect(await run(job)).toMatchObject({ kind: "aborted" });
			expect(readdirSync(job.cwd)).not.toContain("ran");
		});
	});
}

function aJob(script: string): ChildJob {
	const cwd = tempDir();
	return {
		command: ["/bin/sh", "-c", script],
		cwd,
		env: { PATH: process.env["PATH"] ?? "" },
		output: join(tempDir(), "output"),
		limits: { wallMs: 20_000, idleMs: 20_000, outputBytesMax: 1_000_000 },
	};
}

function aScript(dir: string, mode: number): string {
	const path = join(dir, "script");
	writeFileSync(path, "#!/bin/sh\n");
	chmodSync(path, mode);
	return path;
}

function said({ output }: ChildJob): string {
	try {
		return readFileSync(output, "utf8");
	} catch {
		return "";
	}
}

/** Set by the shell itself. */
const shellMakes = ["PWD", "OLDPWD", "SHLVL", "_"];
