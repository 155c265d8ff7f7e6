import { inDepth } from "@shopfloor/core/testing";
import { beforeEach, describe, expect, test } from "vitest";
import { aCli, type Cli } from "../testing/a-cli.ts";
import { aProject, type Project, testFile } from "../testing/a-project.ts";

let project: Project;
let cli: Cli;

const twice = {
	"src/twice.js": "export function twice(a) {\n\treturn a + a;\n}\n",
	"test/twice.test.js": testFile("twice", "doubles", "twice(2)", "4"),
};

beforeEach(() => {
	project = aProject();
	project.branch("twice", twice);
	cli = aCli({ cwd: project.dir });
});

describe("revert", { timeout: 60_000 }, () => {
	test("takes back what a branch brought when it landed, tests and all, and the audit agrees", async () => {
		await landed("twice");
		const landing = project.git("rev-parse", "main");
		const rehearsal = await cli.run("revert", "twice", "--dry-run", "--no-sandbox");
		expect(rehearsal).toMatchObject({
			out: "twice: would be taken back from main\n  the test that came with it would go too: doubles\n",
			code: 0,
		});
		expect(project.git("rev-parse", "main")).toBe(landing);
		const { out, code } = await cli.run("revert", "twice", "--reason", "it was slow", "--no-sandbox");
		expect(out).toMatch(
			/^twice: taken back from main, as [0-9a-f]{12}\n {2}the test that came with it went too: doubles\n$/,
		);
		expect(code).toBe(0);
		expect(project.git("diff", "--stat", "main~2", "main")).toBe("");
		expect(project.git("log", "-1", "--format=%B", "main")).toMatch(
			/^Revert "Work on twice"\n\nit was slow\n\nReverts: [0-9a-f]{40}\n/,
		);
		expect(await cli.run("revert", "twice", "--no-sandbox")).toMatchObject({
			out: "twice: nothing of it is left in main\n",
			code: 0,
		});
		expect(await cli.run("audit", "--replay", "--no-sandbox")).toMatchObject({
			code: 0,
			out: expect.stringMatching(/2 of them landed by the factory; 2 checked again\. All is as it was proven/),
		});
	});

	inDepth("takes a batch back by its merge, and says what it landed", async () => {
		project.branch("notes", { "notes.txt": "a note\n" });
		await landed("twice", "notes");
		const merge = project.git("rev-parse", "main");
		const { out } = await cli.run("revert", merge.slice(0, 8), "--no-sandbox");
		expect(out).toMatch(
			/: taken back from main, as [0-9a-f]{12}\n {2}it landed (twice, notes|notes, twice)\n {2}the test/,
		);
		expect(project.git("ls-tree", "-r", "--name-only", "main")).not.toMatch(/twice|notes/);
		expect((await cli.floor.log.last(5, { type: ["change_reverted"] })).map(({ data }) => data)).toMatchObject([
			{ reason: "Taken back by cli:ana." },
			{ reason: "Taken back by cli:ana." },
		]);
	});

	test("takes a person's own commit back when its name is typed", async () => {
		const mine = project.commit({ "notes.txt": "a note\n" }, "My own");
		const { out } = await cli.run("revert", mine.slice(0, 10), "--no-sandbox", "--json");
		expect(JSON.parse(out)).toMatchObject({ what: mine.slice(0, 10), of: mine, kind: "reverted", changes: [mine] });
		expect(project.git("ls-tree", "-r", "--name-only", "main")).not.toMatch(/notes/);
	});

	test("says where later work is in the way, and how a person does it", async () => {
		await landed("twice");
		project.commit({ "src/twice.js": "export const twice = (a) => 2 * a;\n" });
		const tip = project.git("rev-parse", "main");
		const { out, code } = await cli.run("revert", "twice", "--no-sandbox");
		expect(out).toMatch(
			/^twice: not taken back, what came after it touches the same places: src\/twice\.js\nDo it by hand on a branch and land that: git revert [0-9a-f]{12}, then npx shopfloor land <branch>\n$/,
		);
		expect([code, project.git("rev-parse", "main")]).toEqual([1, tip]);
	});

	test("says what would be worse without it", async () => {
		await landed("twice");
		project.commit({
			"src/four.js": 'import { twice } from "./twice.js";\nexport const four = () => twice(2);\n',
			"test/four.test.js": testFile("four", "is four", "four()", "4"),
		});
		const { out, code } = await cli.run("revert", "twice", "--no-sandbox");
		expect(out).toMatch(
			/^twice: not taken back, main would be worse without it\n {2}tests: .*\n(?:.*\n)*Take back first what stands on it/,
		);
		expect(code).toBe(1);
	});

	test("waits where the base is checked out with something that is not committed", async () => {
		await landed("twice");
		project.write({ "src/twice.js": "// mine\n" });
		const { out, code } = await cli.run("revert", "twice", "--no-sandbox");
		expect(out).toMatch(/^twice: not taken back yet, .* where something is not committed\. Commit or stash it there/);
		expect(code).toBe(1);
		expect(project.git("status", "--porcelain")).toBe(" M src/twice.js");
	});

	test.each([
		[
			"twice",
			/shopfloor: twice has not landed on main, so there is nothing to take back\. A commit is taken back by its name/,
		],
		["nothing", /nothing that is called "nothing" landed on main, and no commit is\. git -C .* log main/],
		["0123456", /nothing that is called "0123456" landed/],
	])("%s is refused with what to do", async (name, message) => {
		expect(await cli.run("revert", name, "--no-sandbox")).toMatchObject({
			code: 2,
			out: "",
			err: expect.stringMatching(message),
		});
	});

	test("a commit that is no part of the base, or its first, is refused with why", async () => {
		expect(await cli.run("revert", project.git("rev-parse", "twice"), "--no-sandbox")).toMatchObject({
			code: 2,
			err: expect.stringMatching(/ is not part of main; nothing was done/),
		});
		expect(await cli.run("revert", project.git("rev-parse", "main"), "--no-sandbox")).toMatchObject({
			code: 2,
			err: expect.stringMatching(/is where main begins: there is nothing before it; nothing was done/),
		});
	});
});

async function landed(...branches: string[]): Promise<void> {
	expect((await cli.run("land", ...branches, "--no-sandbox")).code).toBe(0);
}
