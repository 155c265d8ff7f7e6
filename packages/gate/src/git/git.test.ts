import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { tempDir } from "@shopfloor/core/testing";
import { expect, onTestFinished, test, vi } from "vitest";
import { aRepository } from "../testing/a-repository.ts";
import { aStore } from "../testing/a-store.ts";

test.each([
	[2, "is tried again"],
	[99, "is not tried for ever"],
])("what another git took the folder from under, %i times, %s", async (times) => {
	const { git } = await aStore(aRepository().dir);
	const dir = tempDir();
	const real = execFileSync("sh", ["-c", "command -v git"], { encoding: "utf8" }).trim();
	const fails = `n=$(cat ${dir}/n 2>/dev/null || echo 0); echo $((n + 1)) > ${dir}/n`;
	const words = "error: unable to create temporary file: No such file or directory";
	const wrapper = `#!/bin/sh\n${fails}\nif [ $n -lt ${times} ]; then echo "${words}" >&2; exit 1; fi\nexec ${real} "$@"\n`;
	writeFileSync(join(dir, "git"), wrapper, { mode: 0o755 });
	onTestFinished(() => void vi.unstubAllEnvs());
	vi.stubEnv("PATH", `${dir}:${process.env["PATH"]}`);
	const written = git.text(["hash-object", "-w", "--stdin"], { input: "x" });
	if (times === 2) expect(await written).toMatch(/^[0-9a-f]{40}$/);
	else await expect(written).rejects.toThrow(/unable to create temporary file/);
	expect(execFileSync("cat", [join(dir, "n")], { encoding: "utf8" }).trim()).toBe(times === 2 ? "3" : "5");
});
