import { expect, test } from "vitest";
import type { DataOf, Entry, EntryType } from "../entry.ts";
import { foldProviders, type Providers } from "./providers.ts";

test("a call that was refused for now is trouble, and one that is answered later ends it", () => {
	const limited = folded(called("limited", 10));
	expect(limited["claude"]).toEqual({ kind: "limited", inARow: 1, at: at(10), seq: 1 });
	expect(folded(called("limited", 10), called("done", 20))).toEqual({});
	expect(folded(called("limited", 10), called("incomplete", 20))).toEqual({});
});

test("calls that were under way count as one trouble, and their success says nothing", () => {
	const under = { startedAt: 5 };
	const once = folded(called("limited", 10));
	expect(
		folded(called("limited", 10), called("limited", 11, under), called("failed", 12, { ...under, code: "overloaded" })),
	).toEqual(once);
	expect(folded(called("limited", 10), called("done", 12, under))).toEqual(once);
});

test("each trial that fails counts", () => {
	const providers = folded(
		called("limited", 10),
		called("failed", 20, { code: "overloaded" }),
		called("failed", 30, { code: "network" }),
	);
	expect(providers["claude"]).toMatchObject({ kind: "network", inARow: 3, at: at(30), seq: 3 });
});

test("what happens on this machine alone is no trouble of the provider, and no proof that it serves", () => {
	expect(folded(called("failed", 10, { code: "crashed" }), called("timed-out", 11), called("lost", 12))).toEqual({});
	const still = folded(called("limited", 10), called("failed", 20, { code: "crashed" }), called("lost", 21));
	expect(still["claude"]?.inARow).toBe(1);
});

test("a lost login outweighs a limit that came with it", () => {
	const both = folded(called("limited", 10), called("failed", 11, { startedAt: 5, code: "login" }));
	expect(both["claude"]).toMatchObject({ kind: "login", seq: 2 });
});

test("a pause that was lifted at its end leaves a trial to be made; a person's word ends the trouble", () => {
	const pause = { scope: "claude", kind: "pause", reason: "limit", until: at(60) } as const;
	const paused = [called("limited", 10), entryOf("paused", pause, 10)];
	expect(folded(...paused)["claude"]).toMatchObject({ until: at(60) });
	expect(folded(...paused, entryOf("resumed", { scope: "claude" }, 60))["claude"]).toMatchObject({ inARow: 1 });
	expect(folded(...paused, entryOf("resumed", { scope: "claude" }, 59))).toEqual({});
	expect(folded(...paused, entryOf("resumed", { scope: "codex" }, 59))["claude"]).toBeDefined();
	const stopped = [called("failed", 10, { code: "login" }), entryOf("paused", { ...pause, kind: "stop" }, 10)];
	expect(folded(...stopped, entryOf("resumed", { scope: "claude" }, 99))).toEqual({});
});

test("names that every object knows are names like others", () => {
	expect(
		folded(
			entryOf("resumed", { scope: "constructor" }, 1),
			entryOf("paused", { scope: "constructor", kind: "pause", reason: "", until: at(5) }, 2),
		),
	).toEqual({});
});

type Unnumbered = Omit<Entry, "seq">;

function at(second: number): string {
	return new Date(Date.UTC(2026, 0, 31, 8, 0, second)).toISOString();
}

function called(
	outcome: DataOf<"agent_called">["outcome"],
	second: number,
	{ startedAt = second - 1, code }: { readonly startedAt?: number; readonly code?: string } = {},
): Unnumbered {
	const usage = { usd: 0, estimated: false, inputTokens: 0, cachedTokens: 0, outputTokens: 0 };
	const data = { role: "coder", agent: "claude", ...usage, durationMs: (second - startedAt) * 1_000, outcome };
	return entryOf("agent_called", code === undefined ? data : { ...data, code }, second);
}

function entryOf<T extends EntryType>(type: T, data: DataOf<T>, second: number): Unnumbered {
	return { type, by: "ralph-1", ts: at(second), data, prev: "" } as unknown as Unnumbered;
}

function folded(...entries: readonly Unnumbered[]): Providers {
	return entries.reduce<Providers>(
		(providers, entry, index) => foldProviders(providers, { ...entry, seq: index + 1 } as Entry),
		{},
	);
}
