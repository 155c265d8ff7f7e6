/** What a busy machine does to the probe, played by a runner that runs nothing. */
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ChildEnd, ChildEnding, Runner } from "@shopfloor/core/io";
import { needs, tempDir } from "@shopfloor/core/testing";
import { expect, onTestFinished, test } from "vitest";
import { exceed } from "./excesses.ts";
import { setStage } from "./stage.ts";

test("what was killed and has not died yet is not left behind", async (context) => {
	needs(context, "linux");
	const results = await exceed(aBusyMachine(), await stage());
	expect(results.filter(({ held }) => !held)).toEqual([]);
});

test("where the machine took or refused a process there was an end; where the probe failed otherwise nobody knows", async (context) => {
	needs(context, "linux");
	const open = async (code: number) =>
		(await exceed(aBusyMachine({ kind: "exited", code }), await stage()))
			.filter(({ held }) => !held)
			.map(({ name }) => name);
	expect(await open(77)).toEqual([]);
	expect(await open(1)).toEqual(["memory", "processes"]);
	expect(await open(0)).toEqual(["memory", "processes"]);
});

async function stage() {
	const set = await setStage(tempDir());
	onTestFinished(() => set.clear());
	return set;
}

/** What it leaves behind dies a moment after it said that nothing is left. `bounded`: how what takes too much ends. */
function aBusyMachine(bounded?: ChildEnding): Runner {
	return {
		name: "bubblewrap",
		async run({ command, cwd, limits }) {
			if (limits.memoryBytesMax !== undefined) return ended(bounded ?? { kind: "too-much-memory" });
			if (limits.threadsMax !== undefined) return ended(bounded ?? { kind: "too-many-threads" });
			if (limits.wallMs === 500) return ended({ kind: "timed-out", which: "wall" });
			writeFileSync(join(cwd, "large"), "");
			if (limits.fileBytesMax === undefined) {
				const left = spawn("/bin/sh", ["-c", "read line", command.at(-1) ?? ""], {
					stdio: ["pipe", "ignore", "ignore"],
				});
				await new Promise((resolve) => left.once("spawn", resolve));
				setTimeout(() => left.kill("SIGKILL"), 50);
			}
			return ended({ kind: "exited", code: 0 });
		},
	};
}

function ended(how: ChildEnding): ChildEnd {
	return { ...how, ms: 1, outputBytes: 0, tail: "" };
}
