import { linkSync, lstatSync, readdirSync, readFileSync, readlinkSync, statSync } from "node:fs";
import { join } from "node:path";
import { tempDir } from "@shopfloor/core/testing";
import { expect, test } from "vitest";
import { writeFiles } from "../testing/a-repository.ts";
import { linkTree } from "./link-tree.ts";

const files = {
	"a/index.js": "a",
	"a/run.sh": { run: "#!/bin/sh\n" },
	"@scope/b/deep/index.js": "b",
	".bin/a": { link: "../a/run.sh" },
	gone: { link: "./nowhere" },
} as const;

test("has every file under a further name, and symlinks as they are", () => {
	const { from, to } = places();
	linkTree(from, to);
	expect(listed(to)).toEqual(listed(from));
	for (const path of ["a/index.js", "a/run.sh", "@scope/b/deep/index.js"])
		expect(statSync(join(to, path)).ino).toBe(statSync(join(from, path)).ino);
	expect(readlinkSync(join(to, ".bin/a"))).toBe("../a/run.sh");
	expect(lstatSync(join(to, "gone")).isSymbolicLink()).toBe(true);
});

test.each(["EPERM", "EXDEV", "EMLINK"])("copies a file where the disk answers %s", (code) => {
	const { from, to } = places();
	linkTree(from, to, () => {
		throw Object.assign(new Error("no"), { code });
	});
	expect(listed(to)).toEqual(listed(from));
	expect(readFileSync(join(to, "@scope/b/deep/index.js"), "utf8")).toBe("b");
	expect(statSync(join(to, "a/run.sh")).mode & 0o111).toBe(0o111);
	expect(statSync(join(to, "a/index.js")).ino).not.toBe(statSync(join(from, "a/index.js")).ino);
});

test("does not go on where something else is wrong", () => {
	const { from, to } = places();
	const failing: typeof linkSync = (source, place) => linkSync(source, `${place}/nowhere`);
	expect(() => linkTree(from, to, failing)).toThrow(/ENOENT|ENOTDIR/);
});

function places() {
	const dir = tempDir();
	writeFiles(join(dir, "from"), files);
	return { from: join(dir, "from"), to: join(dir, "to") };
}

function listed(dir: string): string[] {
	return readdirSync(dir, { recursive: true, encoding: "utf8" }).sort();
}
