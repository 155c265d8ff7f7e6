/** What the roles without a compiler make of facts. */
import { describe, expect, test } from "vitest";
import { answerChat } from "./bot.ts";
import { diagnose } from "./doctor.ts";
import { review } from "./reviewer.ts";
import { report } from "./scribe.ts";

const signature = "\n\n(Written by the built-in agent from facts; no model has read anything.)";

describe("a review", () => {
	const criteria = ["does not increase errors", "is focused on one thing"].map((name) => ({ name }));
	const good = { diff: { files: 1, lines: 4 }, errorCount: { before: 3, after: 2 } };

	test("counts, and does not say that it understood", () => {
		expect(review(good)).toMatchObject({
			text: `Verdict: unknown.
- introduces no bugs: unknown. Nobody has read the change.
- does not increase errors: met. Errors 3 → 2.
- follows conventions: unknown. Nobody has read the change.
- is focused on one thing: met. 4 lines in 1 file.${signature}`,
		});
	});

	test("approves where only what can be counted is asked", () => {
		expect(verdict({ ...good, criteria })).toBe("approve");
	});

	test.each([
		["more errors", { errorCount: { before: 1, after: 2 } }],
		["more failing tests", { failingCount: { before: 0, after: 1 } }],
		["a finding that blocks", { findings: [{ kind: "block", text: "a test is gone" }] }],
		["a change of many files", { diff: { files: 6, lines: 6 } }],
		["a long change", { diff: { files: 1, lines: 201 } }],
		["a change of nothing", { diff: { files: 0, lines: 0 } }],
	])("rejects %s", (_what, facts) => {
		expect(verdict({ ...good, ...facts })).toBe("reject");
	});

	test("does not know a criterion that it has no count for", () => {
		expect(verdict({ ...good, criteria: [...criteria, { name: "is beautiful" }] })).toBe("unknown");
		expect(verdict({ ...good, criteria: [{ name: "constructor" }] })).toBe("unknown");
		expect(verdict({ diff: good.diff, criteria })).toBe("unknown");
	});

	test("of nothing that was counted is refused", () => {
		expect(review({})).toMatchObject({ kind: "refused", code: "cannot" });
	});
});

test("a report says what the log proves, and no more", () => {
	expect(report({ did: [{ text: "landed a fix", cite: "seq 7" }], stuck: [] })).toMatchObject({
		text: `Done:\n- landed a fix [seq 7]\nStuck:\n- nothing that the log proves${signature}`,
	});
	expect(report({})).toMatchObject({ kind: "refused" });
});

test("a diagnosis puts the measured class into words", () => {
	expect(diagnose({ session: { name: "ralph-1", class: "stuck", features: { "minutes quiet": 12 } } })).toMatchObject({
		text: `ralph-1 is stuck: it works, and nothing comes of it (minutes quiet 12).${signature}`,
	});
	expect(diagnose({ session: { name: "ralph-1" } })).toMatchObject({ kind: "refused" });
	expect(diagnose({ session: { name: "ralph-1", class: "tired" } })).toMatchObject({ kind: "refused" });
});

test("a chat is told which command may be meant", () => {
	const commands = [
		{ name: "/status", does: "shows what runs" },
		{ name: "/stop", does: "stops everything" },
	];
	expect(answerChat({ message: "whats the STATUS", commands })).toMatchObject({
		text: `Do you mean /status? It does this: shows what runs${signature}`,
	});
	expect(answerChat({ message: "sing!", commands })).toMatchObject({
		text: `Without a model I only know these commands:\n/status – shows what runs\n/stop – stops everything${signature}`,
	});
	expect(answerChat({ message: "hello" })).toMatchObject({ kind: "refused" });
});

function verdict(facts: Parameters<typeof review>[0]): unknown {
	const said = review(facts);
	return said.kind === "said" ? (said.forms[0] as { verdict: string }).verdict : said;
}
