import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { serveByHand } from "./serve-by-hand.ts";
import { anthropicHeaders, ask, openaiHeaders } from "./testing/ask.ts";
import { tempDir } from "./testing/temp-dir.ts";

test.each([
	["anthropic", "/v1/messages", { model: "m", max_tokens: 9, messages: [{ role: "user", content: "x" }] }],
	["openai", "/v1/responses", { model: "m", input: "x" }],
] as const)("%s answers from the file, and writes down what it was asked", async (name, path, body) => {
	const { script, log } = aFolder('[{ "text": "From the file." }]');
	const served = await serveByHand([name, "--script", script, "--log", log]);
	if (served.kind === "refused") throw new Error(served.lines.join("\n"));
	onTestFinished(() => served.twin.close());
	const answer = await ask(served.twin.url, path, body, { ...anthropicHeaders, ...openaiHeaders });
	expect(JSON.stringify(answer.body)).toContain("From the file.");
	const [line = "", rest] = readFileSync(log, "utf8").split("\n");
	expect(JSON.parse(line)).toMatchObject({ method: "POST", path, body, headers: { authorization: "Bearer (hidden)" } });
	expect(rest).toBe("");
});

test("what is otherwise answered is in the file too", async () => {
	const { script } = aFolder('{ "turns": [], "otherwise": { "text": "Otherwise." } }');
	const served = await serveByHand(["openai", "--script", script]);
	if (served.kind === "refused") throw new Error(served.lines.join("\n"));
	onTestFinished(() => served.twin.close());
	const { body } = await ask(served.twin.url, "/v1/responses", { model: "m", input: "x" }, openaiHeaders);
	expect(JSON.stringify(body)).toContain("Otherwise.");
});

test.each([
	["no name", []],
	["another name", ["other", "--script", "x"]],
	["no script", ["openai"]],
	["no number", ["openai", "--script", "x", "--port", "high"]],
	["an option that is not known", ["openai", "--script", "x", "--prot", "1"]],
])("%s: how it is called", async (_what, args) => {
	expect(await serveByHand(args)).toEqual({ kind: "refused", lines: [expect.stringMatching(/^Usage: /)] });
});

test("a port that is taken", async () => {
	const { script } = aFolder("[]");
	const first = await serveByHand(["openai", "--script", script]);
	if (first.kind === "refused") throw new Error(first.lines.join("\n"));
	onTestFinished(() => first.twin.close());
	const { port } = new URL(first.twin.url);
	const second = await serveByHand(["openai", "--script", script, "--port", port]);
	expect(second).toMatchObject({ kind: "refused", lines: [expect.stringContaining(`Port ${port} is taken`)] });
});

test("a script that is missing, no JSON, or faulty", async () => {
	const refused = async (script: string) => {
		const served = await serveByHand(["openai", "--script", script]);
		return served.kind === "refused" ? served.lines.join("\n") : "served";
	};
	expect(await refused("no-such-file.json")).toMatch(/^no-such-file\.json cannot be read: ENOENT/);
	expect(await refused(aFolder("[").script)).toMatch(/turns\.json is no JSON: /);
	expect(await refused(aFolder('[{}, { "text": 1 }]').script)).toMatch(/turns\.0: says nothing.*\n.*turns\.1\.text: /);
});

function aFolder(script: string) {
	const dir = tempDir();
	writeFileSync(join(dir, "turns.json"), script);
	return { script: join(dir, "turns.json"), log: join(dir, "log.jsonl") };
}
