import { expect, test } from "vitest";
import { parseConfig, unconfigured } from "./config.ts";

test("only the repository has to be given", () => {
	expect(parseConfig({ repository: { path: "../app" } })).toMatchInlineSnapshot(`
		{
		  "config": {
		    "active": {
		      "least": 1,
		    },
		    "agents": {},
		    "budget": {
		      "callsPerHour": 120,
		      "perCall": 2,
		      "perDay": 10,
		      "perRole": {},
		      "perTask": 3,
		      "perTicket": 10,
		      "prices": {},
		    },
		    "every": {
		      "doctor": "5m",
		      "moltbot": "6h",
		      "ralph": "15m",
		      "reviewer": "2h",
		      "scheduler": "5m",
		    },
		    "gateway": {
		      "host": "127.0.0.1",
		      "hosts": [],
		      "open": 90,
		      "perMinute": 120,
		      "port": 4770,
		      "proxies": [],
		      "public": false,
		    },
		    "health": {
		      "diskFree": 1,
		      "memoryShare": 0.85,
		      "memoryStop": 0.95,
		    },
		    "heartbeat": "5m",
		    "repository": {
		      "base": "main",
		      "context": [
		        "AGENTS.md",
		        "CLAUDE.md",
		      ],
		      "path": "../app",
		    },
		    "restarts": {
		      "crashes": 5,
		      "window": "1h",
		    },
		    "review": {
		      "expires": "24h",
		      "paths": [],
		      "policy": "ask-on-finding",
		      "refuteLines": 150,
		    },
		    "roles": {
		      "bot": "builtin",
		      "coder": "builtin",
		      "doctor": "builtin",
		      "planner": "builtin",
		      "reviewer": "builtin",
		      "scribe": "builtin",
		      "tester": "builtin",
		    },
		    "sandbox": "auto",
		    "sessions": 2,
		  },
		  "kind": "config",
		}
	`);
});

test("a factory without a file has every default and no repository", () => {
	const { repository, ...rest } = unconfigured();
	const parsed = parseConfig({ repository: { path: "x" } });
	expect(repository).toBeNull();
	expect(parsed).toMatchObject({ kind: "config", config: rest });
});

test("all faults are told at once, each with what to do", () => {
	const value = {
		repository: { path: "", bas: "main" },
		sesions: 3,
		sessions: 1.5,
		every: { doctor: "soon", scheduler: "0 */2 * *" },
		restarts: 5,
		health: { memoryShare: 85 },
	};
	const parsed = parseConfig(value);
	const lines =
		parsed.kind === "faults"
			? parsed.faults.map((fault) => `${fault.path}: found ${fault.found}; expected ${fault.expected}; ${fault.fix}`)
			: [];
	expect(lines).toMatchInlineSnapshot(`
		[
		  "repository.path: found ""; expected a text that is not empty; name the repository: "../my-project"",
		  "repository.bas: found a key that nothing reads; expected one of path, base, context; did you mean "base"?",
		  "sessions: found 1.5; expected a whole number; change the value, or remove the key to get the default",
		  "every.scheduler: found "0 */2 * *"; expected a duration of at least 1s (5m, 2h), or a cron line of five fields (UTC); change the value, or remove the key to get the default",
		  "every.doctor: found "soon"; expected a duration of at least 1s (5m, 2h), or a cron line of five fields (UTC); change the value, or remove the key to get the default",
		  "restarts: found 5; expected an object; write it as { … }",
		  "health.memoryShare: found 85; expected at most 1; change the value, or remove the key to get the default",
		  "sesions: found a key that nothing reads; expected one of $schema, repository, sessions, every, heartbeat, restarts, health, active, review, agents, roles, budget, gateway, bot, sandbox; did you mean "sessions"?",
		]
	`);
});

test.each([[null], ["text"], [[]], [42], [{}]])("%j is no configuration, and says why", (value) => {
	const parsed = parseConfig(value);
	expect(parsed.kind === "faults" && parsed.faults.every(({ expected, fix }) => expected !== "" && fix !== "")).toBe(
		true,
	);
});

test("an agent that nobody described serves no role, and a key that is misspelt is found in there too", () => {
	const faulty = parseConfig({
		repository: { path: "." },
		agents: {
			mine: { kind: "claude", modle: "x" },
			other: { kind: "clod" },
			odd: { kind: "command", command: ["a"], usd: 3 },
		},
	});
	expect(faulty.kind === "faults" && faulty.faults).toMatchInlineSnapshot(`
		[
		  {
		    "expected": "one of kind, program, model, env, secrets, network, baseUrl, command, prompt, answer, usd, sees",
		    "fix": "remove it",
		    "found": "a key that nothing reads",
		    "path": "agents.mine.modle",
		  },
		  {
		    "expected": "one of claude, codex, command",
		    "fix": "change the value, or remove the key to get the default",
		    "found": ""clod"",
		    "path": "agents.other.kind",
		  },
		  {
		    "expected": "one of the forms that docs/formats/config.schema.json shows",
		    "fix": "change the value, or remove the key to get the default",
		    "found": "3",
		    "path": "agents.odd.usd",
		  },
		]
	`);
	const unknown = parseConfig({
		repository: { path: "." },
		agents: { claude: { kind: "claude" } },
		roles: { coder: ["builtin", "claud"] },
	});
	expect(unknown).toMatchInlineSnapshot(`
		{
		  "faults": [
		    {
		      "expected": "one of builtin, claude",
		      "fix": "did you mean "claude"?",
		      "found": ""claud"",
		      "path": "roles.coder",
		    },
		  ],
		  "kind": "faults",
		}
	`);
	expect(parseConfig({ repository: { path: "." }, agents: { builtin: { kind: "claude" } } }).kind).toBe("faults");
});

test("WEB-12: an address that others reach is a fault, unless it is said by name", () => {
	const at = (gateway: object) => parseConfig({ repository: { path: "." }, gateway });
	for (const host of ["0.0.0.0", "::", "192.168.1.2", "factory.example.org"]) {
		expect(at({ host })).toMatchObject({
			kind: "faults",
			faults: [{ path: "gateway.host", fix: expect.stringContaining('"public": true') }],
		});
		expect(at({ host, public: true }).kind).toBe("config");
	}
	for (const host of ["127.0.0.1", "127.9.9.9", "::1", "localhost"]) expect(at({ host }).kind).toBe("config");
});
