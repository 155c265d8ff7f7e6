import { existsSync } from "node:fs";
import { startProgram, tempDir, until } from "@shopfloor/core/testing";
import { expect, test } from "vitest";

test("whoever is killed while it tries a sandbox leaves no process behind", async () => {
	const program = startProgram(new URL("../../fixtures/stage.mjs", import.meta.url).href, [tempDir()]);
	const victim = Number((await program.says(/^victim /)).slice("victim ".length));
	expect(existsSync(`/proc/${victim}`)).toBe(true);
	program.kill("SIGKILL");
	await program.ended;
	await until(() => !existsSync(`/proc/${victim}`));
});
