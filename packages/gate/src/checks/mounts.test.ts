import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
	bubblewrapRunner,
	processGroupRunner,
	type RunJob,
	sandboxAvailable,
	unshareAvailable,
	unshareRunner,
} from "@shopfloor/core/io";
import { needs, runContract, tempDir } from "@shopfloor/core/testing";
import { describe, expect, type TestContext, test } from "vitest";
import { mountsOf } from "./mounts.ts";

runContract("a check in a process group", {
	run: (job) => processGroupRunner.run({ ...job, mounts: [] }),
	needs: (context) => needs(context, "linux"),
});

const sandboxes = [
	{ runner: bubblewrapRunner, probe: await sandboxAvailable() },
	{ runner: unshareRunner, probe: await unshareAvailable() },
];

describe.for(sandboxes)("in a sandbox by $runner.name", ({ runner, probe }) => {
	const needsIt = (context: TestContext) => {
		if (probe.kind === "missing") context.skip(probe.why);
	};

	test.for(["mounted over an empty folder", "behind a symlink"])(
		"the dependencies cannot be changed: %s",
		async (how, context) => {
			needsIt(context);
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
			const { tail } = await runner.run(aJob(script, tree, mountsOf(tree, [{ from: installed, to: place }])));
			expect(tail).toMatch(/the real onec\n$/);
			expect(readFileSync(join(installed, "dep", "index.js"), "utf8")).toBe("the real one");
			expect(existsSync(join(installed, "planted"))).toBe(false);
			expect(existsSync(join(installed, ".vite/c"))).toBe(false);
		},
	);
});

function aJob(script: string, cwd: string, mounts: RunJob["mounts"]): RunJob {
	return {
		command: ["/bin/sh", "-c", script],
		cwd,
		mounts,
		env: { PATH: "/usr/bin:/bin" },
		output: join(tempDir(), "output"),
		limits: { wallMs: 20_000, idleMs: 20_000, outputBytesMax: 1_000_000 },
	};
}
