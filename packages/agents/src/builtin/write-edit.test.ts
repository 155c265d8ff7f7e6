import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tempDir } from "@shopfloor/core/testing";
import { expect, test } from "vitest";
import { writeEdit } from "./write-edit.ts";

const hash = createHash("sha256").update("before").digest("hex");
const edit = { file: "a.ts", text: "after", hash };

test("what was read is replaced, and nothing else is left", async () => {
	const dir = aFolder("before");
	expect(await writeEdit(dir, edit)).toBeUndefined();
	expect(read(dir)).toBe("after");
	expect(readdirSync(dir)).toEqual(["a.ts"]);
});

test("a file that was changed in the meantime stays as it was changed", async () => {
	const dir = aFolder("by somebody else");
	expect(await writeEdit(dir, edit)).toMatchObject({
		kind: "refused",
		detail: expect.stringMatching(/changed by somebody else/),
	});
	expect(read(dir)).toBe("by somebody else");
	expect(readdirSync(dir)).toEqual(["a.ts"]);
});

test("a file that became a link is not written through, nor replaced", async () => {
	const outside = aFolder("before");
	const dir = aFolder("before");
	rmSync(join(dir, "a.ts"));
	symlinkSync(join(outside, "a.ts"), join(dir, "a.ts"));
	expect(await writeEdit(dir, edit)).toMatchObject({ kind: "refused" });
	expect([read(outside), read(dir)]).toEqual(["before", "before"]);
});

test("called off at the last moment it leaves the file as it was", async () => {
	const dir = aFolder("before");
	const abort = new AbortController();
	const writing = writeEdit(dir, edit, abort.signal);
	abort.abort();
	expect(await writing).toMatchObject({ kind: "failed", code: "aborted" });
	expect(read(dir)).toBe("before");
	expect(readdirSync(dir)).toEqual(["a.ts"]);
});

test("a file that went away in the meantime is not made anew", async () => {
	const dir = aFolder("before");
	rmSync(join(dir, "a.ts"));
	expect(await writeEdit(dir, edit)).toMatchObject({ kind: "refused" });
	expect(readdirSync(dir)).toEqual([]);
});

function aFolder(text: string): string {
	const dir = tempDir();
	writeFileSync(join(dir, "a.ts"), text);
	return dir;
}

function read(dir: string): string {
	return readFileSync(join(dir, "a.ts"), "utf8");
}
