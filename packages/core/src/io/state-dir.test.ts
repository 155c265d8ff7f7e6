import { chmodSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type TestContext, test } from "vitest";
import { makeReadOnly, smallDisk } from "../testing/needs.ts";
import { startProgram } from "../testing/program.ts";
import { tempDir } from "../testing/temp-dir.ts";
import { openFloor, unfitStateDir } from "./floor.ts";

test("LCK-08: a state directory that cannot be written is refused, with what to do", async (context) => {
	const stateDir = readOnly(context);
	expect(unfitStateDir(stateDir)).toMatch(/cannot be written .*Point SHOPFLOOR_STATE at a directory of yours/);
	expect(() => openFloor({ stateDir })).toThrow(expect.objectContaining({ code: "bad-state-dir" }));
});

test("LCK-08: a state directory that is a file is refused", () => {
	const path = join(tempDir(), "state");
	writeFileSync(path, "");
	expect(unfitStateDir(path)).toMatch(/cannot be written|not a directory/);
});

test.each([
	["NFS", 0x6969],
	["CIFS", 0xff534d42],
	["SMB2", 0xfe534d42],
	["9p", 0x01021997],
	["Ceph", 0x00c36400],
])("LCK-08: a state directory on %s is refused, because its locks cannot be relied on", async (name, type) => {
	const program = startProgram("append.mjs", [tempDir(), "writer", "1"], { preload: [`file-system.mjs?type=${type}`] });
	expect((await program.ended).code).toBe(1);
	expect(program.said).toEqual([]);
	expect(program.complaints()).toMatch(
		new RegExp(`lies on ${name}, where locks .*Point SHOPFLOOR_STATE at a local disk`),
	);
});

test("a state directory that others can look into is closed to them", async () => {
	const stateDir = join(tempDir(), "state");
	mkdirSync(stateDir, { mode: 0o755 });
	await openFloor({ stateDir }).close();
	expect(statSync(stateDir).mode & 0o077).toBe(0);
});

/** Root may write where others may not, so for root it takes a disk that nobody can write. */
function readOnly(context: TestContext): string {
	if (process.getuid?.() === 0) {
		const disk = smallDisk(context, 100);
		makeReadOnly(disk);
		return disk;
	}
	const stateDir = tempDir();
	chmodSync(stateDir, 0o500);
	return stateDir;
}
