import { expect, test } from "vitest";
import { relevant } from "./relevant.ts";

const errors = [
	{ key: "1", file: "src/a.ts", line: 1, code: "TS1", message: "a is wrong" },
	{ key: "2", file: "src/b.ts", line: 1, code: "TS2", message: "b is wrong" },
	{ key: "3", file: null, line: null, code: "TS3", message: "no input" },
];
const failing = [
	{ id: "x", file: "test/average.test.ts", name: "average > of nothing", state: "failed", ms: 1 } as const,
	{ id: "y", file: "test/parse.test.ts", name: "parses", state: "failed", ms: 1 } as const,
];

test.each([
	["files: the errors in them", { title: "mend", detail: "", files: ["src/a.ts"] }, ["1"], []],
	["a test by its name", { title: 'make the test "average > of nothing" pass', detail: "", files: [] }, [], ["x"]],
	["a file in its words", { title: "look at src/b.ts", detail: "", files: [] }, ["2"], []],
	["something else: nothing that is wrong", { title: "export the report as CSV", detail: "", files: [] }, [], []],
])("a task names %s", (_what, plan, keys, tests) => {
	const found = relevant(plan, { errors, failing });
	expect(found.errors.map(({ key }) => key)).toEqual(keys);
	expect(found.tests.map(({ id }) => id)).toEqual(tests);
});
