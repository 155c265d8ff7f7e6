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

test("what shuts checks in is read from the configuration, and not guessed where that is faulty", {
	timeout: 60_000,
}, async () => {
	const project = aProject();
	const cli = aCli({ cwd: project.dir });
	cli.configure({ repository: { path: project.dir }, sandbox: "docker" });
	expect(await cli.run("check")).toMatchObject({
		code: 2,
		err: expect.stringMatching(/sandbox: found "docker"; expected one of auto, bubblewrap, unshare, off/),
	});
	expect((await cli.run("check", "--no-sandbox")).err).not.toMatch(/sandbox:/);
	cli.configure({ repository: { path: project.dir }, sandbox: "off" });
	expect((await cli.run("check")).err).not.toMatch(/sandbox/);
});
