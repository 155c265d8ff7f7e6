import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadConfig } from "@shopfloor/core/io";
import { tempDir } from "@shopfloor/core/testing";
import { expect, test } from "vitest";
import { makeDemo } from "./make-demo.ts";

const sample = fileURLToPath(new URL("../../../../examples/sample", import.meta.url));

test("two that make it at once make one, whole, and what a killed one left is taken away", async () => {
	const root = tempDir();
	cpSync(sample, join(root, "examples", "sample"), { recursive: true });
	mkdirSync(join(root, "demo.999999999-1-000000000000-1-1", "project"), { recursive: true });
	const [places, same] = await Promise.all([makeDemo(root), makeDemo(root)]);
	expect(same).toEqual(places);
	expect(readdirSync(root).sort()).toEqual(["demo", "examples"]);
	const { repository, sessions } = loadConfig(places.config);
	expect({ path: repository?.path, sessions }).toEqual({ path: join(dirname(places.config), "project"), sessions: 2 });
	const git = (...args: string[]) => execFileSync("git", args, { cwd: repository?.path, encoding: "utf8" }).trim();
	expect(git("status", "--porcelain")).toBe("");
	expect(git("log", "--format=%an %s")).toBe("Sample The sample, with what is wrong in it");
	expect(existsSync(places.state)).toBe(false);
	expect(await makeDemo(root)).toEqual(places);
});
