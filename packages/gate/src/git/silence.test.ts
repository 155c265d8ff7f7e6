import { PassThrough } from "node:stream";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { endWhenSilent, withoutProgress } from "./silence.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("a program that goes on talking is not ended, however long it takes, and one that stops is", () => {
	const program = { stdout: new PassThrough(), stderr: new PassThrough(), kill: vi.fn() };
	const silence = endWhenSilent(program, 1_000);
	for (let word = 0; word < 50; word++) {
		vi.advanceTimersByTime(900);
		program[word % 2 === 0 ? "stdout" : "stderr"].emit("data", "Receiving objects:  1%\r");
	}
	expect([program.kill.mock.calls.length, silence.ended]).toEqual([0, false]);
	vi.advanceTimersByTime(1_000);
	expect([program.kill.mock.calls.length, silence.ended]).toEqual([1, true]);
});

test("a program that has ended is not ended again", () => {
	const program = { stdout: null, stderr: new PassThrough(), kill: vi.fn() };
	endWhenSilent(program, 1_000).stop();
	vi.advanceTimersByTime(10_000);
	expect(program.kill).not.toHaveBeenCalled();
});

test.each([
	["remote: Counting objects:  10% (1/10)\rremote: Counting objects: 100% (10/10), done.\nfatal: no\n", "fatal: no\n"],
	["Receiving objects:  40% (4/10), 1.20 MiB | 1.1 MiB/s\rfatal: early EOF\n", "fatal: early EOF\n"],
	["remote: Enumerating objects: 5, done.\nremote: Total 3 (delta 0)\n", "remote: Total 3 (delta 0)\n"],
	["error: cannot lock ref 'refs/x': 5\n", "error: cannot lock ref 'refs/x': 5\n"],
])("of %j only what is no progress is told", (said, told) => {
	expect(withoutProgress(said)).toBe(told);
});
