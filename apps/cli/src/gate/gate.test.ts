import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { tempDir } from "@shopfloor/core/testing";
import { beforeEach, describe, expect, test } from "vitest";
import { aCli, type Cli } from "../testing/a-cli.ts";
import { eventually } from "../testing/eventually.ts";

let project: string;
let cli: Cli;

beforeEach(() => {
	project = join(tempDir(), "project");
	mkdirSync(project);
	git("init", "--quiet", "--initial-branch=main");
	git("config", "user.name", "Ana");
	git("config", "user.email", "ana@localhost");
	commit({
		"package.json": '{ "type": "module", "scripts": { "test": "node --test" } }',
		"src/add.js": "export function add(a, b) {\n\treturn a + b;\n}\n",
		"test/add.test.js": testOf("adds", "add(1, 2)", "3"),
	});
	commit({
		"src/twice.js": "export const twice = (a) => a + a;\n",
		"test/twice.test.js": testOf("doubles", "twice(2)", "4").replaceAll("add", "twice"),
	});
	branch("good", { "src/add.js": "export const add = (a, b) => a + b;\n" });
	branch("broken", { "src/add.js": "export const add = (a, b) => a - b;\n" });
	branch("stick", { "package.json": '{ "type": "module", "scripts": { "test": "node --test test/" } }' });
	cli = aCli({ cwd: project });
});

describe("check", { timeout: 60_000 }, () => {
	test("says what a branch would do, and ends with 0 for a good one only", async () => {
		const good = await cli.run("check", "good", "--no-sandbox");
		expect(lines(good.out)).toEqual([
			"good (1 file, +1 -3) on main at <commit>",
			"",
			"  tests  same  nothing changed",
			"",
			"It may land. Receipt <receipt>",
			"measured by tests (read off the repository; .shopfloor/gate.json would say it)",
		]);
		expect(good.code).toBe(0);
		const broken = await cli.run("check", "broken", "--no-sandbox");
		expect(lines(broken.out)).toEqual([
			"broken (1 file, +1 -3) on main at <commit>",
			"",
			"  tests  worse  1 broken",
			"",
			"It may not land:",
			"  tests: the test adds fails: -1 == 3",
			"measured by tests (read off the repository; .shopfloor/gate.json would say it)",
		]);
		expect(broken.code).toBe(1);
	});

	test("takes the branch one stands on, and the checkout with what is not committed", async () => {
		git("checkout", "--quiet", "good");
		expect((await cli.run("check", "--no-sandbox", "--read-only")).out).toMatch(/^good \(1 file/);
		write({ "src/add.js": "export const add = (a, b) => a * b;\n" });
		const found = await cli.run("check", "--worktree", "--no-sandbox");
		expect(found.out).toMatch(/^the checkout .*\n\n {2}tests {2}worse/);
		expect(git("status", "--porcelain")).toBe(" M src/add.js");
	});

	test("names what a person may take upon themselves, with the command", async () => {
		const asked = await cli.run("check", "stick", "--no-sandbox");
		expect(asked.out).toMatch(/It may land when a person says so:\n {2}package-scripts: package\.json/);
		const words = /To take it upon yourself: npx shopfloor land stick (--accept package-scripts@[0-9a-f]{12})\n/;
		expect(asked.out).toMatch(words);
		expect(asked.code).toBe(1);
		expect((await cli.run("check", "stick", "--no-sandbox", "--accept", "package-scripts")).code).toBe(0);
		const [, said = ""] = words.exec(asked.out) ?? [];
		const landed = await cli.run("land", "stick", "--no-sandbox", ...said.split(" "));
		expect(landed.out).toMatch(/^stick: landed on main/);
		expect(git("log", "-1", "--format=%(trailers:key=Accepted,valueonly)", "main")).toMatch(/^package-scripts by cli:/);
	});

	test("says no more than it looked at, and what a person may want all the same", async () => {
		expect((await cli.run("check", "main", "--no-sandbox")).out).toMatch(/\nAll of it is in main already\. Receipt/);
		branch("ends", {
			"src/end.js": "export const end = () => process.exit(0);\n",
			"test/end.test.js": "process.exit(0);\n",
		});
		const ended = await cli.run("check", "ends", "--no-sandbox", "--read-only");
		expect(ended.out).toMatch(
			/It may not land:\n {2}ended-runs: .*\n\nIf you want it all the same: npx shopfloor land ends --accept ended-runs@/s,
		);
		write({ "package.json": '{ "type": "module", "scripts": { "test": "node --test test/" } }' });
		const here = await cli.run("check", "--worktree", "--read-only");
		expect(here.out).toMatch(
			/To take it upon yourself, commit it first; checking the branch then shows what to type\./,
		);
		expect(here.err).not.toMatch(/only what is committed counts/);
		git("checkout", "--quiet", "package.json");
	});

	test("what was taken upon oneself is of the commit that was looked at, and of no later one", async () => {
		const at = git("rev-parse", "stick");
		const unbound = await cli.run("land", "stick", "--no-sandbox", "--accept", "package-scripts");
		expect(unbound).toMatchObject({ code: 2 });
		expect(unbound.err).toMatch(
			/--accept package-scripts must say of which commit: stick is at [0-9a-f]{12}\. Look at it/,
		);
		git("checkout", "--quiet", "stick");
		commit({ "package.json": '{ "type": "module", "scripts": { "test": "true" } }' });
		git("checkout", "--quiet", "main");
		const later = await cli.run("land", "stick", "--no-sandbox", "--accept", `package-scripts@${at.slice(0, 9)}`);
		expect(later).toMatchObject({ code: 2, err: expect.stringMatching(/It went on since you looked/) });
		expect(git("log", "-1", "--format=%s", "main")).not.toMatch(/stick/);
	});

	test("has the whole evaluation for programs", async () => {
		const { out } = await cli.run("check", "broken", "--no-sandbox", "--json");
		expect(JSON.parse(out)).toMatchObject({
			what: "broken",
			decision: "bad",
			verdicts: [{ check: "tests" }],
			spent: { runs: expect.any(Number) },
		});
	});

	test.each([
		[["check", "nothing"], /no commit, branch or tag "nothing"/],
		[["check", "good", "--accept", "skiped-tests"], /no rule "skiped-tests"\. Did you mean "skipped-tests"\?/],
		[["land", "good", "--accept", "secrets@1234567"], /nobody accepts that here/],
		[["land", "good", "--accept", "skipped-tests@main"], /behind the @ goes a commit's hash/],
		[["check", "good", "--worktree"], /either a branch or the checkout/],
		[["check", "good", "--base", "master"], /has no branch "master". There are: broken, good, main, stick/],
		[["check", "good", "--repository", "/nowhere"], /\/nowhere does not exist/],
		[["land", "nothing"], /has no branch "nothing"; nothing was done/],
		[["land", "main"], /main is the base itself/],
		[["land", "good", "--batch", "0"], /--batch 0: a whole number/],
		[["ratchet", "a..b..c"], /is no range/],
		[["audit", "nowhere..main"], /no commit, branch or tag "nowhere"/],
	])("%j is refused with what to do", async (argv, message) => {
		const { err, code } = await cli.run(...argv, ...(argv[0] === "ratchet" ? [] : ["--no-sandbox"]));
		expect(err).toMatch(message);
		expect(code).toBe(2);
	});

	test("says so where no repository is meant", async () => {
		const cwd = tempDir();
		mkdirSync(join(cwd, ".git"));
		const lost = aCli({ cwd });
		expect(await lost.run("check", "x", "--no-sandbox")).toMatchObject({
			code: 2,
			err: expect.stringMatching(/no repository is meant/),
		});
	});
});

describe("land", { timeout: 60_000 }, () => {
	test("lands what is good, tells why the rest is not, and the audit agrees", async () => {
		const rehearsal = await cli.run("land", "good", "--dry-run", "--no-sandbox");
		expect(rehearsal.out).toBe("good: would land on main\n");
		branch("worse", { "src/twice.js": "export const twice = (a) => a;\n" });
		branch("red", { "test/red.test.js": testOf("is red", "add(1, 2)", "4") });
		const { out, code } = await cli.run("land", "good", "worse", "red", "--no-sandbox");
		expect(out).toMatch(/^red \(1 file.*\n\n {2}tests {2}worse {2}1 broken, 1 new tests\n\nIt may not land:/);
		expect(out).toMatch(/\nworse: rejected, worse than the base\n {2}tests: the test doubles fails/);
		expect(out).toMatch(/good: landed on main as [0-9a-f]{12}\n$/);
		expect(code).toBe(1);
		expect(git("show", "main:src/add.js")).toBe("export const add = (a, b) => a + b;");
		expect(git("log", "-1", "--format=%an, %cn", "main")).toBe("Ana, Shopfloor");
		expect((await cli.run("land", "good", "--no-sandbox")).out).toBe("good: nothing in it that main does not have\n");
		const audit = await cli.run("audit", "--replay", "--no-sandbox");
		expect(audit).toMatchObject({
			code: 0,
			out: expect.stringMatching(
				/3 commits on main, 1 of them landed by the factory; 1 checked again\. All is as it was proven/,
			),
		});
	});

	test("one that cannot be read keeps no other from landing, whatever they are called", async () => {
		const long = `long-${"x".repeat(216)}`;
		branch(long, { "notes.txt": "a note\n" });
		git("checkout", "--quiet", "-b", "odd");
		writeFileSync(Buffer.concat([Buffer.from(join(project, "caf")), Buffer.from([0xe9])]), "odd\n");
		git("add", "--all");
		git("commit", "--quiet", "-m", "Odd");
		git("checkout", "--quiet", "main");
		const { out, code } = await cli.run("land", "odd", long, "good", "--no-sandbox");
		expect(out).toMatch(/^odd: .*"caf\\351"/);
		expect(out).toMatch(/^odd: turned away, as said above$/m);
		expect(out.match(/landed on main/g)).toHaveLength(2);
		expect(code).toBe(1);
	});

	test("broken off by Ctrl-C it says so, and nothing has moved", async () => {
		const before = git("rev-parse", "main");
		branch("slow", {
			"test/slow.test.js":
				'import test from "node:test";\ntest("waits", () => new Promise((go) => setTimeout(go, 60_000)));\n',
		});
		const running = cli.start("land", "slow", "--no-sandbox");
		await eventually(() => expect(running.err()).toMatch(/running tests on the change/));
		expect(await running.interrupt()).toMatchObject({
			code: 130,
			err: expect.stringMatching(/\nshopfloor: interrupted; nothing is left half-done\n$/),
		});
		expect(git("rev-parse", "main")).toBe(before);
	});

	test("a commit without proof is named by the audit", async () => {
		await cli.run("land", "good", "--no-sandbox");
		write({ x: "x" });
		git("add", "--all");
		git("-c", "user.name=Shopfloor", "commit", "--quiet", "-m", `Sneak\n\nReceipt: ${"0".repeat(32)}`);
		expect(await cli.run("audit")).toMatchObject({
			code: 1,
			out: expect.stringMatching(/Sneak: its receipt 0+ is neither here nor on the commit/),
		});
	});
});

test("ratchet finds in a range what tampers, without running anything", async () => {
	branch("skip", { "test/add.test.js": testOf("adds", "add(1, 2)", "3").replace('("adds",', '.skip("adds",') });
	const found = await cli.run("ratchet", "main..skip");
	expect(found.out).toMatch(/^1 file changed in .*:\n {2}block {2}skipped-tests {2}test\/add\.test\.js:4/);
	expect(found.code).toBe(1);
	expect(await cli.run("ratchet", "good")).toMatchObject({
		code: 0,
		out: expect.stringMatching(/no rule has anything to say/),
	});
});

test("worktrees are listed with who uses them, and collected when nobody does", { timeout: 60_000 }, async () => {
	expect((await cli.run("worktree", "ls")).out).toMatch(/No worktree of .* yet/);
	await cli.run("check", "good", "--no-sandbox");
	expect((await cli.run("worktree", "ls")).out).toMatch(/^bay-1 {2}[0-9a-f]{12} {2}free/);
	expect((await cli.run("worktree", "gc", "--dry-run")).out).toMatch(/bay-1: would be removed/);
	expect((await cli.run("worktree", "gc")).out).toMatch(/bay-1: removed\nThe object store was packed\./);
	expect((await cli.run("worktree", "gc")).out).toMatch(/^The object store was packed\./);
});

function testOf(name: string, is: string, expected: string): string {
	return `import assert from "node:assert";\nimport test from "node:test";\nimport { add } from "../src/add.js";\ntest("${name}", () => assert.equal(${is}, ${expected}));\n`;
}

function git(...args: string[]): string {
	return execFileSync("git", args, { cwd: project, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trimEnd();
}

function write(files: Record<string, string>): void {
	for (const [path, text] of Object.entries(files)) {
		mkdirSync(dirname(join(project, path)), { recursive: true });
		writeFileSync(join(project, path), text);
	}
}

function commit(files: Record<string, string>): void {
	write(files);
	git("add", "--all");
	git("commit", "--quiet", "-m", "A change");
}

function branch(name: string, files: Record<string, string>): void {
	git("checkout", "--quiet", "-b", name, "main");
	commit(files);
	git("checkout", "--quiet", "main");
}

function lines(out: string): string[] {
	return out
		.replace(/\b[0-9a-f]{32}\b/g, "<receipt>")
		.replace(/\b[0-9a-f]{12}\b/g, "<commit>")
		.trimEnd()
		.split("\n");
}
