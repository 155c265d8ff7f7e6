/** The real program, as a process of its own: what only a process can show. */
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { findPlaces, openFloor } from "@shopfloor/core/io";
import { aDraft, tempDir } from "@shopfloor/core/testing";
import { expect, onTestFinished, test } from "vitest";
import { eventually } from "./testing/eventually.ts";

const binary = join(findPlaces({}).root, "apps", "cli", "bin", "shopfloor.mjs");

interface Program {
	readonly pid: number;
	out(): string;
	readonly ended: Promise<{ readonly code: number | null; readonly out: string; readonly err: string }>;
	closeOut(): void;
	type(text: string): void;
}

function start(stateDir: string, ...argv: readonly string[]): Program {
	const { SHOPFLOOR_STATE: _state, SHOPFLOOR_CONFIG: _config, NO_COLOR: _colour, ...environment } = process.env;
	const env = {
		...environment,
		SHOPFLOOR_STATE: stateDir,
		SHOPFLOOR_CONFIG: join(stateDir, "shopfloor.config.json"),
		FORCE_COLOR: "1",
	};
	const child = spawn(process.execPath, [binary, ...argv], { env });
	onTestFinished(() => void child.kill("SIGKILL"));
	let out = "";
	let err = "";
	child.stdout.setEncoding("utf8").on("data", (text) => {
		out += text;
	});
	child.stderr.setEncoding("utf8").on("data", (text) => {
		err += text;
	});
	const ended = new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
		child.on("close", (code) => resolve({ code, out, err }));
	});
	return {
		pid: child.pid as number,
		out: () => out,
		ended,
		closeOut: () => child.stdout.destroy(),
		type: (text) => child.stdin.end(text),
	};
}

test("exit codes reach the shell", async () => {
	const dir = tempDir();
	expect(await start(dir, "status").ended).toMatchObject({ code: 0, err: "" });
	expect(await start(dir, "stats").ended).toMatchObject({ code: 2, out: "" });
	expect(await start(dir, "config", "check").ended).toMatchObject({ code: 3 });
	expect(await start(dir, "secret", "rm", "nothing").ended).toMatchObject({ code: 1, out: "" });
});

test("where nothing is a terminal there are no colours", async () => {
	const dir = tempDir();
	for (const argv of [["status"], ["doctor"], ["--help"], ["config", "show"]]) {
		const { out } = await start(dir, ...argv).ended;
		expect(out).not.toContain("\u001b");
	}
});

test("a reader that has seen enough ends it quietly", async () => {
	const dir = tempDir();
	const floor = openFloor({ stateDir: dir });
	await floor.log.append(Array.from({ length: 3_000 }, () => aDraft("x".repeat(400))));
	await floor.close();
	const program = start(dir, "log", "-n", "3000");
	await eventually(() => expect(program.out()).not.toBe(""));
	program.closeOut();
	expect(await program.ended).toMatchObject({ code: 0, err: "" });
});

test.each([
	["SIGINT", 130],
	["SIGTERM", 143],
] as const)("%s ends a follower with exit code %i", async (signal, code) => {
	const dir = tempDir();
	const floor = openFloor({ stateDir: dir });
	onTestFinished(() => floor.close());
	await floor.log.append([aDraft("before")]);
	const program = start(dir, "log", "--follow");
	await eventually(() => expect(program.out()).toContain("before"));
	await floor.log.append([aDraft("after")]);
	await eventually(() => expect(program.out()).toContain("after"));
	process.kill(program.pid, signal);
	expect(await program.ended).toMatchObject({ code, err: "" });
});

test("a secret comes in by standard input and never by an argument", async () => {
	const dir = tempDir();
	const program = start(dir, "secret", "set", "bot-token");
	program.type("s3cret\n");
	expect(await program.ended).toMatchObject({ code: 0, out: "bot-token is stored.\n" });
	expect(await start(dir, "secret", "ls", "--json").ended).toMatchObject({
		out: expect.stringContaining('"bytes": 6'),
	});
});

test("a glance loads none of the heavy libraries", async () => {
	const seen = tempDir();
	process.env["NODE_V8_COVERAGE"] = seen;
	onTestFinished(() => void delete process.env["NODE_V8_COVERAGE"]);
	expect((await start(tempDir(), "status").ended).code).toBe(0);
	const loaded = readdirSync(seen).map((name) => readFileSync(join(seen, name), "utf8"));
	expect(loaded.join("")).toContain("node_modules/commander/");
	expect(loaded.join("")).not.toMatch(/node_modules\/(execa|pm2|simple-git|express|telegraf)\//);
});

test("--version is the version of the manifest", async () => {
	expect((await start(tempDir(), "--version").ended).out).toMatch(/^\d+\.\d+\.\d+\n$/);
});
