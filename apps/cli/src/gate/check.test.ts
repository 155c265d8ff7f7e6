import { beforeEach, describe, expect, test } from "vitest";
import { aCli, type Cli } from "../testing/a-cli.ts";
import { aProject, type Project } from "../testing/a-project.ts";

let project: Project;
let cli: Cli;

beforeEach(() => {
	project = aProject();
	cli = aCli({ cwd: project.dir });
});

describe("check", { timeout: 60_000 }, () => {
	test("can say nothing where nobody knows how to run the tests, but what to write", async () => {
		project.commit({ "package.json": '{ "scripts": { "test": "turbo run test" } }' });
		project.branch("work", { "a.txt": "a" });
		const { out, code } = await cli.run("check", "work", "--no-sandbox", "--json");
		expect(code).toBe(1);
		expect(JSON.parse(out)).toMatchObject({
			decision: "unknown",
			definition: {
				from: "detected",
				incomplete: expect.stringMatching(/"turbo run test"\. .*\.shopfloor\/gate\.json/),
			},
		});
	});

	test("says by what it measured, and nothing of that where it only read", async () => {
		project.branch("work", { "a.txt": "a" });
		expect(await lastLine("work")).toBe(
			"measured by tests (read off the repository; .shopfloor/gate.json would say it)",
		);
		expect(await lastLine("work", "--read-only")).toBe("Reading it found nothing against it; no check was run.");
		const run = { run: "node --test --test-reporter=tap", reports: "tap" };
		project.commit({
			".shopfloor/gate.json": JSON.stringify({ checks: ["unit", "again"].map((name) => ({ name, ...run })) }),
		});
		expect(await lastLine("work")).toBe("measured by unit, again");
	});

	test("takes a tag, and where one stands", async () => {
		project.git("tag", "v1");
		project.commit({ "b.txt": "b" });
		const headline = async (name: string) => (await cli.run("check", name, "--read-only")).out.split("\n", 1)[0];
		expect(await headline("v1")).toMatch(/^v1 \(0 files/);
		expect(await headline("HEAD~1")).toMatch(/^HEAD~1 \(0 files/);
		const from = aCli({ cwd: project.dir, stateDir: cli.stateDir });
		expect(await from.run("check", "HEAD", "--read-only", "--repository", `file://${project.dir}`)).toMatchObject({
			code: 2,
			err: expect.stringMatching(
				/no folder of this machine, so nobody stands in it and HEAD means nothing: name a branch/,
			),
		});
	});
});

test("ratchet takes an end that is left out as where one stands, and one commit by its hash", async () => {
	project.branch("work", { "a.txt": "a" });
	project.git("checkout", "--quiet", "work");
	const [main, work] = ["main", "work"].map((name) => project.git("rev-parse", "--short=12", name));
	const changed = async (range: string) => (await cli.run("ratchet", range)).out;
	expect(await changed("main..")).toMatch(`1 file changed in ${main}..${work};`);
	expect(await changed("..main")).toMatch(`0 files changed in ${main}..${main};`);
	expect(await changed("HEAD~1..HEAD")).toBe(await changed("main.."));
	expect(await changed(`${work}`)).toBe(await changed("main.."));
});

test("audit takes a tag, an end that is left out as the base, and where one stands", async () => {
	project.git("tag", "v1");
	project.commit({ "b.txt": "b" });
	const looked = async (range: string) => (await cli.run("audit", range)).out;
	for (const range of ["v1..main", "v1..", "HEAD~1.."]) expect(await looked(range)).toMatch(/^1 commit on main/);
	expect(await looked("..main")).toMatch(/^0 commits on main/);
	expect(await cli.run("audit", "v2..main")).toMatchObject({
		code: 2,
		err: expect.stringMatching(/has no commit, branch or tag "v2"\. git -C .* log --all/),
	});
});

async function lastLine(...argv: string[]): Promise<string | undefined> {
	return (await cli.run("check", ...argv, "--no-sandbox")).out.trimEnd().split("\n").at(-1);
}
