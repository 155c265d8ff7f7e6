import { expect, test } from "vitest";
import { needs } from "../../testing/needs.ts";
import { bubblewrapCommand } from "./bubblewrap.ts";
import { sandboxAvailable } from "./choose-runner.ts";

test("a mount inside of another comes after it, however they were listed", () => {
	const command = bubblewrapCommand(
		{
			mounts: [
				{ kind: "empty", to: "/tree/node_modules/.vite" },
				{ kind: "read-only", from: "/installed/node_modules", to: "/tree/node_modules" },
				{ kind: "read-only", from: "/tree/.git", to: "/tree/.git" },
				{ kind: "writable", from: "/tree", to: "/tree" },
			],
			cwd: "/tree",
			network: false,
		},
		["/bin/true"],
	);
	expect(
		command
			.join(" ")
			.replace(/ --uid \d+ --gid \d+/, "")
			.replace(" --ro-bind /proc/sysrq-trigger /proc/sysrq-trigger", ""),
	).toMatchInlineSnapshot(
		`"bwrap --unshare-all --unshare-user --disable-userns --die-with-parent --new-session --cap-drop ALL --proc /proc --ro-bind /proc/sys /proc/sys --ro-bind /proc/irq /proc/irq --ro-bind /proc/bus /proc/bus --dev /dev --remount-ro /dev --size 2147483648 --tmpfs /dev/shm --size 2147483648 --tmpfs /tmp --bind /tree /tree --ro-bind /installed/node_modules /tree/node_modules --ro-bind /tree/.git /tree/.git --size 2147483648 --tmpfs /tree/node_modules/.vite --remount-ro / --chdir /tree -- /bin/true"`,
	);
});

test("the network is there only where it was asked for", () => {
	const of = (network: boolean) => bubblewrapCommand({ mounts: [], cwd: "/", network }, ["/bin/true"]);
	expect(of(true)).toContain("--share-net");
	expect(of(false)).not.toContain("--share-net");
});

test("where bubblewrap works it is said to be available", async (context) => {
	needs(context, "bubblewrap");
	expect(await sandboxAvailable()).toEqual({ kind: "available" });
});
