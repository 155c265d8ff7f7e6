import { bubblewrapRunner, processGroupRunner, unshareRunner } from "@shopfloor/core/io";
import type { ProcessSight } from "@shopfloor/core/person";
import { describe, expect, test } from "vitest";
import type { Answer } from "./ask-tool.ts";
import type { Check, Verdict } from "./check.ts";
import { clock } from "./checks/clock.ts";
import { configuration } from "./checks/configuration.ts";
import { disk } from "./checks/disk.ts";
import { git } from "./checks/git.ts";
import { installation } from "./checks/installation.ts";
import { leftovers } from "./checks/leftovers.ts";
import { memory } from "./checks/memory.ts";
import { node } from "./checks/node.ts";
import { pm2 } from "./checks/pm2.ts";
import { ports } from "./checks/ports.ts";
import { processes } from "./checks/processes.ts";
import { sandbox } from "./checks/sandbox.ts";
import { secrets } from "./checks/secrets.ts";
import { stateDirectory } from "./checks/state-directory.ts";
import { strays } from "./checks/strays.ts";
import { system } from "./checks/system.ts";
import { tmux } from "./checks/tmux.ts";

const answered = (text: string, ok = true): Answer => ({ kind: "answered", ok, text });
const missing: Answer = { kind: "missing" };
const hung: Answer = { kind: "hung" };
const gib = 2 ** 30;

function judged<Seen>({ judge }: Check<Seen>, seen: Seen): [Verdict["level"], string, string?] {
	const verdict = judge(seen);
	return verdict.level === "pass" ? [verdict.level, verdict.says] : [verdict.level, verdict.says, verdict.fix];
}

test("system", () => {
	expect(judged(system, { platform: "linux", arch: "x64" })[0]).toBe("pass");
	expect(judged(system, { platform: "darwin", arch: "arm64" })[0]).toBe("warn");
	expect(judged(system, { platform: "win32", arch: "x64" })[0]).toBe("fail");
});

test.each([
	["20.19.0", "pass"],
	["26.1.0", "pass"],
	["20.18.9", "fail"],
	["18.20.0", "fail"],
])("node %s: %s", (found, level) => {
	expect(judged(node, { found, wanted: "20.19" })[0]).toBe(level);
});

test.each<[string, Answer, string]>([
	["2.39.5", answered("git version 2.39.5"), "pass"],
	["2.38", answered("git version 2.38.0 (Apple Git-1)"), "pass"],
	["2.37", answered("git version 2.37.9"), "fail"],
	["none", missing, "fail"],
	["one that hangs", hung, "fail"],
	["one that is broken", answered("libpcre not found", false), "fail"],
])("git %s: %s", (_what, answer, level) => {
	expect(judged(git, answer)[0]).toBe(level);
});

test("tmux is wished for and not needed", () => {
	expect(judged(tmux, answered("tmux 3.3a"))).toEqual(["pass", "3.3"]);
	expect(judged(tmux, missing)).toEqual([
		"warn",
		"not installed; sessions have a file instead of a terminal",
		"apt-get install tmux",
	]);
	expect(judged(tmux, hung)[0]).toBe("warn");
});

describe("the sandbox", () => {
	const none = { kind: "missing", why: "bubblewrap makes no sandbox here." } as const;
	const path = "/f/shopfloor.config.json";

	test("is the one that would be chosen, also where that is the second best", () => {
		for (const runner of [bubblewrapRunner, unshareRunner]) {
			const choice = { kind: "runner", runner } as const;
			expect(judged(sandbox, { path, setting: "auto", choice, any: choice })).toEqual(["pass", `by ${runner.name}`]);
		}
	});

	test("that cannot be made keeps everything from running", () => {
		const [level, says, fix] = judged(sandbox, { path, setting: "auto", choice: none, any: none });
		expect([level, says]).toEqual([
			"fail",
			"none can be made, and without one nothing is run. bubblewrap makes no sandbox here.",
		]);
		expect(fix).toMatch(/^apt-get install bubblewrap .*user namespaces/);
	});

	test("of another kind that would work is named", () => {
		const any = { kind: "runner", runner: unshareRunner } as const;
		expect(judged(sandbox, { path, setting: "bubblewrap", choice: none, any })).toMatchObject([
			"fail",
			/./,
			'set "sandbox": "auto" in /f/shopfloor.config.json; unshare works here',
		]);
	});

	test("that a person switched off is no fault, and no secret", () => {
		const choice = { kind: "runner", runner: processGroupRunner } as const;
		expect(judged(sandbox, { path, setting: "off", choice, any: none })).toEqual([
			"warn",
			"off: whatever agents and checks run can do all that you can",
			'remove "sandbox": "off" from /f/shopfloor.config.json',
		]);
	});
});

test("memory", () => {
	const seen = (availableBytes: number) => judged(memory, { availableBytes, totalBytes: 8 * gib });
	expect(seen(4 * gib)).toEqual(["pass", "4 GiB of 8 GiB available"]);
	expect(seen(0.5 * gib)[0]).toBe("warn");
	expect(seen(0.1 * gib)[0]).toBe("fail");
});

test("ports", () => {
	const seen = (fault: string | undefined, isGateway = false) =>
		judged(ports, { address: "127.0.0.1:4770", fault, isGateway }).slice(0, 2);
	expect(seen(undefined)).toEqual(["pass", "127.0.0.1:4770 is free for the gateway"]);
	expect(seen("listen EADDRINUSE", true)).toEqual(["pass", "a gateway listens on 127.0.0.1:4770"]);
	expect(seen("listen EADDRINUSE: address already in use")).toEqual([
		"warn",
		"127.0.0.1:4770 is taken by somebody else",
	]);
	expect(seen("listen EADDRNOTAVAIL")).toEqual(["warn", "nothing can listen on 127.0.0.1:4770 (listen EADDRNOTAVAIL)"]);
});

test("disk", () => {
	const seen = (freeBytes: number, freeFilesShare?: number) =>
		judged(disk, { freeBytes, totalBytes: 100 * gib, littleBytes: gib, freeFilesShare });
	expect(seen(50 * gib)).toEqual(["pass", "50 GiB of 100 GiB free"]);
	expect(seen(0.5 * gib)[0]).toBe("warn");
	expect(seen(0.1 * gib)[0]).toBe("fail");
	expect(seen(50 * gib, 0.01)[1]).toContain("inodes");
});

test("installation", () => {
	const whole = { installed: true, unbuilt: [], npmLockfile: false };
	expect(judged(installation, whole)).toEqual(["pass", "installed and built"]);
	expect(judged(installation, { ...whole, installed: false })[0]).toBe("fail");
	expect(judged(installation, { ...whole, unbuilt: ["apps/scheduler/dist/main.js"] })).toEqual([
		"fail",
		"not built: apps/scheduler/dist/main.js",
		"npm run bootstrap",
	]);
	expect(judged(installation, { ...whole, npmLockfile: true })).toMatchObject(["warn", /package-lock.json/, /rm/]);
});

test("pm2", () => {
	const seen = { installed: "7.0.4", home: "/home/ana/.pm2", daemon: undefined, openDumps: [] };
	expect(judged(pm2, seen)).toEqual(["pass", "7.0.4, not running"]);
	expect(judged(pm2, { ...seen, daemon: { version: "7.0.4" } })[0]).toBe("pass");
	expect(judged(pm2, { ...seen, daemon: { version: undefined } })[0]).toBe("pass");
	expect(judged(pm2, { ...seen, daemon: { version: "5.3.0" } }).slice(0, 2)).toEqual([
		"warn",
		"PM2 5.3.0 runs (home /home/ana/.pm2), ours is 7.0.4",
	]);
	expect(judged(pm2, { ...seen, openDumps: ["/home/ana/.pm2/dump.pm2"] })).toEqual([
		"warn",
		"other accounts can read what pm2 save wrote",
		"chmod 600 /home/ana/.pm2/dump.pm2",
	]);
	expect(judged(pm2, { ...seen, installed: undefined })[0]).toBe("fail");
});

test("configuration", () => {
	const path = "/f/shopfloor.config.json";
	const fault = { path: "sessions", found: "-1", expected: "at least 0", fix: "change it" };
	expect(judged(configuration, { path, exists: true, faults: [] })).toEqual(["pass", path]);
	expect(judged(configuration, { path, exists: false, faults: [] })).toEqual([
		"warn",
		"none yet: there is no repository to work on",
		"npx shopfloor init",
	]);
	expect(judged(configuration, { path, exists: true, faults: [fault, fault] })).toEqual([
		"fail",
		"/f/shopfloor.config.json has 2 faults; nothing starts with it",
		"npx shopfloor config check",
	]);
});

test("state directory", () => {
	const path = "/f/state";
	expect(judged(stateDirectory, { path, fault: undefined, mode: 0o700 })[0]).toBe("pass");
	expect(judged(stateDirectory, { path, fault: undefined, mode: 0o755 })).toEqual([
		"warn",
		"/f/state is open to other accounts (mode 755)",
		"chmod 700 /f/state",
	]);
	expect(judged(stateDirectory, { path, fault: "/f/state lies on NFS", mode: 0 })[0]).toBe("fail");
});

test("secrets", () => {
	expect(judged(secrets, { count: 0, open: [] })).toEqual(["pass", "none stored"]);
	expect(judged(secrets, { count: 2, open: [] })[0]).toBe("pass");
	expect(judged(secrets, { count: 2, open: ["/s/a"] })).toEqual([
		"warn",
		"other accounts can read 1 of 2",
		"chmod 600 /s/a",
	]);
});

test("leftovers", () => {
	expect(judged(leftovers, [])).toEqual(["pass", "none"]);
	expect(judged(leftovers, ["a", "b"])).toEqual([
		"warn",
		"2 files or locks of processes that are gone",
		"npx shopfloor doctor --fix",
	]);
});

test("strays", () => {
	expect(judged(strays, [])[0]).toBe("pass");
	expect(judged(strays, [{ pid: 12, lost: "/old/apps/x/dist/main.js" }])).toEqual([
		"warn",
		"processes of a clone that is gone work in this state directory: pid 12 (/old/apps/x/dist/main.js is gone)",
		"kill 12",
	]);
});

test("clock", () => {
	const nowMs = Date.UTC(2026, 0, 31);
	const seen = (builtMs: number, lastEntryMs: number) => judged(clock, { nowMs, builtMs, lastEntryMs });
	expect(seen(nowMs - 1, Number.NaN)[0]).toBe("pass");
	expect(seen(nowMs - 1, nowMs + 30_000)[0]).toBe("pass");
	expect(seen(nowMs - 1, nowMs + 3_600_000).slice(0, 2)).toEqual(["warn", "1h behind the newest entry of the log"]);
	expect(seen(nowMs + 86_400_000, Number.NaN)[0]).toBe("warn");
});

test("processes", () => {
	const sight = (name: string, state: ProcessSight["state"]) => ({ name, state }) as ProcessSight;
	const seen = (...states: ProcessSight["state"][]) =>
		judged(processes, {
			sights: states.map((state, index) => sight(`p${index}`, state)),
			inPm2: (command) => `PM2_HOME=/srv/pm2 ${command}`,
		});
	expect(seen("absent", "absent")).toEqual(["pass", "none runs (npm start brings them up)"]);
	expect(seen("running", "starting")).toEqual(["pass", "2 of 2 run"]);
	expect(seen("running", "gone")).toEqual([
		"warn",
		"p1: not there any more, and nobody told them to end",
		"PM2_HOME=/srv/pm2 npm start",
	]);
	expect(seen("running", "silent")).toEqual([
		"warn",
		"p1: alive, and not heard for too long",
		"PM2_HOME=/srv/pm2 npx pm2 logs p1",
	]);
	expect(seen("gone", "parked").slice(0, 2)).toEqual(["fail", "p1: parked after too many crashes"]);
});
