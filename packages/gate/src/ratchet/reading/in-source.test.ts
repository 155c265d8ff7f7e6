import { expect, test } from "vitest";
import { inSourceOf, testRangesOf, withTestsOf, writesAround } from "./in-source.ts";
import { parse } from "./syntax.ts";

const block = (body: string) => `if (import.meta.vitest) {\n\tconst { test } = import.meta.vitest;\n\t${body}\n}\n`;
const add = "export const add = (a, b) => a + b;\n";

test("the code of one file goes with the tests of another", () => {
	const after = parse("a.js", `${add.replace("+", "-")}${block('test("a", () => {});')}export const last = 1;\n`);
	const before = parse("a.js", add + block('test("a", () => check(1));'));
	expect(withTestsOf(after, before)).toBe(
		`${add.replace("+", "-")}\nexport const last = 1;\n${block('test("a", () => check(1));')}`,
	);
});

test("nothing has to be put together where the tests are the same, or stand elsewhere", () => {
	const tests = block('test("a", () => {});');
	expect(withTestsOf(parse("a.js", add.replace("+", "-") + tests), parse("a.js", add + tests))).toBeUndefined();
	const inFunction = parse("a.js", "function test() {\n\tif (import.meta.vitest) return 3;\n}\n");
	expect(withTestsOf(parse("a.js", add), inFunction)).toBeUndefined();
	expect(inSourceOf(inFunction)).toMatchObject({ used: true, blocks: [] });
});

test.each([
	["tests in a block, and code around it", add + block(""), 1],
	["a test outside of it as well", `${add}${block("")}test("a", () => {});\n`, 0],
	["a runner that is imported", `import { test } from "vitest";\n${add}${block("")}`, 0],
	["a mention in a text", `${add}const text = "import.meta.vitest";\n`, 0],
	["another branch", `${add}if (import.meta.vitest) {\n} else {\n}\n`, 0],
])("where the tests stand is known: %s", (_, text, count) => {
	expect(testRangesOf("a.js", text)).toHaveLength(count);
});

test.each([
	["what they declare themselves", "let was = 0;\n\twas += add(1, 2);", []],
	["what is around them", "add = () => 3;", ["add = () => 3"]],
	["a member of it", "add.calls++;", ["add.calls++"]],
	["several at once", "[add] = [() => 3];", ["[add] = [() => 3]"]],
])("tests in a source that write to %s", (_, body, expected) => {
	const { blocks } = inSourceOf(parse("a.js", add + block(body)));
	expect(blocks.flatMap(writesAround).map((node) => node.getText())).toEqual(expected);
});
