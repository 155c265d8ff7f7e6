/** A person and an agent, with programs that only pretend to be Claude Code. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { needs } from "@shopfloor/core/testing";
import { type Misbehaviour, misbehaving } from "@shopfloor/twins";
import { describe, expect, test } from "vitest";
import { aCli } from "../testing/a-cli.ts";

describe("agent run", () => {
	test("shows what it does, says what came of it, and what it cost", async (context) => {
		needs(context, "bubblewrap");
		const { run, tree } = await aFactory("changes-nothing");
		const { out, err, code } = await run("agent", "run", "--agent", "mine", "--cwd", tree, "do it");
		expect(out).toBe("I fixed the bug and all tests pass.\nmine, cost $0.0100\n");
		expect(err).toContain("→ Bash npm test");
		expect(code).toBe(0);
		expect((await run("attach", "by-hand")).out).toContain("→ Bash npm test");
		expect((await run("cost")).out).toMatch(/\$0\.01 of \$10\.00/);
	});

	test("in a sandbox writes nowhere but in its tree", async (context) => {
		needs(context, "bubblewrap");
		const { run, tree, stateDir } = await aFactory("writes-outside");
		const target = join(stateDir, "written");
		await run("agent", "run", "--agent", "mine", "--cwd", tree, `write ${target} and ${tree}/inside`);
		expect(existsSync(target)).toBe(false);
		expect(existsSync(join(tree, "..", "outside.txt"))).toBe(false);
		expect(existsSync(join(tree, "inside"))).toBe(true);
	});

	test("that fails ends with 1, and says why", async (context) => {
		needs(context, "bubblewrap");
		const { run, tree } = await aFactory("crashes");
		const { out, code } = await run("agent", "run", "--agent", "mine", "--cwd", tree, "do it");
		expect(out).toMatch(/^failed \(crashed\): /);
		expect(code).toBe(1);
	});

	test("that cannot be reached ends with 3, and says what helps", async (context) => {
		needs(context, "bubblewrap");
		const { run, tree } = await aFactory("is-logged-out");
		const args = ["agent", "run", "--no-sandbox", "--agent", "mine", "--cwd", tree, "do it"];
		expect(await run(...args)).toMatchObject({ code: 3, err: expect.stringMatching(/Not logged in/) });
		expect((await run(...args)).err).toMatch(/mine is logged out.*npx shopfloor resume mine/);
	});

	test.each([
		[["--agent", "nobody", "x"], /there is no agent nobody; there are builtin, mine/],
		[["--role", "boss", "x"], /--role boss is none of planner, coder/],
		[["--access", "all", "x"], /--access all is none of none, read, write/],
		[["--cwd", "nowhere", "x"], /there is no folder .*nowhere/],
		[["--usd", "-1", "x"], /--usd -1 is no number above 0/],
		[["--answer", "no.json", "x"], /no\.json is no JSON schema/],
		[["  "], /the prompt is empty/],
	])("what does not make sense is refused before anything runs: %s", async (args, why) => {
		const { run, floor } = await aFactory("changes-nothing");
		const { err, code } = await run("agent", "run", ...args);
		expect(err).toMatch(why);
		expect(code).toBe(2);
		expect(await floor.log.last(5)).toEqual([]);
	});

	test("for programs is one object", async (context) => {
		needs(context, "bubblewrap");
		const { run, tree } = await aFactory("changes-nothing");
		const { out } = await run("agent", "run", "--agent", "mine", "--cwd", tree, "--json", "do it");
		expect(JSON.parse(out)).toMatchObject({ kind: "answered", agent: "mine", outcome: { kind: "done" }, usd: 0.01 });
	});
});

test("agent ls shows what each one is, what it serves, and what it lacks", async () => {
	const { run } = await aFactory("changes-nothing", { key: false });
	const { out } = await run("agent", "ls");
	expect(out).toMatch(/^agent +program +key +serves +trouble\nbuiltin +part of the factory +needs none +every role/);
	expect(out).toMatch(/\nmine +claude 2\.1\.329 +missing: anthropic-api-key +nobody/);
	const sights = JSON.parse((await run("agent", "ls", "--json")).out);
	expect(sights).toMatchObject([
		{ name: "builtin", free: true },
		{ name: "mine", program: { path: misbehaving("changes-nothing") } },
	]);
});

describe("attach", () => {
	test("to a session that never was says which there are", async () => {
		const { run } = await aFactory("changes-nothing");
		const { err, code } = await run("attach", "ralph-9");
		expect(err).toContain("no session ralph-9 ever showed anything here; there are ralph-1, ralph-2");
		expect(code).toBe(2);
	});

	test("to one that has shown nothing yet shows nothing", async () => {
		const { run } = await aFactory("changes-nothing");
		expect(await run("attach", "ralph-1")).toMatchObject({ code: 0 });
	});
});

async function aFactory(program: Misbehaviour, { key = true } = {}) {
	const cli = aCli();
	const tree = join(cli.stateDir, "..", `${cli.stateDir.split("/").at(-1)}-tree`);
	mkdirSync(tree, { recursive: true });
	writeFileSync(join(tree, "a.txt"), "a\n");
	cli.configure({
		repository: { path: "." },
		agents: { mine: { kind: "claude", program: misbehaving(program) } },
		budget: { perCall: 0.5 },
	});
	if (key)
		await aCli({ stateDir: cli.stateDir, config: cli.config, piped: "sk-mine" }).run(
			"secret",
			"set",
			"anthropic-api-key",
		);
	return { ...cli, tree };
}
