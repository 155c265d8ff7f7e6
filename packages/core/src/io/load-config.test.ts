import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { tempDir } from "../testing/temp-dir.ts";
import { loadConfig } from "./load-config.ts";

test("no file means nobody configured it, and that is not a fault", () => {
	expect(loadConfig(join(tempDir(), "shopfloor.config.json")).repository).toBeNull();
});

test("paths are taken relative to the file", () => {
	const { path, dir } = written({ repository: { path: "." } });
	expect(loadConfig(path).repository).toMatchObject({ path: dir, base: "main" });
});

test("what was loaded cannot be changed", () => {
	const config = loadConfig(written({ repository: { path: "." } }).path);
	expect(() => Object.assign(config.every, { scheduler: "1s" })).toThrow(TypeError);
});

test.each<[string, unknown, RegExp]>([
	[
		"a repository that does not exist",
		{ repository: { path: "nowhere" } },
		/repository\.path: found .*nowhere.*does not exist/,
	],
	[
		"a schedule that is never",
		{ repository: { path: "." }, every: { doctor: "0 0 30 2 *" } },
		/every\.doctor: .*never comes/,
	],
	["a schedule out of range", { repository: { path: "." }, every: { doctor: "99 * * * *" } }, /every\.doctor/],
	["two faults", { sessions: -1 }, /2 faults[\s\S]*repository[\s\S]*sessions/],
	[
		"a wrong shape and a wrong meaning",
		{ repository: { path: "nowhere" }, sesions: 1 },
		/2 faults[\s\S]*sesions[\s\S]*nowhere/,
	],
])("%s is refused with what to do", (_what, value, message) => {
	const { path } = written(value);
	expect(() => loadConfig(path)).toThrow(
		expect.objectContaining({ code: "bad-config", message: expect.stringMatching(message) }),
	);
});

test.each([
	["{", /JSON/],
	['{ "sessions": 1, }', /JSON/],
	["// hello\n{}", /comments/],
	["", /JSON/],
])("%j is told to be no JSON", (text, message) => {
	const { path } = written({}, text);
	expect(() => loadConfig(path)).toThrow(message);
});

test("a folder in the file's place is a fault like any other", () => {
	expect(() => loadConfig(tempDir())).toThrow(expect.objectContaining({ code: "bad-config" }));
});

function written(value: unknown, text = JSON.stringify(value)) {
	const dir = tempDir();
	const path = join(dir, "shopfloor.config.json");
	writeFileSync(path, text);
	return { dir, path };
}
