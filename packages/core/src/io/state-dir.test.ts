import { chmodSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { aDraft, messages } from "../testing/a-draft.ts";
import { makeReadOnly, smallDisk } from "../testing/needs.ts";
import { startProgram } from "../testing/program.ts";
import { tempDir } from "../testing/temp-dir.ts";
import { openFloor, unfitStateDir } from "./floor.ts";

test("LCK-08: a state directory that cannot be written is refused, with what to do", async () => {
	const program = startProgram("append.mjs", [notOurs(), "writer", "1"], asNobody());
	expect((await program.ended).code).toBe(1);
	expect(program.complaints()).toMatch(/cannot be written .*Point SHOPFLOOR_STATE at a directory of yours/);
	expect(program.complaints()).toContain("bad-state-dir");
});

test("LCK-08: a disk that is read-only is a fault that may pass, and no hindrance for who only looks", async (context) => {
	const disk = smallDisk(context, 400);
	const stateDir = join(disk, "state");
	const before = openFloor({ stateDir });
	await before.log.append([aDraft("before")]);
	await before.records.update("note", () => "old");
	await before.close();
	mkdirSync(join(disk, "empty"), { mode: 0o700 });
	await makeReadOnly(disk);
	expect(unfitStateDir(stateDir)).toMatch(/the disk answered EROFS/);
	expect(() => openFloor({ stateDir })).toThrow(expect.objectContaining({ code: "disk-error" }));

	expect(unfitStateDir(stateDir, "look")).toBeUndefined();
	const floor = openFloor({ stateDir, use: "look" });
	expect(messages(await floor.log.last(5))).toEqual(["before"]);
	expect((await floor.records.get("note")).value).toBe("old");
	await expect(floor.log.append([aDraft()])).rejects.toMatchObject({ code: "disk-error" });
	await floor.close();
	const empty = openFloor({ stateDir: join(disk, "empty"), use: "look" });
	expect(await empty.log.last(5)).toEqual([]);
	await empty.close();
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

function notOurs(): string {
	const stateDir = tempDir();
	chmodSync(stateDir, 0o500);
	return stateDir;
}

/** Root may write where others may not. */
function asNobody(): { readonly uid?: number } {
	return process.getuid?.() === 0 ? { uid: 65_534 } : {};
}
