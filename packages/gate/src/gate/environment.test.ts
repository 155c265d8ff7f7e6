import { utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { processGroupRunner } from "@shopfloor/core/io";
import { tempDir } from "@shopfloor/core/testing";
import { expect, test } from "vitest";
import { parseDefinition } from "../definition/gate-definition.ts";
import { environmentOf, outsideOf } from "./environment.ts";

test("of programs, those of the machine count: by name or by a whole path, and not those of the tree", () => {
	const programs = (...runs: readonly string[][]) => outsideOf(defined(runs), undefined).programs;
	expect(programs(["git", "diff"], ["/usr/bin/env", "x"], ["node", "a.mjs"], ["scripts/check"], ["./check"])).toEqual([
		"git",
		"/usr/bin/env",
	]);
	expect(
		outsideOf(defined([["tsc"]]), { key: "k", dir: "/i", folders: ["node_modules"], linked: false }).folders,
	).toEqual(["/i/node_modules"]);
});

test("another version of a program of the machine is another environment", () => {
	const tool = join(tempDir(), "tool");
	const tools = () => environment({ programs: [tool] }).tools;
	writeFileSync(tool, "#!/bin/sh\n", { mode: 0o755 });
	const before = tools();
	expect(before).toEqual(expect.any(String));
	expect(tools()).toBe(before);
	utimesSync(tool, 1, 1);
	expect(tools()).not.toBe(before);
});

test("a lent file counts with its content, and none is something else than an empty one", () => {
	const checkout = tempDir();
	const lent = () => environment({ lent: ["a", "b"] }, checkout).lent;
	const seen = [lent()];
	for (const [name, text] of [
		["a", ""],
		["a", "x"],
		["b", ""],
		["b", "x"],
	] as const) {
		writeFileSync(join(checkout, name), text);
		seen.push(lent());
	}
	expect(new Set(seen).size).toBe(seen.length);
	expect(environment({}).lent).toBeNull();
});

function environment(outside: Partial<ReturnType<typeof outsideOf>>, address = "/") {
	return environmentOf({
		runner: processGroupRunner,
		dependencies: null,
		outside: { programs: [], folders: [], lent: [], ...outside },
		target: { kind: "local", address, name: "project" },
	});
}

function defined(runs: readonly string[][]) {
	const checks = runs.map((run, at) => ({ name: `c${at}`, run, reports: "exit" }));
	return parseDefinition(JSON.stringify({ checks }));
}
