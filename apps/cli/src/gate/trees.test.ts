import { existsSync, renameSync } from "node:fs";
import { join } from "node:path";
import { tempDir } from "@shopfloor/core/testing";
import { expect, test } from "vitest";
import { aCli } from "../testing/a-cli.ts";
import { aProject } from "../testing/a-project.ts";

test("worktrees of a repository that moved away are listed and collected: nobody asks for it", {
	timeout: 60_000,
}, async () => {
	const project = aProject();
	project.branch("good", { "src/add.js": "export const add = (a, b) => a + b;\n" });
	const cli = aCli({ cwd: project.dir });
	await cli.run("check", "good", "--no-sandbox");
	renameSync(project.dir, `${project.dir}-moved`);
	const elsewhere = aCli({ cwd: tempDir(), stateDir: cli.stateDir });
	expect(await elsewhere.run("worktree", "ls", "--repository", project.dir)).toMatchObject({
		code: 0,
		err: "",
		out: expect.stringMatching(/^bay-1 {2}[0-9a-f]{12} {2}free/),
	});
	const collected = await elsewhere.run("worktree", "gc", "--repository", project.dir);
	expect(collected.out).toMatch(/^bay-1: removed\n/);
	expect((await elsewhere.run("check", "good", "--repository", project.dir)).err).toMatch(/does not exist/);
});

test("a look at worktrees leaves nothing behind where nothing was ever done", async () => {
	const project = aProject();
	const cli = aCli({ cwd: project.dir });
	expect((await cli.run("worktree", "ls")).out).toMatch(/^No worktree of .* yet/);
	expect((await cli.run("worktree", "ls", "--json")).out).toContain('"trees": []');
	expect((await cli.run("worktree", "gc")).out).toBe("Nothing to collect.\n");
	expect(existsSync(join(cli.stateDir, "repositories"))).toBe(false);
});
