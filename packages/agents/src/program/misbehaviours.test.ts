/** AGT: programs that go wrong in one way each, in place of the real ones. What is told of them is what they did. */
import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runVariable } from "@shopfloor/core/io";
import { needs, tempDir } from "@shopfloor/core/testing";
import { type Misbehaviour, misbehaving } from "@shopfloor/twins";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { claudeAgent } from "../claude/claude.ts";
import { codexAgent } from "../codex/codex.ts";
import type { Agent } from "../port/agent.ts";
import type { Job } from "../port/job.ts";
import type { Outcome } from "../port/outcome.ts";
import { aRoom, leftIn, patient, plainEnv, type TestRoom } from "../testing/a-room.ts";

const agents: Readonly<Record<string, (world: TestRoom, program: string) => Agent>> = {
	claude: ({ room, leases }, program) => claudeAgent({ program, env: plainEnv, room, leases }),
	codex: ({ room, leases }, program) =>
		codexAgent({ program, env: plainEnv, room, leases, estimate: async () => 0.01 }),
};

const quick = { ...patient, startMs: 1_500, idleMs: 1_500 };

const stories: readonly [Misbehaviour, Partial<Job>, Partial<Record<"claude" | "codex" | "both", object>>][] = [
	["waits-on-stdin", {}, { both: { kind: "done" } }],
	["never-says-anything", { limits: quick }, { both: { kind: "timed-out", which: "start" } }],
	["stops-mid-run", { limits: { ...quick, startMs: 30_000 } }, { both: { kind: "timed-out", which: "idle" } }],
	["ignores-signals", { limits: { ...patient, wallMs: 1_500 } }, { both: { kind: "timed-out", which: "wall" } }],
	["leaves-grandchildren", {}, { both: { kind: "done" } }],
	["writes-invalid-utf8", {}, { both: { kind: "done" } }],
	["writes-partial-json", {}, { both: { kind: "failed", code: "crashed" } }],
	["calls-an-error-success", {}, { both: { kind: "failed" } }],
	["is-limited", {}, { both: { kind: "limited" } }],
	["is-overloaded", {}, { both: { kind: "failed", code: "overloaded" } }],
	["is-logged-out", {}, { both: { kind: "failed", code: "login" } }],
	["changes-nothing", {}, { both: { kind: "done" } }],
	["crashes", {}, { both: { kind: "failed", code: "crashed" } }],
	["exits-1-after-success", {}, { both: { kind: "failed", code: "crashed" } }],
	["ends-without-a-word", {}, { both: { kind: "failed", code: "crashed" } }],
];

describe.each(Object.entries(agents))("%s", (speaks, agentFor) => {
	test.each(stories)("%s", async (name, change, expected) => {
		const world = aRoom();
		const outcome = await run(agentFor(world, misbehaving(name)), world.job(change));
		expect(outcome).toMatchObject({ ...expected.both, ...expected[speaks as "claude" | "codex"] });
		expect(leftIn(world.room)).toEqual([]);
		expect(readdirSync(world.room.runs)).toEqual([]);
	});

	test("errs with exit code 0: the record counts, and not the code", async () => {
		const world = aRoom();
		expect((await run(agentFor(world, misbehaving("errs-with-exit-0")), world.job())).kind).not.toBe("done");
	});

	test("it is given no variable but those that were named", async () => {
		const world = aRoom();
		const outcome = await run(agentFor(world, misbehaving("tells-its-environment")), world.job());
		const names: string[] = JSON.parse(outcome.kind === "done" ? outcome.text : "[]");
		const ours = names.filter((name) => !/^(CLAUDE_|API_TIMEOUT|DISABLE_AUTO|CODEX_HOME)/.test(name));
		expect(ours.sort()).toEqual(["HOME", "PATH", "TMPDIR", runVariable].sort());
	});

	test("called off in the middle it ends, and so does what it started", async () => {
		const world = aRoom();
		const stop = new AbortController();
		const running = run(agentFor(world, misbehaving("ignores-signals")), world.job({ signal: stop.signal }));
		setTimeout(() => stop.abort(), 300);
		expect(await running).toMatchObject({ kind: "failed", code: "aborted", usage: null });
		expect(leftIn(world.room)).toEqual([]);
	});

	test("called off before it begins it does not", async () => {
		const world = aRoom();
		expect(
			await run(agentFor(world, misbehaving("changes-nothing")), world.job({ signal: AbortSignal.abort() })),
		).toMatchObject({ kind: "failed", code: "aborted" });
	});

	test.each([
		["is not there", "/no/such/program"],
		["cannot be executed", join(tmpdir(), "..", "etc", "passwd")],
	])("a program that %s is no fault of the model's", async (_, program) => {
		const world = aRoom();
		expect(await run(agentFor(world, program), world.job())).toMatchObject({ kind: "failed", code: "not-started" });
	});
});

test.for([
	["writes-a-gigabyte", { kind: "failed", code: "too-much-output" }],
	["writes-a-long-line", { kind: "done" }],
] as const)(
	"AGT-07: %s, and little of it is ever in memory",
	{ timeout: 90_000 },
	async ([name, expected], context) => {
		needs(context, "linux");
		const { stdout } = await execa(process.execPath, [hearing, misbehaving(name), tempDir()]);
		const { outcome, peakBytes } = JSON.parse(stdout);
		expect(outcome).toMatchObject(expected);
		expect(peakBytes / 2 ** 20).toBeLessThan(100);
	},
);

/** In a process of its own, which knows the most memory that it ever had. */
const hearing = fileURLToPath(new URL("../../fixtures/hear.mjs", import.meta.url));

test("where its words cannot be shown the run fails, and nothing of it is left", async () => {
	const world = aRoom();
	const show = () => {
		throw new Error("nobody takes it");
	};
	await expect(run(claudeAgentOf(world, "ignores-signals"), world.job({ show }))).rejects.toThrow("nobody takes it");
	expect(leftIn(world.room)).toEqual([]);
	expect(readdirSync(world.room.runs)).toEqual([]);
});

test("a limit that says until when is told until when", async () => {
	const world = aRoom();
	const outcome = await run(claudeAgentOf(world, "is-limited-until"), world.job());
	expect(outcome).toMatchObject({ kind: "limited", until: expect.stringMatching(/^20\d\d-/) });
	expect(Date.parse((outcome as { until: string }).until)).toBeGreaterThan(Date.now());
});

function claudeAgentOf({ room, leases }: TestRoom, name: Misbehaviour): Agent {
	return claudeAgent({ program: misbehaving(name), env: plainEnv, room, leases });
}

async function run(agent: Agent, job: Job): Promise<Outcome> {
	return await agent.run(job);
}
