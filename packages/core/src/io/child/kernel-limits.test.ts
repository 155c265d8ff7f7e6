import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { needs } from "../../testing/needs.ts";
import { heldCommand } from "./kernel-limits.ts";

test("a command without a limit is left as it is", () => {
	expect(heldCommand(["/bin/true"], {})).toEqual({ kind: "held", command: ["/bin/true"] });
});

test("a limited command can write no larger file, dumps no core, has an end of open files, and goes first", (context) => {
	needs(context, "linux");
	const held = heldCommand(["/bin/sh", "-c", "ulimit -f; ulimit -c; ulimit -n; cat /proc/self/oom_score_adj"], {
		fileBytesMax: 1024 ** 2,
	});
	if (held.kind === "missing") return context.skip(held.why);
	const [program = "", ...args] = held.command;
	const [blocks, core, files, score] = spawnSync(program, args, { encoding: "utf8" }).stdout.split("\n");
	expect({ core, score }).toEqual({ core: "0", score: "1000" });
	// Half a kilobyte each, or a whole one: that is the shell's.
	expect(["1024", "2048"]).toContain(blocks);
	expect(Number(files)).toBeLessThanOrEqual(32_768);
});
