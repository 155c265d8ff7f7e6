import { spawn } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { tempDir } from "../testing/temp-dir.ts";
import { type Misbehaviour, misbehaving, misbehaviours } from "./misbehaving.ts";

test("each program is there, may be run, and has a name to ask for it by", () => {
	for (const name of misbehaviours) accessSync(misbehaving(name), constants.X_OK);
	const files = readdirSync(dirname(misbehaving("crashes"))).filter((name) => name !== "speech.mjs");
	expect(files.sort()).toEqual(misbehaviours.map((name) => `${name}.mjs`).sort());
});

test.each([
	["waits-on-stdin", 0, "success", "turn.completed"],
	["writes-a-long-line", 0, "success", "turn.completed"],
	["writes-invalid-utf8", 0, "success", "turn.completed"],
	["writes-partial-json", 0, undefined, undefined],
	["errs-with-exit-0", 0, "error", "turn.failed"],
	["calls-an-error-success", 0, "error", "error"],
	["is-limited-until", 1, "error", "turn.failed"],
	["is-limited", 1, "error", "turn.failed"],
	["is-overloaded", 1, "error", "turn.failed"],
	["is-logged-out", 1, "error", "turn.failed"],
	["changes-nothing", 0, "success", "turn.completed"],
	["crashes", 1, undefined, undefined],
	["exits-1-after-success", 1, "success", "turn.completed"],
	["ends-without-a-word", 0, undefined, undefined],
] as const)("%s: exits with %s and ends as %s or %s", async (name, code, asClaude, asCodex) => {
	const calls = [
		["-p", "--output-format", "stream-json"],
		["exec", "--json"],
	] as const;
	const [claude, codex] = await Promise.all(calls.map((args) => ended(name, args)));
	if (claude === undefined || codex === undefined) throw new Error("each call has an end");
	expect([claude.code, codex.code]).toEqual([code, code]);
	const last = claude.records.find(({ type }) => type === "result");
	expect(last && (last["is_error"] ? "error" : last["subtype"])).toBe(asClaude);
	const lastOfCodex = codex.records.at(-1)?.["type"];
	expect(lastOfCodex).toBe(asCodex ?? "item.completed");
	expect(claude.records[0]).toMatchObject({ type: "system", subtype: "init" });
	expect(codex.records[0]).toMatchObject({ type: "thread.started" });
});

test("a limit tells its reset as the real programs do", async () => {
	const { records } = await ended("is-limited-until", ["-p"]);
	const event = records.find(({ type }) => type === "rate_limit_event");
	const info = event?.["rate_limit_info"] as { resetsAt: number } | undefined;
	expect(Number(info?.resetsAt) * 1_000 - Date.now()).toBeGreaterThan(3_500_000);
	const codex = await ended("is-limited-until", ["exec"]);
	expect(codex.records.at(-1)?.["error"]).toMatchObject({
		message: expect.stringMatching(/try again at \d+:\d\d [AP]M\.$/),
	});
	expect(records.at(-1)?.["result"]).toMatch(/resets \d{1,2}:\d\d[ap]m \(UTC\)$/);
});

test("the id of the conversation is the one that was asked for", async () => {
	const { records } = await ended("changes-nothing", ["-p", "--session-id", "an-id"]);
	expect(records[0]).toMatchObject({ session_id: "an-id" });
});

test("what writes a gigabyte is not at its end long after any bound", async () => {
	const child = started("writes-a-gigabyte", ["-p"], tempDir());
	let bytes = 0;
	for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
		bytes += chunk.length;
		if (bytes > readBytes) break;
	}
	expect(bytes).toBeGreaterThan(readBytes);
	expect(child.exitCode).toBe(null);
});

/** All of it through a pipe takes a busy machine half a minute. */
const readBytes = 20 * 1024 ** 2;

test("what stays, stays: until it is killed", async () => {
	for (const name of ["never-says-anything", "stops-mid-run", "ignores-signals"] as const) {
		const child = started(name, ["-p"], tempDir());
		if (name !== "never-says-anything") await once(child.stdout, "data");
		if (name === "ignores-signals") {
			child.kill("SIGINT");
			child.kill("SIGTERM");
			while (!String((await once(child.stdout, "data"))[0]).includes("SIGTERM? No.")) {
				// It answers by and by.
			}
		}
		expect([child.exitCode, child.signalCode]).toEqual([null, null]);
		child.kill("SIGKILL");
		const [, signal] = (await once(child, "exit")) as [number | null, string];
		expect(signal).toBe("SIGKILL");
	}
});

test("a grandchild keeps the output open after the program has ended", async () => {
	const child = started("leaves-grandchildren", ["-p"], tempDir());
	let said = "";
	child.stdout.on("data", (chunk: Buffer) => {
		said += chunk.toString();
	});
	let closed = false;
	child.once("close", () => {
		closed = true;
	});
	await once(child, "exit");
	const pid = Number(/Left process (\d+)/.exec(said)?.[1]);
	expect(process.kill(pid, 0)).toBe(true);
	expect(closed).toBe(false);
	process.kill(pid, "SIGKILL");
	await once(child, "close");
});

test("blanks are all that is changed", async () => {
	const cwd = tempDir();
	writeFileSync(join(cwd, "a.txt"), "one\n");
	await ended("changes-whitespace", ["-p"], "", cwd);
	const text = readFileSync(join(cwd, "a.txt"), "utf8");
	expect([text.trim(), text === "one\n"]).toEqual(["one", false]);
});

test("what goes out of the tree tells what it managed", async () => {
	const place = tempDir();
	const [cwd, target, missing] = [tempDir(place), join(place, "target"), join(place, "no", "file")];
	expect(await outcomes("writes-outside", `Write ${target} and ${missing} now.`, cwd)).toMatchObject([
		{ path: "../outside.txt", outcome: "written" },
		{ path: target, outcome: "written" },
		{ path: missing, outcome: "ENOENT" },
	]);
	expect(await outcomes("reads-a-decoy", `Read ${target} and ${missing}`, cwd)).toMatchObject([
		{ path: target, outcome: "read", text: "written from inside\n" },
		{ path: missing, outcome: "ENOENT" },
	]);
});

test("what connects out tells who answered", async () => {
	const server = createServer((socket) => socket.end()).listen(0, "127.0.0.1");
	await once(server, "listening");
	const { port } = server.address() as { port: number };
	const open = await outcomes("connects-out", `Call 127.0.0.1:${port}`, tempDir());
	expect(open).toEqual([{ host: "127.0.0.1", port, outcome: "connected" }]);
	server.close();
	await once(server, "close");
	const closed = await outcomes("connects-out", `Call 127.0.0.1:${port}`, tempDir());
	expect(closed).toEqual([{ host: "127.0.0.1", port, outcome: "ECONNREFUSED" }]);
});

test("names of variables are told, and nothing that is in them", async () => {
	const { stdout } = await ended("tells-its-environment", ["-p"], "", tempDir(), { SECRET: "canary" });
	expect(stdout).toContain("SECRET");
	expect(stdout).not.toContain("canary");
});

async function outcomes(name: Misbehaviour, prompt: string, cwd: string): Promise<unknown> {
	const { records } = await ended(name, ["-p"], prompt, cwd);
	return JSON.parse(String(records.at(-1)?.["result"])) as unknown;
}

async function ended(name: Misbehaviour, args: readonly string[], prompt = "Work.", cwd = tempDir(), env = {}) {
	const child = started(name, args, cwd, env);
	const chunks: Buffer[] = [];
	child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
	child.stdin.on("error", () => undefined);
	child.stdin.end(prompt);
	const [code] = (await once(child, "close")) as [number | null];
	const stdout = Buffer.concat(chunks).toString("utf8");
	return { code, stdout, records: stdout.split("\n").flatMap(parsed) };
}

function parsed(line: string): Record<string, unknown>[] {
	try {
		return [JSON.parse(line) as Record<string, unknown>];
	} catch {
		// Some of them say what is no JSON; that is what they are for.
		return [];
	}
}

function started(name: Misbehaviour, args: readonly string[], cwd: string, env = {}) {
	const child = spawn(misbehaving(name), args, { cwd, env: { PATH: process.env["PATH"] ?? "", ...env } });
	onTestFinished(() => {
		child.kill("SIGKILL");
	});
	return child;
}
