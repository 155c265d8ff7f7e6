import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { bubblewrapRunner, processGroupRunner, type RunJob, type Runner } from "@shopfloor/core/io";
import { needs, runContract, tempDir } from "@shopfloor/core/testing";
import { describe, expect, test } from "vitest";
import { mountsOf } from "./mounts.ts";

runContract("a check in a process group", {
	run: (job) => processGroupRunner.run({ ...job, mounts: [] }),
	needs: (context) => needs(context, "linux"),
});

runContract("a check in a sandbox", {
	run: (job) => bubblewrapRunner.run({ ...job, mounts: mountsOf(job.cwd, []) }),
	needs: (context) => needs(context, "linux", "bubblewrap"),
});

describe("in a sandbox", () => {
	test("nothing outside of the tree can be written or read", async (context) => {
		needs(context, "bubblewrap");
		const outside = tempDir();
		writeFileSync(join(outside, "secret"), "decoy");
		const script = `cat ${outside}/secret; echo x > ${outside}/written; ls ${outside}; echo x > /usr/written; ls -A /root /home; echo x > inside`;
		const { job, tail } = await said(script);
		expect(tail).not.toContain("decoy");
		expect(existsSync(join(outside, "written"))).toBe(false);
		expect(existsSync("/usr/written")).toBe(false);
		expect(tail.match(/No such file or directory|nonexistent|Read-only/g)?.length).toBe(6);
		expect(readFileSync(join(job.cwd, "inside"), "utf8")).toBe("x\n");
	});

	test("without one all of that would have been possible", async () => {
		const outside = tempDir();
		writeFileSync(join(outside, "secret"), "decoy");
		expect((await said(`cat ${outside}/secret`, processGroupRunner)).tail).toBe("decoy");
	});

	test("there is no network, not even this machine's own", async (context) => {
		needs(context, "bubblewrap");
		const server = createServer((socket) => socket.end("hello"));
		await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
		const { port } = server.address() as { port: number };
		const script = `${JSON.stringify(process.execPath)} -e 'require("net").connect(${port}, "127.0.0.1").on("error", (e) => console.log(e.code)).on("data", (d) => console.log(String(d)))'`;
		expect((await said(script)).tail).toBe("ECONNREFUSED\n");
		expect((await said(script, processGroupRunner)).tail).toBe("hello\n");
		server.close();
	});

	test("no other process is seen, and not the environment of whoever started it", async (context) => {
		needs(context, "bubblewrap");
		const { tail } = await said("ls /proc | grep -c '^[0-9]'; cat /proc/*/environ | tr '\\0' '\\n'; ls /proc/*/fd/");
		expect(Number(tail.split("\n", 1)[0])).toBeLessThan(10);
		expect(tail).not.toContain(`HOME=${process.env["HOME"]}`);
		expect(tail).not.toContain("VITEST");
	});

	test("nobody is root, and nobody has any rights of root", async (context) => {
		needs(context, "bubblewrap");
		const { tail } = await said("id -u; grep CapEff /proc/self/status");
		expect(tail).not.toMatch(/^0\n/);
		expect(tail).toContain("CapEff:\t0000000000000000");
	});

	test.for(["mounted over an empty folder", "behind a symlink"])(
		"the dependencies cannot be changed: %s",
		async (how, context) => {
			needs(context, "bubblewrap");
			const installed = join(tempDir(), "node_modules");
			mkdirSync(join(installed, "dep"), { recursive: true });
			mkdirSync(join(installed, ".vite"));
			writeFileSync(join(installed, "dep", "index.js"), "the real one");
			const tree = tempDir();
			const place = join(tree, "node_modules");
			if (how === "behind a symlink") symlinkSync(installed, place);
			else mkdirSync(place);
			const script =
				"cd node_modules; echo a > dep/index.js; echo b > planted; rm -rf dep; cat dep/index.js; echo c > .vite/c && cat .vite/c";
			const { tail } = await said(script, bubblewrapRunner, tree, mountsOf(tree, [{ from: installed, to: place }]));
			expect(tail).toMatch(/the real onec\n$/);
			expect(readFileSync(join(installed, "dep", "index.js"), "utf8")).toBe("the real one");
			expect(existsSync(join(installed, "planted"))).toBe(false);
			expect(existsSync(join(installed, ".vite/c"))).toBe(false);
		},
	);

	test("a mount that cannot be made is no answer of the program", async (context) => {
		needs(context, "bubblewrap");
		const tree = tempDir();
		const missing = join(tree, "none");
		const { end } = await said(
			"true",
			bubblewrapRunner,
			tree,
			mountsOf(tree, [{ from: missing, to: join(tree, "at") }]),
		);
		expect(end).toMatchObject({ kind: "not-started", why: expect.stringContaining("bwrap: ") });
	});
});

async function said(script: string, runner: Runner = bubblewrapRunner, cwd = tempDir(), mounts = mountsOf(cwd, [])) {
	const job: RunJob = {
		command: ["/bin/sh", "-c", script],
		cwd,
		mounts,
		env: { PATH: "/usr/bin:/bin" },
		output: join(tempDir(), "output"),
		limits: { wallMs: 20_000, idleMs: 20_000, outputBytesMax: 1_000_000 },
	};
	const end = await runner.run(job);
	return { job, end, tail: end.tail };
}
