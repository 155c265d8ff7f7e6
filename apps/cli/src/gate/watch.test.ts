import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { inDepth, tempDir } from "@shopfloor/core/testing";
import { beforeEach, describe, expect, test } from "vitest";
import { aCli, type Cli } from "../testing/a-cli.ts";
import { aProject, type Project } from "../testing/a-project.ts";

let project: Project;
let cli: Cli;
/** While this file is not there, what stands on it is right. */
let nightfall: string;

beforeEach(() => {
	project = aProject();
	nightfall = join(tempDir(), "nightfall");
	const byDay = `import { existsSync } from "node:fs";\nexport const add = (a, b) => (existsSync(${JSON.stringify(nightfall)}) ? 0 : a + b);\n`;
	project.branch("by-day", { "src/add.js": byDay });
	project.branch("notes", { "notes.txt": "a note\n" });
	cli = aCli({ cwd: project.dir });
});

describe("watch", { timeout: 60_000 }, () => {
	inDepth("takes back the landing that turned out worse, and lets the others be", async () => {
		expect(await watched()).toMatchObject({
			out: "main is watched from <commit> on; the next look is compared with it.\n",
		});
		expect((await cli.run("land", "by-day", "notes", "--no-sandbox")).code).toBe(0);
		const landed = project.git("rev-parse", "main");
		writeFileSync(nightfall, "");
		const rehearsal = await watched("--dry-run");
		expect(rehearsal.out).toMatch(
			/^main is worse since by-day landed as <commit>:\n {2}tests: the test adds fails: .*\nby-day: would be taken back from main\n/,
		);
		expect([rehearsal.code, project.git("rev-parse", "main")]).toEqual([1, landed]);
		expect(await watched()).toMatchObject({
			code: 1,
			out: expect.stringMatching(/\nby-day: taken back from main, as <commit>\n$/),
		});
		expect(project.git("show", "main:notes.txt")).toBe("a note");
		expect(await watched()).toMatchObject({
			code: 0,
			out: "main at <commit> is as good as when it was last looked at.\n",
		});
	});

	test("leaves a person's commit alone and tells of it", async () => {
		await watched();
		project.git("merge", "--quiet", "by-day");
		writeFileSync(nightfall, "");
		const tip = project.git("rev-parse", "main");
		const { out, code } = await watched();
		expect(out).toMatch(
			/^main is worse since <commit> "Work on by-day", which the factory did not land, .*:\n {2}tests: /,
		);
		expect([code, project.git("rev-parse", "main")]).toEqual([1, tip]);
	});
});

async function watched(...options: string[]) {
	const { out, ...rest } = await cli.run("watch", "--no-sandbox", ...options);
	return { ...rest, out: out.replace(/\b[0-9a-f]{12}\b/g, "<commit>") };
}
