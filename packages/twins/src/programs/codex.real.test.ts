/** What Codex does against the twin. A protocol fault would show that one of the two is untrue to the API. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type TestContext, test } from "vitest";
import { startOpenai } from "../openai/start-openai.ts";
import type { Script, ScriptFunction } from "../script/script.ts";
import { realProgram, used } from "../testing/real.ts";
import { tempDir } from "../testing/temp-dir.ts";
import { runCodex } from "./run-program.ts";

/** The machine may be busy; a run takes a second. */
const timeout = 120_000;
const patch = "*** Begin Patch\n*** Add File: a.txt\n+one\n*** End Patch\n";

test("answers in words, and counts what was read from the cache", { timeout }, async (context) => {
	const usage = { input: 100, cached: 40, cacheWrite: 2, output: 7, reasoning: 3 };
	const site = await aSite(context, [{ thinking: "Easy.", text: "The answer is 42.", usage }]);
	const { code, last, said } = await site.run("What is the answer?", []);
	expect(code).toBe(0);
	expect(said).toEqual(["The answer is 42."]);
	const told = { input_tokens: 142, cached_input_tokens: 40, output_tokens: 7, reasoning_output_tokens: 3 };
	expect(last).toMatchObject({ type: "turn.completed", usage: told });
	// Older versions do not tell what was written to the cache.
	const usageTold = last?.["usage"] as { cache_write_input_tokens?: number } | undefined;
	expect([undefined, 2]).toContain(usageTold?.cache_write_input_tokens);
	expect(site.twin.faults).toEqual([]);
});

test("patches and runs what it is told to, each by its tool", { timeout }, async (context) => {
	const cmd = "echo two > b.txt; echo said";
	const site = await aSite(context, [
		{ text: "I begin.", calls: [{ name: "apply_patch", input: patch }] },
		{ calls: [{ name: "exec_command", input: { cmd } }] },
		{ when: { toolResult: "said" }, text: "Done." },
	]);
	const { code, said, records } = await site.run("Work.", ["-m", "gpt-5.5", ...fullAccess]);
	expect({ code, said }).toEqual({ code: 0, said: ["I begin.", "Done."] });
	expect(readFileSync(join(site.cwd, "a.txt"), "utf8")).toBe("one\n");
	expect(readFileSync(join(site.cwd, "b.txt"), "utf8")).toBe("two\n");
	expect(records.map(({ item }) => (item as { type?: string })?.type)).toContain("file_change");
	expect(site.twin.faults).toEqual([]);
});

test("patches and runs by the program it is told, as newer models do", { timeout }, async (context) => {
	const input = `await tools.apply_patch(${JSON.stringify(patch)});\ntext(await tools.exec_command({ cmd: "cat a.txt" }));`;
	const site = await aSite(context, [
		{ calls: [{ name: "exec", input }] },
		{ when: { toolResult: "one" }, text: "Done." },
	]);
	if (!site.version.startsWith("0.169.")) context.skip("other versions offer other tools to this model");
	const { code, said } = await site.run("Work.", ["-m", "gpt-6.1-sol", ...fullAccess]);
	expect({ code, said }).toEqual({ code: 0, said: ["Done."] });
	expect(readFileSync(join(site.cwd, "a.txt"), "utf8")).toBe("one\n");
	expect(site.twin.faults).toEqual([]);
});

test("gives an answer in the form that is asked for", { timeout }, async (context) => {
	const site = await aSite(context, [{ when: { form: true }, answer: { verdict: "good" } }]);
	const schema = join(site.cwd, "schema.json");
	const properties = { verdict: { type: "string" } };
	writeFileSync(
		schema,
		JSON.stringify({ type: "object", properties, required: ["verdict"], additionalProperties: false }),
	);
	const { code, said } = await site.run("Judge.", ["--output-schema", schema]);
	expect({ code, said }).toEqual({ code: 0, said: ['{"verdict":"good"}'] });
	expect(site.twin.faults).toEqual([]);
});

test("tells of a limit", { timeout }, async (context) => {
	const trouble = { kind: "status", status: 429, message: "Slower, please." } as const;
	const site = await aSite(context, [{ trouble, times: 100 }]);
	const { code, last } = await site.run("Go.", []);
	expect({ code, last }).toMatchObject({ code: 1, last: { type: "turn.failed" } });
	expect(JSON.stringify(last)).toContain("429 Too Many Requests");
	expect(site.twin.faults).toEqual([]);
});

test("goes on where it ended, also at another twin", { timeout }, async (context) => {
	const calls = [{ name: "exec_command", input: { cmd: "touch seen" } }];
	const site = await aSite(context, [{ calls }, { text: "First." }]);
	const first = await site.run("One.", ["-m", "gpt-5.5", ...fullAccess]);
	expect(existsSync(join(site.cwd, "seen"))).toBe(true);
	const id = String(first.records[0]?.["thread_id"]);
	const other = await used(startOpenai([{ text: "Second." }]));
	const second = await site.run("Two.", ["-m", "gpt-5.5", "resume", id], other.url);
	expect(second).toMatchObject({ code: 0, said: ["Second."] });
	expect(JSON.stringify(other.requests.at(-1)?.body)).toContain("First.");
	expect([...site.twin.faults, ...other.faults]).toEqual([]);
});

test("asks for a WebSocket where it knows the provider, and does without", { timeout }, async (context) => {
	const site = await aSite(context, [{ text: "Without." }]);
	const settings = ["-c", 'model_provider="openai"', "-c", `openai_base_url="${site.twin.url}/v1"`];
	const { code, said } = await site.run("Go.", settings, site.twin.url, { CODEX_API_KEY: "sk-twin" });
	expect({ code, said }).toEqual({ code: 0, said: ["Without."] });
	expect(site.twin.requests.some(({ headers }) => headers["upgrade"] === "websocket")).toBe(true);
	expect(site.twin.faults).toEqual([]);
});

/** Its own sandbox needs more of a machine than every machine gives; what it does inside is not the twin's matter. */
const fullAccess = ["--dangerously-bypass-approvals-and-sandbox"];

async function aSite(context: TestContext, script: Script | ScriptFunction) {
	const program = realProgram(context, "codex");
	const twin = await used(startOpenai(script));
	const home = tempDir();
	const cwd = tempDir();
	const run = async (prompt: string, args: readonly string[], url = twin.url, env = {}) => {
		const ran = await runCodex({ program, url, cwd, home, prompt, args: ["--json", ...args], env });
		const items = ran.records.filter(({ type }) => type === "item.completed").map(({ item }) => item as Item);
		const said = items.filter(({ type }) => type === "agent_message").map(({ text }) => text);
		return { ...ran, last: ran.records.at(-1), said };
	};
	const [version = ""] = /[\d.]+/.exec(execFileSync(program, ["--version"], { encoding: "utf8" })) ?? [];
	return { twin, cwd, run, version };
}

interface Item {
	readonly type: string;
	readonly text?: string;
}
