import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { needs, tempDir } from "@shopfloor/core/testing";
import { expect, onTestFinished, test } from "vitest";
import { runningDaemon } from "./daemon.ts";

test("no daemon where no pid is noted, or nobody has it", () => {
	const home = tempDir();
	expect(runningDaemon(home)).toBeUndefined();
	writeFileSync(join(home, "pm2.pid"), "4194305");
	expect(runningDaemon(home)).toBeUndefined();
});

test("a pid that was given to somebody else is no daemon", (context) => {
	needs(context, "linux");
	const home = tempDir();
	writeFileSync(join(home, "pm2.pid"), `${process.pid}`);
	expect(runningDaemon(home)).toBeUndefined();
});

test("a daemon is known by what it calls itself, with its version", async (context) => {
	needs(context, "linux");
	const home = tempDir();
	const program =
		'process.title = "PM2 v7.0.4: God Daemon (/x)"; process.stdout.write("up"); setInterval(() => {}, 1_000);';
	const daemon = spawn(process.execPath, ["-e", program], { stdio: ["ignore", "pipe", "ignore"] });
	onTestFinished(() => void daemon.kill("SIGKILL"));
	await once(daemon.stdout, "data");
	writeFileSync(join(home, "pm2.pid"), `${daemon.pid}`);
	expect(runningDaemon(home)).toEqual({ pid: daemon.pid, version: "7.0.4" });
});
