import { expect, test } from "vitest";
import { pick } from "./planner.ts";

const unused = { file: "src/b.ts", line: 3, code: "TS6133", message: "'x' is declared but its value is never read." };
const odd = { file: "src/a.ts", line: 1, code: "TS1", message: "It is odd." };
const failing = { file: "src/c.test.ts", name: "c works", message: "expected 1 to be 2" };

test("an error that can probably be mended goes first, then a failing test, then the others", () => {
	const facts = { errors: [odd, unused], tests: [failing] };
	expect(pick(facts.errors, facts)).toEqual({
		title: "src/b.ts: TS6133 'x' is declared but its value is never read.",
		detail: "Mend this one error and nothing else.\nsrc/b.ts:3 TS6133: 'x' is declared but its value is never read.",
		files: ["src/b.ts"],
	});
	expect(pick([odd], facts)?.title).toBe('make the test "c works" pass');
	expect(pick([odd], {})?.title).toBe("src/a.ts: TS1 It is odd.");
});

test("the order in which things were named plays no part, and a file with few errors goes first", () => {
	const second = { ...unused, line: 9, message: "'y' is declared but its value is never read." };
	const lonely = { ...unused, file: "src/z.ts" };
	const errors = [second, unused, lonely];
	expect(pick(errors, {})?.files).toEqual(["src/z.ts"]);
	expect(pick([...errors].reverse(), {})).toEqual(pick(errors, {}));
});

test("what another session holds, and what was tried lately, is passed over", () => {
	expect(pick([unused, odd], { held: ["src/b.ts"] })?.files).toEqual(["src/a.ts"]);
	const title = "src/b.ts: TS6133 'x' is declared but its value is never read.";
	expect(pick([unused, odd], { recent: [{ title }] })?.files).toEqual(["src/a.ts"]);
	expect(pick([unused], { held: ["src/b.ts"], tests: [failing] })?.title).toMatch(/c works/);
});

test("there may be nothing to do", () => {
	expect(pick([], {})).toBeUndefined();
	expect(pick([unused], { held: ["src/b.ts"] })).toBeUndefined();
	expect(pick([{ ...unused, file: null }], {})).toBeUndefined();
});
