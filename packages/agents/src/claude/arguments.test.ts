import { expect, test } from "vitest";
import { patient } from "../testing/a-room.ts";
import { claudeArguments, claudeEnvironment } from "./arguments.ts";

const job = {
	role: "coder",
	prompt: "--help",
	cwd: "/work/tree",
	access: "write",
	limits: patient,
	show: () => {},
} as const;

test("nobody is asked, nothing of the machine's settings counts, and the prompt is no argument", () => {
	const args = claudeArguments(job, { id: "the-id", known: false }, "sonnet");
	expect(args.join(" ")).toMatchInlineSnapshot(
		`"-p --output-format stream-json --verbose --session-id the-id --no-session-persistence --model sonnet --max-turns 20 --max-budget-usd 1 --permission-mode acceptEdits --tools=Bash,Read,Edit,Write,Glob,Grep --allowedTools=Bash,Read,Edit,Write,Glob,Grep --setting-sources= --settings {"includeCoAuthoredBy":false,"disableAllHooks":true} --strict-mcp-config"`,
	);
	expect(args).not.toContain(job.prompt);
	expect(args.join(" ")).not.toMatch(/dangerously|bypass/);
});

test.each([
	["read", "dontAsk", "Read,Glob,Grep"],
	["none", "dontAsk", ""],
] as const)("with access to %s it has no tool that changes anything", (access, mode, tools) => {
	const args = claudeArguments({ ...job, access }, { id: "the-id", known: false }, undefined);
	expect(args).toEqual(expect.arrayContaining([mode, `--tools=${tools}`, `--allowedTools=${tools}`]));
});

test("what was kept is gone on with, and what is to be kept is stored", () => {
	expect(claudeArguments(job, { id: "x", known: true }, undefined)).toEqual(expect.arrayContaining(["--resume", "x"]));
	expect(claudeArguments({ ...job, keep: true }, { id: "x", known: false }, undefined)).not.toContain(
		"--no-session-persistence",
	);
});

test("its own limits lie below ours, and above what it raises them to", () => {
	const env = claudeEnvironment({ ...job, limits: { ...patient, startMs: 100_000, idleMs: 5_000 } });
	expect(env).toMatchObject({ API_TIMEOUT_MS: "80000", CLAUDE_BYTE_STREAM_IDLE_TIMEOUT_MS: "10000" });
});
