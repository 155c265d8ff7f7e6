/** Runs that take more than they may, or leave something behind. Each is small: what is probed is that there is an end. */
import { statSync } from "node:fs";
import { join } from "node:path";
import { type ChildEnd, type ChildLimits, type Runner, systemClock } from "@shopfloor/core/io";
import { agentMounts } from "./agent-mounts.ts";
import type { Held } from "./held.ts";
import { marked } from "./marked.ts";
import type { Stage } from "./stage.ts";

export async function exceed(runner: Runner, stage: Stage): Promise<Held[]> {
	const results: Held[] = [];
	for (const excess of excesses) results.push(await tryOne(runner, stage, excess));
	return results;
}

interface Excess {
	readonly name: string;
	readonly tried: string;
	/** For `node -e`; the mark is its first argument. */
	readonly script: string;
	readonly limits: Partial<ChildLimits>;
	/** What got through, or undefined. */
	escaped(end: ChildEnd, stage: Stage): string | undefined | Promise<string | undefined>;
}

const memoryBytesMax = 256 * 1024 ** 2;
const threadsMax = 60;
const fileBytesMax = 1_000_000;
/** With it a probe says that the machine took a process of it, or did not give one, before we did. */
const refused = 77;
const ownEnd = `const { spawn } = require("node:child_process");
			const endBy = (why) => process.exit(["EAGAIN", "ENOMEM", "SIGKILL"].includes(why) ? ${refused} : 1);`;

const excesses: readonly Excess[] = [
	{
		name: "memory",
		tried: "take more memory than allowed, in several processes",
		script: `${ownEnd}
			for (let i = 0; i < 4; i++) spawn(process.execPath, ["-e", "const a = Buffer.alloc(128 * 1024 ** 2, 1); setInterval(() => a, 1e6)"])
				.once("error", ({ code }) => endBy(code)).once("exit", (_code, signal) => endBy(signal));`,
		limits: { memoryBytesMax },
		escaped: ended("too-much-memory"),
	},
	{
		name: "processes",
		tried: "start more processes than allowed",
		script: `${ownEnd}
			for (let i = 0; i < 200; i++) spawn("sleep", ["600"]).once("error", ({ code }) => endBy(code));`,
		limits: { threadsMax },
		escaped: ended("too-many-threads"),
	},
	{
		name: "file size",
		tried: "write a file that is larger than allowed",
		script: `const fs = require("node:fs");
			try { for (;;) fs.appendFileSync("large", Buffer.alloc(65536)); } catch (error) { console.log(error.code); }`,
		limits: { fileBytesMax },
		escaped: (_end, { tree }) => {
			const { size } = statSync(join(tree, "large"));
			return size > fileBytesMax ? `${size} bytes` : undefined;
		},
	},
	{
		name: "time",
		tried: "go on when its time is up, and not heed the request to end",
		script: `process.on("SIGTERM", () => {}); for (;;);`,
		limits: { wallMs: 500, graceMs: 100 },
		escaped: (end) =>
			end.kind === "timed-out" && end.which === "wall" ? undefined : `it ended otherwise: ${end.kind}`,
	},
	{
		name: "nothing left behind",
		tried: "leave processes behind: detached, orphaned, without our environment",
		script: `const { spawn } = require("node:child_process");
			const orphan = 'require("node:child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1e6)", process.argv[1]], { detached: true, stdio: "ignore", env: {} }).unref(); process.exit()';
			for (let i = 0; i < 2; i++) spawn(process.execPath, ["-e", orphan, process.argv[1]], { detached: true, stdio: "ignore", env: {} }).once("exit", () => i === 1 && process.exit());`,
		limits: {},
		escaped: async (end, stage) => {
			if (end.kind !== "exited" || end.code !== 0) return `the probe itself failed: ${end.kind} ${end.tail}`;
			const left = await stillThere(stage);
			return left.length === 0 ? undefined : `still there: ${left.join(", ")}`;
		},
	},
];

/** Or by the machine itself: on a busy one its own bounds may be the narrower. */
function ended(kind: ChildEnd["kind"]): Excess["escaped"] {
	return (end) => {
		const isBounded = end.kind === kind || (end.kind === "exited" && end.code === refused);
		return isBounded ? undefined : `it ended otherwise: ${end.kind} ${end.tail}`;
	};
}

/**
 * What was killed is there until it has been given the processor once more, which it needs to die. On a busy machine that
 * takes a while; what was really left behind stays.
 */
async function stillThere({ mark, victim }: Stage): Promise<readonly number[]> {
	const until = systemClock.watch() + dyingMs;
	for (;;) {
		const left = marked(mark).filter((pid) => pid !== victim);
		if (left.length === 0 || systemClock.watch() >= until) return left;
		await systemClock.sleep(lookEveryMs);
	}
}

async function tryOne(runner: Runner, stage: Stage, { name, tried, script, limits, escaped }: Excess): Promise<Held> {
	const end = await runner.run({
		command: [process.execPath, "-e", script, stage.mark],
		cwd: stage.tree,
		env: { PATH: "/usr/bin:/bin", HOME: stage.home },
		mounts: agentMounts({ ...stage, access: "write", program: process.execPath }),
		output: join(stage.dir, "said"),
		limits: { wallMs: excessMs, idleMs: excessMs, outputBytesMax: 100_000, ...limits },
	});
	const got = end.kind === "not-started" ? `the probe itself failed: ${end.why}` : await escaped(end, stage);
	return { name, tried, held: got === undefined, detail: got ?? "ended" };
}

/** Each ends by its limit within a second; a machine under load gets much more. */
const excessMs = 60_000;
/** As long as a run itself waits for what it killed. */
const dyingMs = 10_000;
const lookEveryMs = 100;
