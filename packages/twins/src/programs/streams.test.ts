/** The recorded streams: that they are whole, small, and of no machine in particular. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const streams = fileURLToPath(new URL("../../fixtures/streams", import.meta.url));
const folders = readdirSync(streams);

test("both programs are there, each in two versions and in the same scenarios", () => {
	expect(folders).toEqual(["claude-2.1.197", "claude-2.1.329", "codex-0.128.0", "codex-0.169.0"]);
	const names = folders.map((folder) => readdirSync(join(streams, folder)));
	expect(names[0]).toEqual(names[1]);
	expect(names[2]).toEqual(names[3]);
	expect([names[0]?.length, names[2]?.length]).toEqual([20, 20]);
});

test("all of them together are small", () => {
	const bytes = folders.flatMap(filesOf).map(([, text]) => Buffer.byteLength(text));
	expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(600_000);
});

describe.each(folders)("%s", (folder) => {
	test.each(filesOf(folder))("%s is lines of JSON from the first record on, and names no machine", (_name, text) => {
		expect(text.endsWith("\n")).toBe(true);
		const [first] = text
			.trimEnd()
			.split("\n")
			.map((line) => JSON.parse(line) as Record<string, unknown>);
		expect(first?.["type"]).toBe(folder.startsWith("claude") ? "system" : "thread.started");
		const paths = text.match(/(?<=["\s(=:])\/[a-z][\w.-]*\/[\w./-]*/g) ?? [];
		expect(paths.filter((path) => !/^\/(work\/tree|home\/agent|bin\/bash|dev\/null)/.test(path))).toEqual([]);
		const places = [...text.matchAll(/https?:\/\/(127\.0\.0\.1|localhost):(\d+)/g)].map(([place]) => place);
		expect(new Set(places)).toEqual(places.length === 0 ? new Set() : new Set(["http://127.0.0.1:8080"]));
	});
});

test.each([
	["claude-2.1.197", 1],
	["claude-2.1.329", 2],
])("%s tells the cost of %s calls, resumed after one", (folder, calls) => {
	const [once, resumed] = ["success-in-words", "resumed"].map((name) =>
		Number(lastOf(folder, name)?.["total_cost_usd"]),
	);
	expect(resumed).toBeCloseTo(calls * Number(once), 6);
});

test.each([
	["success-with-tools", { subtype: "success", is_error: false, terminal_reason: "completed" }],
	["structured", { structured_output: { verdict: "good" } }],
	["structured-wrong", { subtype: "error_max_structured_output_retries" }],
	["max-turns", { subtype: "error_max_turns" }],
	["over-budget", { subtype: "error_max_budget_usd" }],
	["error-400", { is_error: true, api_error_status: 400 }],
	["error-401", { is_error: true, api_error_status: 401 }],
	["error-429", { is_error: true, api_error_status: 429 }],
	["error-529", { is_error: true, api_error_status: 529 }],
	["refusal", { is_error: true }],
	["interrupted", { subtype: "error_during_execution" }],
	["logged-out", { is_error: true, result: "Not logged in · Please run /login" }],
])("%s ends as it should in both versions of Claude Code", (name, result) => {
	for (const folder of folders.filter((of) => of.startsWith("claude"))) {
		expect(lastOf(folder, name)).toMatchObject(result);
	}
	expect(lastOf("claude-2.1.329", "structured-missing")).not.toHaveProperty("structured_output");
});

test.each([
	["success-with-tools", { type: "turn.completed", usage: { input_tokens: 18_600, cached_input_tokens: 15_000 } }],
	["resumed", { type: "turn.completed", usage: { input_tokens: 12_400, cached_input_tokens: 10_000 } }],
	["refusal", { type: "turn.completed" }],
	["error-401", { type: "turn.failed" }],
	["error-429", { type: "turn.failed" }],
	["error-500", { type: "turn.failed" }],
	["limit-of-subscription", { type: "turn.failed", error: { message: expect.stringMatching(/try again at/) } }],
	["interrupted", { type: "turn.started" }],
])("%s ends as it should in both versions of Codex", (name, last) => {
	for (const folder of folders.filter((of) => of.startsWith("codex"))) expect(lastOf(folder, name)).toMatchObject(last);
});

function filesOf(folder: string): [name: string, text: string][] {
	const dir = join(streams, folder);
	return readdirSync(dir).map((name) => [name, readFileSync(join(dir, name), "utf8")]);
}

/** The record that ends the run. */
function lastOf(folder: string, name: string): Record<string, unknown> | undefined {
	const lines = readFileSync(join(streams, folder, `${name}.jsonl`), "utf8")
		.trimEnd()
		.split("\n");
	const records = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
	return records.findLast(({ type }) => type === "result" || String(type).startsWith("turn."));
}
