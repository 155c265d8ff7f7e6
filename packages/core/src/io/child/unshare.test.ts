import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { tempDir } from "../../testing/temp-dir.ts";
import { unshareCommand } from "./unshare.ts";

test("what is mounted inside of a mount is as read-only as that, and no freer than it was", () => {
	const tree = tempDir();
	mkdirSync(join(tree, "inside"));
	const table = [
		{ at: "/", flags: ["rw", "relatime"] },
		{ at: join(tree, "inside"), flags: ["ro", "noexec"] },
	];
	const steps = (kind: "read-only" | "writable") => {
		const command = unshareCommand(
			{ mounts: [{ kind, from: tree, to: "/tree" }], cwd: "/tree", network: false },
			["/bin/true"],
			table,
		);
		return command
			.slice(command.indexOf("/tmp"), command.lastIndexOf("--"))
			.slice(2)
			.join(" ")
			.replaceAll(tree, "TREE");
	};
	expect(steps("read-only")).toBe(
		"bind TREE /tree flags /tree ro,nosuid,nodev flags /tree/inside ro,nosuid,nodev,noexec",
	);
	expect(steps("writable")).toBe("bind TREE /tree flags /tree nosuid,nodev flags /tree/inside nosuid,nodev,ro,noexec");
});

test("nothing that is mounted is read by a shell: the script is the same whatever is given", () => {
	const script = (path: string) => {
		const command = unshareCommand({ mounts: [{ kind: "empty", to: path }], cwd: path, network: false }, [path], []);
		return command[command.indexOf("-c") + 1];
	};
	expect(script("/a; rm -rf $HOME `id`")).toBe(script("/b"));
});
