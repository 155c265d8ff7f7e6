import { type DataOf, unconfigured } from "@shopfloor/core";
import { openFloor } from "@shopfloor/core/io";
import { fakeClock, memoryFloor, tempDir } from "@shopfloor/core/testing";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import type { Agent } from "../port/agent.ts";
import type { Job } from "../port/job.ts";
import type { Ending, Outcome } from "../port/outcome.ts";
import { openProviders } from "../providers/providers.ts";
import { type Paid, pay } from "../purse/pay.ts";
import { openPurse } from "../purse/purse.ts";
import { type Asked, inputGate } from "./input-gate.ts";
import { inputsHash } from "./inputs-hash.ts";

const usage = { usd: 0.1, estimated: false, inputTokens: 1, cachedTokens: 0, outputTokens: 1 };
const asked = {
	role: "doctor",
	key: "ralph-1",
	agent: "claude",
	prompt: "what is it doing?",
	inputs: { head: "c0ffee" },
} as const;
const done: Ending = { kind: "done", text: "it works", data: { class: "productive" }, denied: ["Bash"] };

test("asked the same again, a role answers as before: no call, nothing to pay", async () => {
	const { ask, calls, shown, clock } = aGate();
	expect(await ask()).toMatchObject({ kind: "called", outcome: { ...done, usage } });
	clock.stall(3_600_000);
	expect(await ask()).toEqual({
		kind: "reused",
		at: "2026-01-31T08:00:00.000Z",
		outcome: { ...done, usage: { usd: 0, estimated: false, inputTokens: 0, cachedTokens: 0, outputTokens: 0 } },
	});
	expect(calls()).toBe(1);
	expect(shown).toEqual([
		"nothing changed since 2026-01-31T08:00:00.000Z: the answer of then holds, and nothing is called",
	]);
});

test.each<[string, Partial<Asked>]>([
	["role", { role: "scribe" }],
	["key", { key: "ralph-2" }],
	["agent", { agent: "codex" }],
	["model", { model: "large" }],
	["prompt", { prompt: "what is it doing now?" }],
	["inputs", { inputs: { head: "c0ffee", failing: [] } }],
])("another %s is another question", async (_what, patch) => {
	const { ask, calls } = aGate();
	await ask();
	expect(await ask(patch)).toMatchObject({ kind: "called" });
	expect(calls()).toBe(2);
});

test("only the last answer of each key counts", async () => {
	const { ask, calls } = aGate();
	await ask();
	await ask({ inputs: "later" });
	expect((await ask({ inputs: "later" })).kind).toBe("reused");
	expect((await ask()).kind).toBe("called");
	expect(calls()).toBe(3);
});

test.each<[string, Outcome]>([
	["failed", { kind: "failed", code: "crashed", detail: "", usage }],
	["limited", { kind: "limited", detail: "", usage }],
	["incomplete", { kind: "incomplete", code: "turns", detail: "", usage }],
	["timed-out", { kind: "timed-out", which: "wall", detail: "", usage }],
	["too large", { kind: "done", text: "x".repeat(200_000), usage }],
])("what is %s is asked again", async (_what, outcome) => {
	const { ask, calls } = aGate(outcome);
	await ask();
	expect((await ask()).kind).toBe("called");
	expect(calls()).toBe(2);
});

test("a refusal is an answer, and a call that was not made is none", async () => {
	const { ask } = aGate({ kind: "refused", code: "model", detail: "no", usage });
	await ask();
	expect(await ask()).toMatchObject({ kind: "reused", outcome: { kind: "refused", code: "model", detail: "no" } });
	const held = aGate({ kind: "paused", reason: "limit" });
	expect(await held.ask()).toEqual({ kind: "paused", reason: "limit" });
	expect(await held.ask()).toEqual({ kind: "paused", reason: "limit" });
});

test("what is kept is bounded, the newest stay", async () => {
	const { ask, floor } = aGate({ ...done, text: "x".repeat(20_000), usage } as Outcome);
	for (let key = 0; key < 70; key++) await ask({ key: `k-${key}` });
	const { value } = await floor.records.get("inputs/doctor");
	expect(JSON.stringify(value).length).toBeLessThan(600_000);
	expect((await ask({ key: "k-69" })).kind).toBe("reused");
	expect((await ask({ key: "k-0" })).kind).toBe("called");
	const small = aGate();
	for (let key = 0; key < 70; key++) await small.ask({ key: `k-${key}` });
	expect((await small.ask({ key: "k-6" })).kind).toBe("reused");
	expect((await small.ask({ key: "k-5" })).kind).toBe("called");
});

test("it holds over a restart", async () => {
	const clock = fakeClock();
	const stateDir = tempDir();
	const kinds: string[] = [];
	for (let life = 0; life < 2; life++) {
		const floor = openFloor({ stateDir, clock });
		onTestFinished(() => floor.close());
		const paid = await inputGate(floor.records, clock).once({ ...asked, show: () => {} }, async () =>
			called({ ...done, usage }),
		);
		kinds.push(paid.kind);
	}
	expect(kinds).toEqual(["called", "reused"]);
});

test("the order of keys does not matter, all else does", () => {
	expect(inputsHash({ a: 1, b: [{ c: 2, d: 3 }] })).toBe(inputsHash({ b: [{ d: 3, c: 2 }], a: 1 }));
	expect(inputsHash(["a", "b"])).not.toBe(inputsHash(["b", "a"]));
	expect(inputsHash(["ab", ""])).not.toBe(inputsHash(["a", "b"]));
	fc.assert(
		fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
			const same = JSON.stringify(a) === JSON.stringify(b);
			if (same) expect(inputsHash(a)).toBe(inputsHash(b));
		}),
	);
});

test("idle costs nothing: a hundred turns with nothing new make one call and one settlement", async () => {
	const clock = fakeClock();
	const floor = memoryFloor(clock);
	const till = {
		purse: openPurse({ floor, by: "session-doctor", budget: unconfigured().budget, clock }),
		providers: openProviders({ floor, by: "session-doctor", clock }),
	};
	let runs = 0;
	const agent: Agent = {
		async run() {
			runs++;
			return { ...done, usage };
		},
	};
	const gate = inputGate(floor.records, clock);
	const limits = { startMs: 1, idleMs: 1, wallMs: 1_000, usd: 1, turns: 1 };
	for (let turn = 0; turn < 100; turn++) {
		const job: Job = { role: "doctor", prompt: asked.prompt, cwd: "/", access: "none", limits, show: () => {} };
		await gate.once({ ...asked, show: () => {} }, () => pay(till, { agent: "claude" }, agent, job));
		clock.stall(3 * 3_600_000);
	}
	const called = await floor.log.last(200, { type: ["agent_called"] });
	expect([runs, called.map(({ data }) => (data as DataOf<"agent_called">).usd)]).toEqual([1, [0.1]]);
});

function aGate(result: Outcome | Paid = { ...done, usage }) {
	const clock = fakeClock();
	const floor = memoryFloor(clock);
	const gate = inputGate(floor.records, clock);
	const shown: string[] = [];
	let made = 0;
	return {
		clock,
		floor,
		shown,
		calls: () => made,
		ask: (patch: Partial<Asked> = {}) =>
			gate.once({ ...asked, show: (line) => void shown.push(line), ...patch }, async (): Promise<Paid> => {
				made++;
				return "usage" in result ? called(result) : result;
			}),
	};
}

function called(outcome: Outcome): Paid {
	return { kind: "called", outcome, charge: { ...usage } };
}
