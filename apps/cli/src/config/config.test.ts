import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { aCli, type Cli } from "../testing/a-cli.ts";

function aConfiguredCli(config: unknown): Cli {
	const cli = aCli();
	mkdirSync(join(cli.stateDir, "project"));
	cli.configure(config);
	return cli;
}

const shown = (cli: Cli, text: string) =>
	text.replaceAll(cli.stateDir, "STATE").replace(/(installation {3}).*/, "$1ROOT");

test("a right configuration is told as right", async () => {
	const cli = aConfiguredCli({ repository: { path: "project" } });
	const { out, code } = await cli.run("config", "check");
	expect(shown(cli, out)).toBe("STATE/shopfloor.config.json is right: 2 sessions work on STATE/project.\n");
	expect(code).toBe(0);
});

test("every fault is told at once, each with what to do, and exit code 2", async () => {
	const cli = aConfiguredCli({ repository: { path: "nowhere" }, sesions: 2, every: { ralph: "often" } });
	const { out, code } = await cli.run("config", "check");
	expect(shown(cli, out)).toMatchInlineSnapshot(`
		"STATE/shopfloor.config.json has 3 faults:
		  every.ralph: found "often"; expected a duration of at least 1s (5m, 2h), or a cron line of five fields (UTC). To mend it: change the value, or remove the key to get the default.
		  sesions: found a key that nothing reads; expected one of $schema, repository, sessions, every, heartbeat, restarts, health, active, review, agents, roles, budget, gateway, bot, sandbox. To mend it: did you mean "sessions"?.
		  repository.path: found "nowhere", which does not exist; expected the folder or the URL of a git repository. To mend it: correct the path; it is taken relative to the configuration file.
		"
	`);
	expect(code).toBe(2);
	const json = await cli.run("config", "check", "--json");
	expect(JSON.parse(json.out)).toMatchObject({
		ok: false,
		faults: [{ path: "every.ralph" }, { path: "sesions" }, { path: "repository.path" }],
	});
	expect(json.code).toBe(2);
});

test("what is no JSON is told where it breaks", async () => {
	const cli = aConfiguredCli("{ // mine\n}");
	expect(await cli.run("config", "check")).toMatchObject({
		code: 2,
		out: expect.stringContaining("JSON without comments"),
	});
});

test("without a file there is nothing to check: exit code 3, and how to begin", async () => {
	const cli = aCli();
	const { out, code } = await cli.run("config", "check");
	expect(shown(cli, out)).toMatchInlineSnapshot(`
		"There is no STATE/shopfloor.config.json. The factory runs without it, and has no repository to work on.
		To have it written: npx shopfloor init
		By hand, the least that it can hold:
		  { "repository": { "path": "../my-project" } }
		Everything else has a default: npx shopfloor config show
		"
	`);
	expect(code).toBe(3);
	expect(JSON.parse((await cli.run("config", "check", "--json")).out)).toMatchObject({
		ok: false,
		exists: false,
		faults: [],
	});
});

test("what takes effect is shown with its defaults, and where things lie", async () => {
	const cli = aConfiguredCli({ repository: { path: "project" }, every: { ralph: "10m" } });
	expect(shown(cli, (await cli.run("config", "show")).out)).toMatchInlineSnapshot(`
		"configuration  STATE/shopfloor.config.json
		state          STATE
		installation   ROOT
		secrets        none

		repository.path      STATE/project
		repository.base      main  (default)
		repository.context   ["AGENTS.md","CLAUDE.md"]  (default)
		sessions             2  (default)
		every.scheduler      5m  (default)
		every.ralph          10m
		every.reviewer       2h  (default)
		every.doctor         5m  (default)
		every.moltbot        6h  (default)
		heartbeat            5m  (default)
		restarts.crashes     5  (default)
		restarts.window      1h  (default)
		health.memoryShare   0.85  (default)
		health.memoryStop    0.95  (default)
		health.diskFree      1  (default)
		active.least         1  (default)
		review.policy        ask-on-finding  (default)
		review.paths         []  (default)
		review.refuteLines   150  (default)
		review.expires       24h  (default)
		roles.planner        builtin  (default)
		roles.coder          builtin  (default)
		roles.reviewer       builtin  (default)
		roles.tester         builtin  (default)
		roles.scribe         builtin  (default)
		roles.doctor         builtin  (default)
		roles.bot            builtin  (default)
		budget.perDay        10  (default)
		budget.perCall       2  (default)
		budget.perTask       3  (default)
		budget.perTicket     10  (default)
		budget.callsPerHour  120  (default)
		gateway.host         127.0.0.1  (default)
		gateway.port         4770  (default)
		gateway.public       false  (default)
		gateway.hosts        []  (default)
		gateway.proxies      []  (default)
		gateway.perMinute    120  (default)
		gateway.open         90  (default)
		sandbox              auto  (default)
		"
	`);
});

test("a program gets the same as a document", async () => {
	const cli = aConfiguredCli({ repository: { path: "project" } });
	const { out } = await cli.run("config", "show", "--json");
	expect(JSON.parse(out)).toMatchObject({
		exists: true,
		places: { state: cli.stateDir },
		config: { sessions: 2, repository: { path: join(cli.stateDir, "project"), base: "main" } },
		secrets: [],
	});
});

test("a faulty configuration cannot be shown, and says why", async () => {
	const cli = aConfiguredCli({ repository: 3 });
	expect(await cli.run("config", "show")).toMatchObject({
		out: "",
		code: 2,
		err: expect.stringContaining("repository"),
	});
});
