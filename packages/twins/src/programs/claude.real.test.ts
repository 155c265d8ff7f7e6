/** What Claude Code does against the twin. A protocol fault would show that one of the two is untrue to the API. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type TestContext, test } from "vitest";
import { startAnthropic } from "../anthropic/start-anthropic.ts";
import type { Script, ScriptFunction } from "../script/script.ts";
import type { Twin } from "../serve/twin.ts";
import { realProgram, used } from "../testing/real.ts";
import { tempDir } from "../testing/temp-dir.ts";
import { runClaude } from "./run-program.ts";

/** The machine may be busy; a run takes two seconds. */
const timeout = 120_000;

test("answers in words", { timeout }, async (context) => {
	const site = await aSite(context, [{ text: "The answer is 42." }]);
	const { code, result } = await site.run("What is the answer?", []);
	expect({ code, result }).toMatchObject({ code: 0, result: { subtype: "success", result: "The answer is 42." } });
	expect(turnsAsked(site.twin)[0]?.headers["x-api-key"]).toBe("(hidden)");
	expect(site.twin.faults).toEqual([]);
});

test("writes, edits and runs what it is told to, several calls in one turn", { timeout }, async (context) => {
	const site = await aSite(context, ({ number }) => turns[number]);
	const file_path = join(site.cwd, "a.txt");
	const turns = [
		{
			thinking: "Two files.",
			text: "I begin.",
			calls: [
				{ name: "Write", input: { file_path, content: "one\n" } },
				{ name: "Bash", input: { command: "echo two > b.txt; echo said", description: "writes" } },
			],
		},
		{ calls: [{ name: "Edit", input: { file_path, old_string: "one", new_string: "three" } }] },
		{ text: "Done." },
	];
	const { code, result } = await site.run("Work.", ["--permission-mode", "acceptEdits", "--allowedTools", "Bash"]);
	expect({ code, result }).toMatchObject({ code: 0, result: { is_error: false, result: "Done.", num_turns: 4 } });
	expect(readFileSync(file_path, "utf8")).toBe("three\n");
	expect(readFileSync(join(site.cwd, "b.txt"), "utf8")).toBe("two\n");
	expect(JSON.stringify(turnsAsked(site.twin)[1]?.body)).toContain("said");
	expect(site.twin.faults).toEqual([]);
});

test("gives an answer in the form that is asked for", { timeout }, async (context) => {
	const site = await aSite(context, [{ answer: { verdict: "good" }, when: { form: true } }]);
	const schema = { type: "object", properties: { verdict: { type: "string" } }, required: ["verdict"] };
	const { code, result } = await site.run("Judge.", ["--json-schema", JSON.stringify(schema)]);
	expect({ code, result }).toMatchObject({ code: 0, result: { structured_output: { verdict: "good" } } });
	expect(site.twin.faults).toEqual([]);
});

test("tells of a limit, and whose it is", { timeout }, async (context) => {
	const trouble = { kind: "status", status: 429, message: "Slower, please.", retryAfterS: 3_600 } as const;
	const site = await aSite(context, [{ trouble, times: 100 }]);
	const { code, result } = await site.run("Go.", []);
	expect({ code, result }).toMatchObject({ code: 1, result: { is_error: true, api_error_status: 429 } });
	expect(result?.["result"]).toContain("Slower, please.");
	expect(site.twin.faults).toEqual([]);
});

test("comes back after an overload and a cut line", { timeout }, async (context) => {
	const site = await aSite(context, [
		{ trouble: { kind: "status", status: 529 } },
		{ trouble: { kind: "cut", at: "mid-stream" } },
		{ text: "Here I am." },
	]);
	const { code, result } = await site.run("Go.", [], { CLAUDE_CODE_MAX_RETRIES: "5" });
	expect({ code, result }).toMatchObject({ code: 0, result: { is_error: false, result: "Here I am." } });
	expect(site.twin.faults).toEqual([]);
});

test("goes on where it ended, also at another twin", { timeout }, async (context) => {
	const calls = [{ name: "Bash", input: { command: "touch seen", description: "marks" } }];
	const site = await aSite(context, [{ calls }, { text: "First." }]);
	const tools = ["--permission-mode", "acceptEdits", "--allowedTools", "Bash"];
	const first = await site.run("One.", tools);
	expect(existsSync(join(site.cwd, "seen"))).toBe(true);
	const id = String(first.result?.["session_id"]);
	const other = await used(startAnthropic([{ text: "Second." }]));
	const second = await site.run("Two.", ["--resume", id], {}, other.url);
	expect(second.result).toMatchObject({ session_id: id, result: "Second." });
	expect(JSON.stringify(turnsAsked(other)[0]?.body)).toContain("First.");
	expect([...site.twin.faults, ...other.faults]).toEqual([]);
});

test("with few tools and without hooks", { timeout }, async (context) => {
	const site = await aSite(context, [
		{ calls: [{ name: "Read", input: { file_path: "given.txt" } }] },
		{ text: "Read." },
	]);
	writeFileSync(join(site.cwd, "given.txt"), "given\n");
	const { result } = await site.run("Read it.", ["--bare"]);
	expect(result).toMatchObject({ is_error: false, result: "Read." });
	expect(turnsAsked(site.twin)[0]?.body).toMatchObject({
		tools: expect.arrayContaining([expect.objectContaining({ name: "Read" })]),
	});
	expect(site.twin.faults).toEqual([]);
});

/** Without a look whether the server is there, which older versions take first. */
function turnsAsked({ requests }: Twin) {
	return requests.filter(({ path }) => path === "/v1/messages");
}

async function aSite(context: TestContext, script: Script | ScriptFunction) {
	const program = realProgram(context, "claude");
	const twin = await used(startAnthropic(script));
	const home = tempDir();
	const cwd = tempDir();
	const run = async (prompt: string, args: readonly string[], env = {}, url = twin.url) => {
		const flags = ["--output-format", "stream-json", "--verbose", "--model", "sonnet", ...args];
		const ran = await runClaude({ program, url, cwd, home, prompt, args: flags, env });
		return { ...ran, result: ran.records.findLast(({ type }) => type === "result") };
	};
	return { twin, cwd, run };
}
