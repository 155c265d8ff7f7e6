import { addedLines, removedLines } from "../lines.ts";
import { isTestAlone } from "../of-tests.ts";
import { testChange } from "../reading/test-change.ts";
import type { Found, Rule, Sight } from "../rule.ts";

const body = "() => { expect(add(1, 2)).toBe(3); }";
const before = { "a.test.ts": `it("adds", ${body});\n` };

export const testPatience: Rule = {
	name: "test-patience",
	severity: "ask",
	reason: "Retries and long waits hide what fails sometimes and what hangs.",
	*look(sight) {
		const { kept } = testChange(sight);
		for (const { before, after } of kept) {
			if (after.retries > before.retries)
				yield {
					path: after.path,
					line: after.line,
					what: `runs the test \`${after.name}\` again when it fails, ${after.retries} times`,
				};
			if (isMuchLonger(before.timeoutMs, after.timeoutMs))
				yield {
					path: after.path,
					line: after.line,
					what: `waits ${inWords(after.timeoutMs)} for the test \`${after.name}\``,
				};
		}
		yield* inText(sight);
	},
	examples: {
		caught: [
			{ name: "a retry", before, after: { "a.test.ts": `it("adds", { retry: 5 }, ${body});\n` } },
			{ name: "a limit of an hour", before, after: { "a.test.ts": `it("adds", ${body}, 3_600_000);\n` } },
			{
				name: "no limit",
				before: { "a.test.ts": `it("adds", ${body}, 1000);\n` },
				after: { "a.test.ts": `it("adds", ${body}, 0);\n` },
			},
			{ name: "jest.retryTimes", before, after: { "a.test.ts": `jest.retryTimes(3);\nit("adds", ${body});\n` } },
			{
				name: "mocha",
				before,
				after: { "a.test.ts": `it("adds", function () { this.retries(4); expect(add(1, 2)).toBe(3); });\n` },
			},
			{
				name: "vi.setConfig",
				before,
				after: { "a.test.ts": `vi.setConfig({ testTimeout: 600000 });\nit("adds", ${body});\n` },
			},
		],
		passed: [
			{
				name: "twice as long",
				before: { "a.test.ts": `it("adds", ${body}, 5000);\n` },
				after: { "a.test.ts": `it("adds", ${body}, 10000);\n` },
			},
			{ name: "a first limit", before, after: { "a.test.ts": `it("adds", ${body}, 20_000);\n` } },
		],
	},
};

/** What runners wait when nothing is said. */
const usualMs = 5_000;
/** More than this many times as long is no slow machine. */
const factor = 10;

function isMuchLonger(before: number | null, after: number | null): boolean {
	if (after === null) return false;
	const was = before ?? usualMs;
	return was !== 0 && (after === 0 || after >= was * factor);
}

function inWords(ms: number | null): string {
	return ms === 0 ? "without an end" : `${ms} ms`;
}

/** For a whole file, or from within a test. */
function* inText({ diff, kinds }: Sight): Generator<Found> {
	for (const file of diff.files) {
		if (!isTestAlone(kinds, file.path)) continue;
		const was = removedLines(file).flatMap(({ text }) => limitsIn(text));
		for (const { line, text } of addedLines(file)) {
			for (const { kind, value } of limitsIn(text)) {
				const before = was.find((other) => other.kind === kind)?.value ?? null;
				if (kind === "retries" ? value > (before ?? 0) : isMuchLonger(before, value))
					yield {
						path: file.path,
						line,
						what: kind === "retries" ? `runs failing tests again, ${value} times` : `waits ${inWords(value)} for tests`,
					};
			}
		}
	}
}

function limitsIn(text: string): { readonly kind: "retries" | "limit"; readonly value: number }[] {
	const found: { kind: "retries" | "limit"; value: number }[] = [];
	for (const match of text.matchAll(/\b(?:retryTimes|this\.retries|retries)\(\s*([\d_]+)/g))
		found.push({ kind: "retries", value: Number(match[1]?.replaceAll("_", "")) });
	if (/setConfig|configure\(/.test(text))
		for (const match of text.matchAll(/\bretr(?:y|ies)\s*:\s*([\d_]+)/g))
			found.push({ kind: "retries", value: Number(match[1]?.replaceAll("_", "")) });
	for (const match of text.matchAll(
		/(?:jest\.setTimeout|this\.timeout|test\.setTimeout)\(\s*([\d_]+)|\b(?:testTimeout|hookTimeout)\s*:\s*([\d_]+)/g,
	))
		found.push({ kind: "limit", value: Number((match[1] ?? match[2])?.replaceAll("_", "")) });
	return found;
}
