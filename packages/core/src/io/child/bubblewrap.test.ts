import { expect, test } from "vitest";
import { needs } from "../../testing/needs.ts";
import { bubblewrapCommand, sandboxAvailable } from "./bubblewrap.ts";

test("a mount inside of another comes after it, however they were listed", () => {
	const command = bubblewrapCommand(
		{
			mounts: [
				{ kind: "empty", to: "/tree/node_modules/.vite" },
				{ kind: "read-only", from: "/installed/node_modules", to: "/tree/node_modules" },
				{ kind: "hidden-file", to: "/tree/.git" },
				{ kind: "writable", from: "/tree", to: "/tree" },
			],
			cwd: "/tree",
			network: false,
		},
		["/bin/true"],
	);
	expect(command.join(" ").replace(/ --uid \d+ --gid \d+/, "")).toMatchInlineSnapshot(
		`"bwrap --unshare-all --die-with-parent --new-session --cap-drop ALL --proc /proc --dev /dev --tmpfs /tmp --bind /tree /tree --ro-bind /installed/node_modules /tree/node_modules --ro-bind /dev/null /tree/.git --tmpfs /tree/node_modules/.vite --chdir /tree -- /bin/true"`,
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
