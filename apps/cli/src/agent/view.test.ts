import type { Answered } from "@shopfloor/agents";
import { expect, test } from "vitest";
import { paintIf } from "../paint.ts";
import { outcomeLines } from "./view.ts";

const plain = paintIf(false);
const mended = "a.ts:1: it was mended (numeric-literal; errors 1 → 0).";

test("an answer that was the last thing seen is not said again", () => {
	expect(outcomeLines(answered(mended), plain)).toEqual([mended, "builtin, cost nothing"]);
	expect(outcomeLines(answered(mended), plain, "1 file, 1 error")).toEqual([mended, "builtin, cost nothing"]);
	expect(outcomeLines(answered(mended), plain, mended)).toEqual(["builtin, cost nothing"]);
});

test("an answer in a form is said in that form, whatever was seen", () => {
	expect(outcomeLines(answered(mended, { summary: mended }), plain, mended)[0]).toContain('"summary"');
});

function answered(text: string, data?: unknown): Answered {
	const usage = { usd: 0, estimated: false, inputTokens: 0, cachedTokens: 0, outputTokens: 0 };
	const outcome = { kind: "done", text, ...(data !== undefined && { data }), usage } as const;
	return { kind: "answered", agent: "builtin", outcome, usd: 0, reused: false };
}
