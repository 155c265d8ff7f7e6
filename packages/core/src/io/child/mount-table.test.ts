import { expect, test } from "vitest";
import { mountedAt, mountedWithin, mountTable } from "./mount-table.ts";

const table = mountTable(
	[
		"22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw",
		"30 22 0:25 / /tmp rw,nosuid,nodev shared:2 - tmpfs tmpfs rw",
		String.raw`31 22 0:26 / /data/a\040b rw,noexec - tmpfs tmpfs rw`,
		"32 31 0:27 / /tmp ro,nosuid - tmpfs tmpfs rw",
		"33 22 0:28 / /tmpfiles rw - tmpfs tmpfs rw",
		"",
	].join("\n"),
);

test.each([
	["/usr/bin", "/", ["rw", "relatime"]],
	["/tmp/x", "/tmp", ["ro", "nosuid"]],
	["/tmp", "/tmp", ["ro", "nosuid"]],
	["/tmpfiles/x", "/tmpfiles", ["rw"]],
	["/data/a b/c", "/data/a b", ["rw", "noexec"]],
])("%s lies on what is mounted at %s, the last of it", (path, at, flags) => {
	expect(mountedAt(path, table)).toEqual({ at, flags });
});

test("what is mounted inside of a folder is not what is mounted beside it, nor the folder itself", () => {
	expect(mountedWithin("/data", table).map(({ at }) => at)).toEqual(["/data/a b"]);
	expect(mountedWithin("/tmp", table)).toEqual([]);
	expect(mountedWithin("/", table).map(({ at }) => at)).toEqual(["/tmp", "/data/a b", "/tmp", "/tmpfiles"]);
});
