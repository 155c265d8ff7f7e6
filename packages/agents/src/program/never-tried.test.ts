/** Programs newer than this factory: they are run as the known ones are, and a person hears of it. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { tempDir } from "@shopfloor/core/testing";
import { expect, test } from "vitest";
import { claudeAgent } from "../claude/claude.ts";
import { codexAgent } from "../codex/codex.ts";
import { aRoom, plainEnv, type TestRoom } from "../testing/a-room.ts";

const news = [{ type: "poem", lines: 4 }, { type: "poem" }];

test("a Claude Code of tomorrow: its version and its new words are told once each, and it counts as done", async () => {
	const world = aRoom();
	const init = { type: "system", subtype: "init", claude_code_version: "9.9.9", model: "sonnet" };
	const result = { type: "result", subtype: "success", is_error: false, result: "Done.", total_cost_usd: 0.01 };
	const program = aProgram(said([init, init, ...news, result]));
	expect(await claudeAgent({ ...common(world), program }).run(world.job())).toMatchObject({
		kind: "done",
		version: "9.9.9",
	});
	expect(strange(world)).toEqual([
		"! it said 2 things that this version of the factory does not know",
		"! version 9.9.9 was never tried with this factory (2.1.197, 2.1.329 were)",
	]);
});

test("a Codex of tomorrow: the same, from what it notes of its thread", async () => {
	const world = aRoom();
	const meta = { type: "session_meta", payload: { cli_version: "9.9.9" } };
	const item = { type: "item.completed", item: { type: "agent_message", text: "Done." } };
	const notes = "$CODEX_HOME/sessions/2026";
	const program = aProgram(
		`mkdir -p "${notes}"; echo '${JSON.stringify(meta)}' > "${notes}/rollout-now-t-1.jsonl"`,
		said([{ type: "thread.started", thread_id: "t-1" }, ...news, item, { type: "turn.completed", usage: {} }]),
	);
	const agent = codexAgent({ ...common(world), program, estimate: async () => 0 });
	expect(await agent.run(world.job())).toMatchObject({ kind: "done", version: "9.9.9" });
	expect(strange(world)).toEqual([
		"! it said 2 things that this version of the factory does not know",
		"! version 9.9.9 was never tried with this factory (0.128.0, 0.169.0 were)",
	]);
});

test("of what is known there is nothing to tell", async () => {
	const world = aRoom();
	const init = { type: "system", subtype: "init", claude_code_version: "2.1.329" };
	const result = { type: "result", subtype: "success", is_error: false, result: "Done." };
	await claudeAgent({ ...common(world), program: aProgram(said([init, result])) }).run(world.job());
	expect(strange(world)).toEqual([]);
});

function common({ room, leases }: TestRoom) {
	return { env: plainEnv, room, leases };
}

function strange({ shown }: TestRoom): string[] {
	return shown.filter((line) => line.startsWith("!"));
}

function said(events: readonly object[]): string {
	return events.map((event) => `echo '${JSON.stringify(event)}'`).join("\n");
}

function aProgram(...lines: readonly string[]): string {
	const path = join(tempDir(), "program");
	writeFileSync(path, ["#!/bin/sh", ...lines, ""].join("\n"), { mode: 0o755 });
	return path;
}
