import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { needs } from "../../testing/needs.ts";
import { runContract } from "../../testing/run.contract.ts";
import { tempDir } from "../../testing/temp-dir.ts";
import { runChild } from "./run-child.ts";

runContract("a child process", { run: runChild, needs: (context) => needs(context, "linux") });

test("a script whose interpreter is missing cannot be started", async () => {
	const path = join(tempDir(), "program");
	writeFileSync(path, "#!/no/such/interpreter\n", { mode: 0o755 });
	expect(await runChild({ ...aJob(), command: [path] })).toMatchObject({
		kind: "not-started",
		why: expect.stringMatching(/names an interpreter that is not there/),
	});
});

test.each([
	["a NUL in an argument", ["/bin/echo", "a\0b"], /could not be started/],
	["more arguments than fit", ["/bin/echo", "a".repeat(3_000_000)], /more arguments than this system takes/],
])("%s is told, and no fault of ours", async (_what, command, why) => {
	expect(await runChild({ ...aJob(), command })).toMatchObject({
		kind: "not-started",
		why: expect.stringMatching(why),
	});
});

function aJob() {
	const env = { PATH: "/usr/bin:/bin" };
	const limits = { wallMs: 20_000, idleMs: 20_000, outputBytesMax: 1_000 };
	return { command: ["true"], cwd: tempDir(), env, output: join(tempDir(), "output"), limits };
}
