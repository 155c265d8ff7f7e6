import { spawnSync } from "node:child_process";
import { rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { tempDir } from "@shopfloor/core/testing";
import { execa } from "execa";
import { expect, onTestFinished, type TestContext, test } from "vitest";
import { openTerminal, terminalTail } from "./terminal.ts";
import { attachCommand, endTerminals, reconcileTerminals } from "./tmux.ts";

test("what is shown can be read from its end, in whole lines", () => {
	const state = tempDir();
	expect(terminalTail(state, "ralph-1", 100)).toBe("");
	const { show } = openTerminal(state, "ralph-1");
	for (let line = 1; line <= 50; line++) show(`line ${line}`);
	expect(terminalTail(state, "ralph-1", 20)).toBe("line 49\nline 50\n");
	expect(terminalTail(state, "ralph-1", 100_000).split("\n")).toHaveLength(51);
});

test("it is only for whoever runs the factory, and is made anew when somebody takes it away", () => {
	const state = tempDir();
	const { show, path } = openTerminal(state, "ralph-1");
	show("one");
	expect(statSync(path).mode & 0o777).toBe(0o600);
	rmSync(join(state, "terminals"), { recursive: true });
	show("two");
	expect(terminalTail(state, "ralph-1", 100)).toBe("two\n");
});

test("one that has grown too long keeps its end", async () => {
	const state = tempDir();
	const terminal = openTerminal(state, "ralph-1");
	for (let line = 0; line < 5_000; line++) terminal.show(`${line} ${"x".repeat(1_000)}`);
	await terminal.trim();
	expect(statSync(terminal.path).size).toBeLessThan(1.1 * 2 ** 20);
	expect(terminalTail(state, "ralph-1", 3_000)).toMatch(/^4998 x+\n4999 x+\n$/);
	terminal.show("after");
	expect(terminalTail(state, "ralph-1", 10)).toBe("after\n");
});

test("each session has a window that shows its life; one that is gone is made anew, one too many is ended", async (context) => {
	needsTmux(context);
	const state = tempDir();
	onTestFinished(() => endTerminals(state));
	const { show } = openTerminal(state, "ralph-1");
	show("it thinks");
	expect(await reconcileTerminals(state, ["ralph-1", "ralph-2"])).toEqual({
		kind: "there",
		made: ["ralph-1", "ralph-2"],
		ended: [],
	});
	await expect.poll(() => screenOf(state, "ralph-1"), waits).toContain("it thinks");
	show("it writes");
	await expect.poll(() => screenOf(state, "ralph-1"), waits).toContain("it writes");

	expect(await reconcileTerminals(state, ["ralph-1", "ralph-2"])).toEqual({ kind: "there", made: [], ended: [] });
	await tmux(state, "kill-window", "-t", "=shopfloor:=ralph-2");
	expect(await reconcileTerminals(state, ["ralph-1", "ralph-2"])).toMatchObject({ made: ["ralph-2"] });
	expect(await reconcileTerminals(state, ["ralph-2"])).toMatchObject({ made: [], ended: ["ralph-1"] });
	await endTerminals(state);
	expect(await reconcileTerminals(state, ["ralph-1"])).toMatchObject({ made: ["ralph-1"] });
	expect(await screenOf(state, "ralph-1")).toBeDefined();
});

test("two factories have servers of their own", async (context) => {
	needsTmux(context);
	const states = [tempDir(), tempDir()];
	for (const state of states) onTestFinished(() => endTerminals(state));
	const [one = "", other = ""] = states;
	await reconcileTerminals(one, ["ralph-1"]);
	expect(await reconcileTerminals(other, ["ralph-1"])).toMatchObject({ made: ["ralph-1"] });
	await endTerminals(one);
	expect(await reconcileTerminals(other, ["ralph-1"])).toMatchObject({ made: [] });
});

test("the server keeps nothing of our environment", async (context) => {
	needsTmux(context);
	const state = tempDir();
	onTestFinished(() => endTerminals(state));
	process.env["SHOPFLOOR_TEST_SECRET"] = "canary";
	onTestFinished(() => {
		delete process.env["SHOPFLOOR_TEST_SECRET"];
	});
	await reconcileTerminals(state, ["ralph-1"]);
	expect(await tmux(state, "show-environment", "-g")).not.toContain("canary");
});

const waits = { timeout: 20_000, interval: 50 };

function needsTmux(context: TestContext): void {
	if (spawnSync("tmux", ["-V"]).status !== 0) context.skip("needs tmux");
}

async function screenOf(state: string, session: string): Promise<string> {
	return await tmux(state, "capture-pane", "-p", "-t", `=shopfloor:=${session}`);
}

async function tmux(state: string, ...args: string[]): Promise<string> {
	const server = attachCommand(state, "any").slice(1, 5);
	return (await execa("tmux", [...server, ...args], { reject: false })).stdout;
}
