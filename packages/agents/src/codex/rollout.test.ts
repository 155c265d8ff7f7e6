/** What is spent before the end: from Codex's own notes, by the real program where it is, and whatever lies in their place. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tempDir } from "@shopfloor/core/testing";
import { startOpenai } from "@shopfloor/twins";
import { expect, onTestFinished, test } from "vitest";
import { aRoom, plainEnv } from "../testing/a-room.ts";
import { pathOf, realProgram } from "../testing/real-programs.ts";
import { codexAgent } from "./codex.ts";
import { forgetOldThreads, rolloutIn } from "./rollout.ts";

/** A dollar. More would fill its context. */
const usage = { input: 10_000, output: 20 };

test("the real Codex is ended in the middle of a call that has used more than it may", {
	timeout: 60_000,
}, async (context) => {
	realProgram(context, "codex");
	const { agent, job, twin, threads } = await aCodex([
		{ calls: [{ name: "exec_command", input: { cmd: "echo one" } }], usage },
		{ calls: [{ name: "exec_command", input: { cmd: "echo two" } }], usage },
		{ trouble: { kind: "hang", at: "before-headers" } },
	]);
	const { limits } = job();
	const outcome = await agent.run(job({ limits: { ...limits, usd: 1.5 } }));
	expect(outcome).toMatchObject({
		kind: "over-budget",
		detail: "it had used more than $1.50",
		usage: { usd: 2, estimated: true, atLeast: true, inputTokens: 20_000 },
	});
	expect([2, 3], "the third may have been on its way").toContain(twin.requests.length);
	expect(threads()).toEqual([]);
});

test("of a thread that is gone on with, the limit counts what was added", { timeout: 60_000 }, async (context) => {
	realProgram(context, "codex");
	const { agent, job, threads } = await aCodex([
		{ text: "One.", usage },
		{ text: "Two.", usage },
	]);
	const { limits } = job();
	const within = { limits: { ...limits, usd: 1.5 } };
	const first = await agent.run(job({ ...within, keep: true }));
	expect(first).toMatchObject({ kind: "done", usage: { usd: 1 } });
	const second = await agent.run(job({ ...within, ...(first.conversation && { resume: first.conversation }) }));
	expect(second).toMatchObject({ kind: "done", text: "Two.", usage: { usd: 1 } });
	expect(threads()).toHaveLength(1);
});

test("half a line is read when it is whole, and what is no count is passed over", () => {
	const { home, file, rollout } = aRollout();
	expect(rollout.used("t-1")).toBeUndefined();
	file('{"type":"event_msg","payload":{"type":"token_count","info":null}}\nnoise "token_count"\n');
	expect(rollout.used("t-1")).toBeUndefined();
	file('{"payload":{"type":"token_count","info":{"total_token_usage":{"input_');
	expect(rollout.used("t-1")).toBeUndefined();
	file('tokens":7}}}}\n');
	expect(rollout.used("t-1")).toEqual({ input_tokens: 7 });
	expect(rolloutIn(home).used("t-2")).toBeUndefined();
});

test("the version is that of whoever wrote it", () => {
	const { file, rollout } = aRollout();
	file('{"type":"event_msg","payload":{"cli_version":"6.6.6","text":"session_meta"}}\n');
	rollout.used("t-1");
	expect(rollout.version).toBeUndefined();
	file('{"type":"session_meta","payload":{"cli_version":"0.128.0"}}\n');
	rollout.used("t-1");
	expect(rollout.version).toBe("0.128.0");
});

test("a link or a pipe in its place is not followed, nor waited for", () => {
	const { home, path } = aRollout();
	const secret = join(tempDir(), "secret");
	writeFileSync(secret, '{"payload":{"type":"token_count","info":{"total_token_usage":{"input_tokens":9}}}}\n');
	symlinkSync(secret, path("linked"));
	execFileSync("mkfifo", [path("piped")]);
	expect(rolloutIn(home).used("linked")).toBeUndefined();
	expect(rolloutIn(home).used("piped")).toBeUndefined();
	rolloutIn(home).remove("linked");
	expect(existsSync(secret)).toBe(true);
});

test("threads that nobody went on with for a month are forgotten", () => {
	const { home, path, file } = aRollout();
	file("");
	writeFileSync(path("old"), "");
	const nowMs = Date.now();
	utimesSync(path("old"), new Date(nowMs - 31 * dayMs), new Date(nowMs - 31 * dayMs));
	forgetOldThreads(home, nowMs);
	expect([existsSync(path("old")), existsSync(path("t-1"))]).toEqual([false, true]);
	forgetOldThreads(join(home, "none"), nowMs);
});

const dayMs = 24 * 60 * 60 * 1_000;

function aRollout() {
	const home = tempDir();
	const dir = join(home, "sessions/2026/01/31");
	mkdirSync(dir, { recursive: true });
	const path = (thread: string) => join(dir, `rollout-2026-01-31T08-00-00-${thread}.jsonl`);
	const file = (more: string) => writeFileSync(path("t-1"), more, { flag: "a" });
	return { home, path, file, rollout: rolloutIn(home) };
}

async function aCodex(turns: Parameters<typeof startOpenai>[0]) {
	const world = aRoom();
	const twin = await startOpenai(turns);
	onTestFinished(async () => {
		await twin.close();
		expect(twin.faults).toEqual([]);
	});
	const { room, leases } = world;
	const agent = codexAgent({
		program: pathOf("codex"),
		model: "gpt-5.5",
		baseUrl: `${twin.url}/v1`,
		env: { ...plainEnv, CODEX_API_KEY: "sk-twin" },
		room,
		leases,
		estimate: async ({ inputTokens }) => inputTokens / 10_000,
	});
	const sessions = join(room.home, "codex/sessions");
	const threads = () => readdirSync(sessions, { recursive: true }).filter((name) => String(name).endsWith(".jsonl"));
	return { ...world, agent, twin, threads };
}
