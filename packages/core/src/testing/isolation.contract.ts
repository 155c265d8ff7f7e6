/** What every sandbox promises: the program has what it was given, and nothing else of this machine. */
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, type TestContext, test } from "vitest";
import type { ChildEnd } from "../io/child/run-child.ts";
import type { RunJob } from "../io/child/run-job.ts";
import { processGroupRunner, type Runner } from "../io/child/runner.ts";
import { tempDir } from "./temp-dir.ts";

export interface IsolationContract {
	readonly runner: Runner;
	/** Skips the test where the machine lacks what is needed. */
	needs(context: TestContext): void;
}

export function isolationContract(name: string, { runner, needs }: IsolationContract): void {
	describe(name, () => {
		test("nothing outside of what is mounted can be written or read", async (context) => {
			needs(context);
			const outside = tempDir();
			writeFileSync(join(outside, "secret"), "decoy");
			const job = aJob(
				`cat ${outside}/secret; echo x > ${outside}/written; ls ${outside}; echo x > /usr/written; ls -A /root /home; echo x > inside`,
			);
			const { tail } = await runner.run(job);
			expect(tail).not.toContain("decoy");
			expect(existsSync(join(outside, "written"))).toBe(false);
			expect(existsSync("/usr/written")).toBe(false);
			expect(tail.match(/No such file or directory|nonexistent|Read-only/g)?.length).toBe(6);
			expect(readFileSync(join(job.cwd, "inside"), "utf8")).toBe("x\n");
			// Without a sandbox it would have been read.
			expect((await processGroupRunner.run(aJob(`cat ${outside}/secret`))).tail).toBe("decoy");
		});

		test("what is mounted to be read cannot be written, not through a link either", async (context) => {
			needs(context);
			const given = tempDir();
			mkdirSync(join(given, "folder"));
			writeFileSync(join(given, "folder", "file"), "as it was");
			const cwd = tempDir();
			symlinkSync(join(given, "folder"), join(cwd, "link"));
			const script = `cd ${given}/folder; echo x > file; echo x > planted; rm file; mv ${given}/folder ${given}/away; echo x > ${cwd}/link/file; chmod 777 file; cat file`;
			const end = await runner.run({
				...aJob(script, cwd),
				mounts: [
					{ kind: "writable", from: cwd, to: cwd },
					{ kind: "read-only", from: given, to: given },
				],
			});
			expect(end.tail).toMatch(/as it was$/);
			expect(end.tail.match(/Read-only/g)?.length).toBe(6);
			expect(readFileSync(join(given, "folder", "file"), "utf8")).toBe("as it was");
			expect(existsSync(join(given, "folder", "planted"))).toBe(false);
		});

		test("a file of a writable folder can be mounted to be read only, and an empty folder over one of its folders", async (context) => {
			needs(context);
			const cwd = tempDir();
			writeFileSync(join(cwd, ".git"), "gitdir: elsewhere\n");
			mkdirSync(join(cwd, "cache"));
			writeFileSync(join(cwd, "cache", "old"), "");
			const end = await runner.run({
				...aJob("echo x > .git; rm -f .git; mv .git away; ls cache; echo made > cache/new && cat cache/new .git", cwd),
				mounts: [
					{ kind: "empty", to: join(cwd, "cache") },
					{ kind: "read-only", from: join(cwd, ".git"), to: join(cwd, ".git") },
					{ kind: "writable", from: cwd, to: cwd },
				],
			});
			expect(end.tail).toMatch(/made\ngitdir: elsewhere\n$/);
			expect(readFileSync(join(cwd, ".git"), "utf8")).toBe("gitdir: elsewhere\n");
			expect(existsSync(join(cwd, "cache", "new"))).toBe(false);
			expect(existsSync(join(cwd, "away"))).toBe(false);
		});

		test("a path can have any characters", async (context) => {
			needs(context);
			const cwd = join(tempDir(), "a b'c\"d$(touch x)\\;e\n--");
			mkdirSync(cwd);
			const { tail } = await runner.run({
				...aJob("", cwd),
				command: ["/bin/sh", "-c", 'printf "%s" "$1" > made; pwd', "sh", "$(id) 'x' -- \n"],
			});
			expect(tail).toBe(`${cwd}\n`);
			expect(readFileSync(join(cwd, "made"), "utf8")).toBe("$(id) 'x' -- \n");
		});

		test("there is no network, not even this machine's own, unless it is asked for", async (context) => {
			needs(context);
			const server = createServer((socket) => socket.end("hello"));
			await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
			const { port } = server.address() as { port: number };
			const script = `${JSON.stringify(process.execPath)} -e 'require("net").connect(${port}, "127.0.0.1").on("error", (e) => console.log(e.code)).on("data", (d) => console.log(String(d)))'`;
			expect((await runner.run(aJob(script))).tail).toBe("ECONNREFUSED\n");
			expect((await runner.run({ ...aJob(script), network: true })).tail).toBe("hello\n");
			server.close();
		});

		test("a program can serve itself on its own machine's address", async (context) => {
			needs(context);
			const script = `const s = require("net").createServer((c) => c.end("mine")).listen(0, "127.0.0.1", () => require("net").connect(s.address().port, "127.0.0.1").on("data", (d) => { console.log(String(d)); s.close(); }))`;
			const { tail } = await runner.run({ ...aJob(""), command: [process.execPath, "-e", script] });
			expect(tail).toBe("mine\n");
		});

		test("no other process is seen, and not the environment of whoever started it", async (context) => {
			needs(context);
			const { tail } = await runner.run(
				aJob("ls /proc | grep -c '^[0-9]'; cat /proc/*/environ | tr '\\0' '\\n'; ls /proc/*/fd/"),
			);
			expect(Number(tail.split("\n", 1)[0])).toBeLessThan(10);
			expect(tail).not.toContain(`HOME=${process.env["HOME"]}`);
			expect(tail).not.toContain("VITEST");
		});

		test("nobody is root, has any right of root, or can get one", async (context) => {
			needs(context);
			const { tail } = await runner.run(
				aJob(
					"id -u; grep -E 'CapEff|CapPrm|CapInh|CapAmb|NoNewPrivs' /proc/self/status; unshare -Ur id -u || echo none",
				),
			);
			expect(tail).not.toMatch(/^0$/m);
			expect(tail.match(/Cap\w+:\t0{16}/g)?.length).toBe(4);
			expect(tail).toContain("NoNewPrivs:\t1");
			expect(tail).toMatch(/none\n$/);
		});

		test("nothing of the kernel can be switched", async (context) => {
			needs(context);
			// Opened to be written, and not written: where this test is red nothing is broken yet.
			const script =
				"for file in /proc/sys/kernel/core_pattern /proc/sys/kernel/panic /proc/sys/vm/overcommit_memory /proc/sysrq-trigger; do [ -e $file ] && (exec 3>>$file) && echo open $file; done 2>/dev/null; echo looked";
			expect(await runner.run(aJob(script))).toMatchObject({ tail: "looked\n" });
		});

		test("there is nowhere to write but where it was said, and room there has an end", async (context) => {
			needs(context);
			const { tail } = await runner.run(
				aJob(
					"for at in / /dev /etc /proc /sys /var; do echo x > $at/made && echo $at; done 2>/dev/null; df -k /tmp /dev/shm",
				),
			);
			expect(tail).toMatch(/^Filesystem/);
			const sizes = [...tail.matchAll(/^tmpfs +(\d+)/gm)].map(([, size]) => Number(size));
			expect(sizes).toEqual([2 * 1024 ** 2, 2 * 1024 ** 2]);
		});

		test("a mount that cannot be made is no answer of the program", async (context) => {
			needs(context);
			const job = aJob("true");
			const missing = join(job.cwd, "none");
			const mounts = [...job.mounts, { kind: "read-only" as const, from: missing, to: join(job.cwd, "at") }];
			expect(await runner.run({ ...job, mounts })).toMatchObject({
				kind: "not-started",
				why: expect.stringContaining("none"),
			});
		});

		test("a tool that the run's own PATH offers does not make the sandbox", async (context) => {
			needs(context);
			const cwd = tempDir();
			for (const tool of ["bwrap", "setpriv", "unshare", "mount", "prlimit", "choom"])
				writeFileSync(join(cwd, tool), `#!/bin/sh\ntouch ${cwd}/tricked\n`, { mode: 0o755 });
			const job = aJob("echo ran", cwd);
			const env = { PATH: `${cwd}:/usr/bin:/bin` };
			expect(await runner.run({ ...job, env, limits: { ...job.limits, fileBytesMax: 1_000_000 } })).toMatchObject({
				tail: "ran\n",
			});
			expect(existsSync(join(cwd, "tricked"))).toBe(false);
		});

		test.for<[string, string, Partial<RunJob["limits"]>, Partial<ChildEnd>]>([
			[
				"the size of a file",
				"dd if=/dev/zero of=big bs=1k count=3000",
				{ fileBytesMax: 1_000_000 },
				{ kind: "signalled", signal: "SIGXFSZ" },
			],
			["memory", hungry, { memoryBytesMax: 100_000_000 }, { kind: "too-much-memory" }],
			[
				"memory of several together",
				`for i in 1 2 3 4 5; do ${hungry.replace("400", "40")} & done; wait`,
				{ memoryBytesMax: 200_000_000 },
				{ kind: "too-much-memory" },
			],
			[
				"threads",
				"for i in 1 2 3 4 5 6 7 8 9 10 11 12; do sleep 500 & done; wait",
				{ threadsMax: 10 },
				{ kind: "too-many-threads" },
			],
			["threads of one process", threaded, { threadsMax: 30 }, { kind: "too-many-threads" }],
			[
				"forking by twos",
				"fork() { [ $1 -gt 0 ] && { fork $(($1 - 1)) & fork $(($1 - 1)) & }; sleep 500; }; fork 9",
				{ threadsMax: 200 },
				{ kind: "too-many-threads" },
			],
		])("a limit is held: %s", async ([_what, script, limits, end], context) => {
			needs(context);
			const job = aJob(script);
			expect(await runner.run({ ...job, limits: { ...job.limits, ...limits } })).toMatchObject(end);
			if (limits.fileBytesMax !== undefined)
				expect(readFileSync(join(job.cwd, "big")).length).toBeLessThanOrEqual(limits.fileBytesMax);
		});

		test("a program that reserves much more than it takes is not held to be large", async (context) => {
			needs(context);
			const script =
				"const m = []; for (let i = 0; i < 20; i++) m.push(new WebAssembly.Memory({ initial: 1 })); const s = require('fs').readFileSync('/proc/self/status', 'utf8'); console.log(Number(/VmSize:\\s+(\\d+)/.exec(s)[1]) > 4e6); setTimeout(() => {}, 1200)";
			const job = aJob("");
			const limits = { ...job.limits, memoryBytesMax: 400_000_000, threadsMax: 100, fileBytesMax: 1_000_000 };
			expect(await runner.run({ ...job, command: [process.execPath, "-e", script], limits })).toMatchObject({
				kind: "exited",
				code: 0,
				tail: "true\n",
			});
		});
	});
}

/** Takes 400 MB and keeps them. */
const hungry = `${JSON.stringify(process.execPath)} -e 'const a = Buffer.alloc(400e6, 1); setInterval(() => a, 1e6)'`;

/** Three processes at most, and thirty threads more. */
const threaded = `${JSON.stringify(process.execPath)} -e 'const { Worker } = require("worker_threads"); for (let i = 0; i < 30; i++) new Worker("setInterval(() => {}, 1e6)", { eval: true })'`;

function aJob(script: string, cwd = tempDir()): RunJob {
	return {
		command: ["/bin/sh", "-c", script],
		cwd,
		mounts: [{ kind: "writable", from: cwd, to: cwd }],
		env: { PATH: "/usr/bin:/bin" },
		output: join(tempDir(), "output"),
		limits: { wallMs: 20_000, idleMs: 20_000, outputBytesMax: 1_000_000 },
	};
}
