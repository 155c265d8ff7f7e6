import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { tempDir } from "@shopfloor/core/testing";
import { expect, test } from "vitest";
import { aCli, type Cli } from "../testing/a-cli.ts";
import { aProject } from "../testing/a-project.ts";

const written = ({ config }: Cli) => JSON.parse(readFileSync(config, "utf8"));
/** The doctor looks at this very machine. */
const slow = { timeout: 60_000 };

test("all by flags it asks nothing; again it changes nothing, and otherwise only with --force", slow, async () => {
	const project = aProject();
	const cli = aCli();
	const flags = ["--base", "main", "--agent", "builtin", "claude", "--budget", "20", "--json"];
	const init = (...more: string[]) => cli.run("init", project.dir, ...flags, ...more);

	const { out, code } = await init("--sessions", "2");
	const said = JSON.parse(out);
	expect(code).toBe(said.doctor.ok ? 0 : 1);
	expect(said).toMatchObject({
		config: cli.config,
		written: true,
		kept: null,
		found: {
			repository: { value: project.dir },
			base: {
				value: { branch: "main", definition: { from: "detected", definition: { checks: [{ name: "tests" }] } } },
			},
			sights: [{ name: "claude", missingKey: "anthropic-api-key" }, { name: "codex" }],
		},
		tried: [],
	});
	expect(said.next).toHaveLength(3);
	expect(written(cli)).toEqual({
		$schema: expect.stringMatching(/docs\/formats\/config\.schema\.json$/),
		repository: { path: project.dir, base: "main" },
		sessions: 2,
		agents: { claude: { kind: "claude" } },
		roles: { planner: ["builtin", "claude"], coder: ["builtin", "claude"], reviewer: "claude", tester: "claude" },
		budget: { perDay: 20 },
		review: { policy: "ask-on-finding" },
	});

	expect(JSON.parse((await init("--sessions", "2")).out)).toMatchObject({ written: false });
	expect(await init("--sessions", "3")).toMatchObject({ code: 2, out: "", err: expect.stringContaining("--force") });
	expect(written(cli).sessions).toBe(2);
	expect(JSON.parse((await init("--sessions", "3", "--force")).out)).toMatchObject({ kept: `${cli.config}.bak` });
	expect(written(cli).sessions).toBe(3);
});

test("with --yes it takes what it finds, and says why, what was written, and what comes next", slow, async () => {
	const project = aProject();
	project.commit({ "package.json": '{ "scripts": { "test": "./run-all.sh" } }' });
	project.git("update-ref", "refs/remotes/origin/main", "HEAD");
	project.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main");
	project.git("checkout", "--quiet", "-b", "work");
	const cli = aCli({ cwd: join(project.dir, "src") });
	const { out } = await cli.run("init", "--yes", "--try");
	expect(out).toContain(`repository  ${project.dir}\n            you stand in it\n`);
	expect(out).toMatch(/^base {8}main \([\da-f]{12}\)\n {12}its published default branch$/m);
	expect(out).toMatch(/^checks {6}none: nothing lands\n {12}how to run the tests cannot be told from.*\{"checks":\[/m);
	expect(out).toMatch(/^sessions {4}[1-8]\n {12}this machine has /m);
	expect(out).toContain(`${cli.config} is written.`);
	expect(out).toMatch(/^PASS {2}configuration/m);
	expect(out).toMatch(/^Still open:\n {2}commit \.shopfloor\/gate\.json to the base /m);
	expect(out).toMatch(/^Next:\n.*npm start.*\n.*status --watch.*\n/m);
	expect(written(cli).repository).toEqual({ path: project.dir, base: "main" });
});

test("a person is asked for each answer with what was found, and again where it is none", slow, async () => {
	const project = aProject();
	const typed = ["", "nowhere", "main", "two", "3", "builtin", "y", ""].join("\n");
	const cli = aCli({ cwd: project.dir, typed });
	const { err } = await cli.run("init");
	expect(err).toContain(`Repository, its folder or URL [${project.dir}]: `);
	expect(err).toMatch(/has no branch "nowhere".*There are: main/);
	expect(err).toContain('"two" is no number of sessions');
	expect(err).toContain("Write ");
	expect(err).not.toContain("Dollars");
	expect(written(cli)).toMatchObject({ repository: { path: project.dir }, sessions: 3, budget: { perDay: 10 } });
});

test("who says no, or nothing more, has written nothing", slow, async () => {
	const project = aProject();
	const flags = ["--base", "main", "--sessions", "1", "--agent", "builtin"];
	for (const typed of ["\n", "\nn\n"]) {
		const cli = aCli({ cwd: project.dir, typed });
		expect(await cli.run("init", ...flags)).toMatchObject({
			code: 130,
			err: expect.stringContaining("nothing was written"),
		});
		expect(existsSync(cli.config)).toBe(false);
	}
	const cli = aCli({ cwd: project.dir, typed: "\n" });
	cli.configure({});
	expect(await cli.run("init")).toMatchObject({ code: 2, out: "", err: expect.stringContaining("--force") });
});

test("where nobody can be asked, what is open is named", async () => {
	expect(await aCli().run("init", "--base", "main")).toMatchObject({
		code: 2,
		out: "",
		err: expect.stringMatching(/--repository, --sessions, --agent, --budget; or --yes/),
	});
	expect(await aCli().run("init", "--yes")).toMatchObject({ code: 2, err: expect.stringContaining("--repository") });
	expect(await aCli().run("init", "a", "--repository", "b")).toMatchObject({ code: 2 });
});

test("a repository that cannot be worked for is told with why, and nothing is written", async () => {
	const empty = aProject();
	empty.git("update-ref", "-d", "HEAD");
	const folder = join(tempDir(), "folder");
	mkdirSync(folder);
	const cli = aCli();
	for (const [where, why] of [
		[empty.dir, /has no commit yet/],
		[folder, /is not a git repository/],
		["https://ana:s3cret@example.com/p.git", /^shopfloor: leave out/],
	] as const) {
		const { code, err } = await cli.run("init", where, "--yes");
		expect(code).toBe(2);
		expect(err).toMatch(why);
		expect(err).not.toContain("s3cret");
	}
	expect(existsSync(cli.config)).toBe(false);
});
