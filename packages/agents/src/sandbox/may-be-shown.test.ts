import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tempDir } from "@shopfloor/core/testing";
import { expect, test } from "vitest";
import { whyNotShown } from "./may-be-shown.ts";

test("a person's own files may be shown, whatever lies beside the factory's", () => {
	const { dir, state } = aMachine();
	expect(whyNotShown([], state)).toBeUndefined();
	expect(whyNotShown([join(dir, "settings"), join(dir, "settings", "file")], state)).toBeUndefined();
});

test.each([
	["the state directory", (state: string) => state],
	["what is in it", (state: string) => join(state, "secrets")],
	["a folder that it lies in", (state: string) => join(state, "..")],
	["a link to it", (state: string) => join(state, "..", "link")],
	["everything", () => "/"],
	["other processes", () => "/proc"],
	["a process", () => "/proc/self/environ"],
	["sockets", () => "/run"],
])("%s may not", (_what, path) => {
	const { state } = aMachine();
	expect(whyNotShown([path(state)], state)).toMatch(/^it cannot be shown .* is no agent's to see$/);
});

test("what is not there is told, and not passed over", () => {
	const { dir, state } = aMachine();
	expect(whyNotShown([join(dir, "none")], state)).toBe(`it is to see ${join(dir, "none")}, which is not there`);
});

function aMachine() {
	const dir = tempDir();
	const state = join(dir, "state");
	for (const path of ["state/secrets", "settings"]) mkdirSync(join(dir, path), { recursive: true });
	writeFileSync(join(dir, "settings", "file"), "");
	symlinkSync(state, join(dir, "link"));
	return { dir, state };
}
