/** What init sees of this machine, and how it leaves it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { findPlaces, secretStore } from "@shopfloor/core/io";
import { needs, tempDir } from "@shopfloor/core/testing";
import { describe, expect, onTestFinished, test } from "vitest";
import { exitCodes, interrupted } from "../failure.ts";
import { findAgents } from "./find-agents.ts";
import { openQuestions } from "./questions.ts";
import { realFactory } from "./real-factory.ts";
import { writeConfig } from "./write-config.ts";

describe("the configuration", () => {
	const first = '{ "sessions": 1, "repository": { "path": "." } }';
	const second = '{ "sessions": 2, "repository": { "path": "." } }';

	test("is written once, and not over another without being told to", async () => {
		const path = join(tempDir(), "deep", "shopfloor.config.json");
		expect(await writeConfig(path, first, { force: false })).toEqual({ kind: "written", kept: undefined });
		expect(await writeConfig(path, first, { force: false })).toEqual({ kind: "same" });
		expect(await writeConfig(path, second, { force: false })).toEqual({ kind: "refused" });
		expect(readFileSync(path, "utf8")).toBe(first);
	});

	test("that was there is kept, each time under a name of its own", async () => {
		const path = join(tempDir(), "shopfloor.config.json");
		for (const text of [first, second, first]) await writeConfig(path, text, { force: true });
		expect([path, `${path}.bak`, `${path}.bak-2`].map((name) => readFileSync(name, "utf8"))).toEqual([
			first,
			first,
			second,
		]);
	});

	test("that would be faulty is never put in place, and leaves nothing behind", async () => {
		const dir = tempDir();
		const path = join(dir, "shopfloor.config.json");
		await expect(writeConfig(path, '{ "sesions": 2 }', { force: false })).rejects.toMatchObject({ code: "bad-config" });
		expect(readdirSync(dir)).toEqual([]);
	});
});

test("an agent is there when its program is, and lacks its key until that is stored", async () => {
	const bin = tempDir();
	writeFileSync(join(bin, "claude"), "#!/bin/sh\necho '2.1.0 (Claude Code)'\n");
	chmodSync(join(bin, "claude"), 0o755);
	const secrets = secretStore(tempDir());
	const env = { PATH: bin, HOME: bin };
	const claude = { name: "claude", path: join(bin, "claude"), version: "2.1.0" };
	expect(await findAgents(env, secrets)).toMatchObject([
		{ ...claude, missingKey: "anthropic-api-key" },
		{ name: "codex", path: undefined },
	]);
	await secrets.set("anthropic-api-key", "s3cret");
	expect(await findAgents(env, secrets)).toMatchObject([{ ...claude, missingKey: undefined }, { name: "codex" }]);
});

test("Ctrl-C at a question ends the command, and lets go of the terminal", async () => {
	const controller = new AbortController();
	const input = Object.assign(new PassThrough(), { isTTY: true });
	const err = { write: () => true };
	const questions = openQuestions({ input, err, interruption: () => controller.signal });
	const answer = questions.ask("who? ");
	controller.abort(interrupted(exitCodes.interrupted));
	await expect(answer).rejects.toThrow("interrupted");
	expect(input.isPaused()).toBe(true);
});

describe("the factory of a first run", () => {
	function aFirstRun() {
		const root = tempDir();
		mkdirSync(join(root, "demo", "pm2"), { recursive: true });
		writeFileSync(join(root, "demo", "shopfloor.config.json"), "{}");
		const places = { root, config: join(root, "demo", "shopfloor.config.json"), state: join(root, "demo", "state") };
		return { places, environment: { PM2_HOME: join(root, "demo", "pm2"), LANG: "C" } };
	}

	test("is not the one that is configured", () => {
		const { places, environment } = realFactory(aFirstRun());
		expect(places).toEqual(findPlaces({ SHOPFLOOR_CONFIG: "shopfloor.config.json" }));
		expect(environment).toEqual({ LANG: "C" });
	});

	test("has to be taken down first, because nobody would reach it afterwards", async (context) => {
		needs(context, "linux");
		const given = aFirstRun();
		const program =
			'process.title = "PM2 v7.0.4: God Daemon (/x)"; process.stdout.write("up"); setInterval(() => {}, 1_000);';
		const daemon = spawn(process.execPath, ["-e", program], { stdio: ["ignore", "pipe", "ignore"] });
		onTestFinished(() => void daemon.kill("SIGKILL"));
		await once(daemon.stdout, "data");
		writeFileSync(join(given.places.root, "demo", "pm2", "pm2.pid"), `${daemon.pid}`);
		expect(() => realFactory(given)).toThrow(/npm stop/);
	});

	test("plays no part where a place is named", () => {
		const given = { places: { root: "/f", config: "/f/mine.json", state: "/f/state" }, environment: {} };
		expect(realFactory(given)).toBe(given);
	});
});
