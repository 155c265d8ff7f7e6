import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { draftOf, needs, tempDir } from "@shopfloor/core/testing";
import { describe, expect, onTestFinished, test } from "vitest";
import { paintIf } from "../paint.ts";
import { aCli, type Cli } from "../testing/a-cli.ts";
import type { Finding } from "./check.ts";
import { findingLines, summaryLine } from "./view.ts";

interface Report {
	readonly ok: boolean;
	readonly checks: readonly Finding[];
	readonly repairs?: readonly { readonly name: string; readonly done: string }[];
}

const reportIn = ({ out }: { out: string }) => JSON.parse(out) as Report;
const levelOf = (report: Report, name: string) => report.checks.find((found) => found.name === name)?.level;

/** A holder that cannot be alive: no machine was ever started under this boot id. */
const deadHolder = "999-1-000000000000-1-1";

test("every check finds something to say about this very machine", async () => {
	const cli = aCli();
	const report = reportIn(await cli.run("doctor", "--json"));
	expect(report.checks.map(({ name }) => name)).toEqual([
		"system",
		"node",
		"git",
		"tmux",
		"sandbox",
		"memory",
		"ports",
		"installation",
		"pm2",
		"configuration",
		"state",
		"disk",
		"secrets",
		"leftovers",
		"strays",
		"clock",
		"processes",
	]);
	for (const found of report.checks) expect(found.says, found.name).not.toBe("");
});

test("the exit code is 1 as soon as one thing must be mended, and the line says how", async () => {
	const cli = aCli();
	cli.configure({ sesions: 1 });
	const { out, code } = await cli.run("doctor");
	expect(out).toMatch(
		/^FAIL {2}configuration .*2 faults; nothing starts with it\n {6}to mend it: npx shopfloor config check$/m,
	);
	expect(code).toBe(1);
	expect(reportIn(await cli.run("doctor", "--json")).ok).toBe(false);
});

test("--fix mends what is safe, says what it did, and judges afterwards", async () => {
	const cli = aCli({ piped: "s3cret" });
	await cli.run("secret", "set", "bot-token");
	const secret = join(cli.stateDir, "secrets", "bot-token");
	chmodSync(secret, 0o644);
	mkdirSync(join(cli.stateDir, "locks"));
	writeFileSync(join(cli.stateDir, "locks", "log"), deadHolder);
	chmodSync(cli.stateDir, 0o755);
	mkdirSync(join(cli.stateDir, "pm2"));
	writeFileSync(join(cli.stateDir, "pm2", "dump.pm2"), "[]", { mode: 0o644 });

	const before = reportIn(await cli.run("doctor", "--json"));
	const looked = ["pm2", "state", "secrets", "leftovers"];
	expect(looked.map((name) => levelOf(before, name))).toEqual(looked.map(() => "warn"));

	chmodSync(cli.stateDir, 0o755);
	const after = reportIn(await cli.run("doctor", "--fix", "--json"));
	expect(after.repairs?.map(({ name, done }) => `${name}: ${done.replaceAll(cli.stateDir, "STATE")}`)).toEqual([
		"pm2: closed STATE/pm2/dump.pm2 to other accounts (mode 600)",
		"state: closed STATE to other accounts (mode 700)",
		"secrets: closed STATE/secrets/bot-token to other accounts (mode 600)",
		"leftovers: removed 1 file or lock of processes that are gone",
	]);
	expect(looked.map((name) => levelOf(after, name))).toEqual(looked.map(() => "pass"));
	expect(statSync(secret).mode & 0o777).toBe(0o600);
	expect((await cli.run("doctor", "--fix")).out).toContain("There was nothing that could be mended safely.");
});

test("a lock whose holder lives is left alone", async () => {
	const cli = aCli();
	const lease = await cli.floor.leases.hold("work", { slots: 1, ttlMs: 60_000 });
	mkdirSync(join(cli.stateDir, "locks"), { recursive: true });
	const lock = join(cli.stateDir, "locks", "mine");
	writeFileSync(lock, (await cli.floor.leases.held("work"))[0]?.holder ?? "");
	expect(levelOf(reportIn(await cli.run("doctor", "--fix", "--json")), "leftovers")).toBe("pass");
	expect(existsSync(lock)).toBe(true);
	await lease.release();
});

test("a process that ended without a word is found", async () => {
	const cli = aCli();
	const data = { pid: 999_999, node: "v20", after: "first", crashes: 0 } as const;
	await cli.floor.log.append([draftOf("process_started", data, "scheduler")]);
	expect(levelOf(reportIn(await cli.run("doctor", "--json")), "processes")).toBe("warn");
});

describe("processes whose clone was deleted under them", () => {
	test("are found where they work in this state directory", async (context) => {
		needs(context, "linux");
		const cli = aCli();
		const { pid, script } = await aStray(cli.stateDir);
		expect(await straysSeenBy(cli)).toContain(`pid ${pid} (${script} is gone)`);
	});

	test("are no business of another factory", async (context) => {
		needs(context, "linux");
		const { pid } = await aStray(tempDir());
		expect(await straysSeenBy(aCli())).not.toContain(`${pid}`);
	});

	test("are not looked for in a container, where paths mean something else", async (context) => {
		needs(context, "linux", "user namespaces");
		const cli = aCli();
		const { pid } = await aStray(cli.stateDir, "unshare", "-Urm");
		expect(await straysSeenBy(cli)).not.toContain(`${pid}`);
	});

	async function aStray(stateDir: string, ...under: readonly string[]) {
		const folder = join(tempDir(), "apps", "scheduler", "dist");
		mkdirSync(folder, { recursive: true });
		const script = join(folder, "main.js");
		writeFileSync(script, 'process.stdout.write("up"); setInterval(() => {}, 1_000);');
		const [command = "", ...args] = [...under, process.execPath, script];
		const stray = spawn(command, args, {
			env: { PATH: process.env["PATH"], SHOPFLOOR_STATE: stateDir },
			stdio: ["ignore", "pipe", "ignore"],
		});
		onTestFinished(() => void stray.kill("SIGKILL"));
		await once(stray.stdout, "data");
		rmSync(folder, { recursive: true });
		return { pid: stray.pid, script };
	}

	async function straysSeenBy(cli: Cli): Promise<string | undefined> {
		return reportIn(await cli.run("doctor", "--json")).checks.find(({ name }) => name === "strays")?.says;
	}
});

test("a state directory that cannot be used fails the checks that need it, and none of them falls over", async () => {
	const cli = aCli();
	const file = join(cli.stateDir, "file");
	writeFileSync(file, "");
	const { out, code } = await aCli({ stateDir: file, config: cli.config }).run("doctor", "--json");
	const report = JSON.parse(out) as Report;
	for (const name of ["state", "disk", "clock", "processes"]) expect(levelOf(report, name), name).toBe("fail");
	expect(code).toBe(1);
	expect(await aCli({ stateDir: file, config: cli.config }).run("doctor", "--fix")).toMatchObject({ code: 1 });
});

test("the findings as a person reads them", () => {
	const findings: Finding[] = [
		{ name: "git", level: "pass", says: "2.39.5 (needs 2.38)" },
		{ name: "tmux", level: "warn", says: "not installed", fix: "apt-get install tmux" },
		{ name: "state", level: "fail", says: "/mnt/\u001b[31mstate lies on NFS", fix: "point SHOPFLOOR_STATE elsewhere" },
	];
	expect(
		`\n${[...findingLines(findings, paintIf(false)), "", summaryLine(findings)].join("\n")}\n`,
	).toMatchInlineSnapshot(`
		"
		PASS  git    2.39.5 (needs 2.38)
		WARN  tmux   not installed
		      to mend it: apt-get install tmux
		FAIL  state  /mnt/\\e[31mstate lies on NFS
		      to mend it: point SHOPFLOOR_STATE elsewhere

		1 must be mended, 1 could be better; the factory cannot work like this.
		"
	`);
	expect(summaryLine(findings.slice(0, 1))).toBe("All is well.");
	expect(summaryLine(findings.slice(0, 2))).toBe("1 could be better; the factory works.");
});
