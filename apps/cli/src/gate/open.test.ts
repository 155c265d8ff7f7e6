import { expect, test } from "vitest";
import { aCli } from "../testing/a-cli.ts";
import { aProject } from "../testing/a-project.ts";

test("a checkout that stands on no branch is checked under the beginning of its commit's name", {
	timeout: 60_000,
}, async () => {
	const project = aProject();
	project.git("checkout", "--quiet", "--detach");
	const commit = project.commit({ "src/add.js": "export const add = (a, b) => a + b;\n" });
	const cli = aCli({ cwd: project.dir });
	const checked = await cli.run("check", "--no-sandbox");
	expect(checked).toMatchObject({ code: 0, out: expect.stringMatching(`^${commit.slice(0, 12)} \\(1 file`) });
	project.write({ "src/add.js": "export const add = (a, b) => a * b;\n" });
	expect((await cli.run("check", "--worktree", "--no-sandbox")).out).toMatch(/^the checkout .*\n\n {2}tests {2}worse/);
	expect((await cli.run("land", commit.slice(0, 12), "--dry-run", "--no-sandbox")).out).toMatch(/would land on main/);
});
