import { testChange, type Vanished } from "../reading/test-change.ts";
import type { Rule } from "../rule.ts";
import { isFileGone } from "./vanished-tests.ts";

const adds = 'test("adds", () => { expect(add(1, 2)).toBe(3); });\n';

export const deletedTests: Rule = {
	name: "deleted-tests",
	severity: "block",
	reason: "A test file that is gone, or named so that no runner finds it, can no longer fail.",
	*look(sight) {
		const byPath = new Map<string, Vanished[]>();
		for (const vanished of testChange(sight).vanished)
			if (isFileGone(vanished.test.file, sight))
				byPath.set(vanished.test.path, [...(byPath.get(vanished.test.path) ?? []), vanished]);
		for (const [path, vanished] of byPath) {
			const [first] = vanished;
			if (first === undefined) continue;
			const { status, path: present } = first.test.file;
			const how = status === "deleted" ? "deletes" : `renames to ${present}, which is no test file,`;
			const names = vanished.map(({ test }) => `\`${test.name}\``);
			const what = `${how} ${path} with ${names.slice(0, 5).join(", ")}${names.length > 5 ? " and more" : ""}`;
			const isAllowed = vanished.every(({ test, subjectGone }) => subjectGone || test.skip?.runs === "never");
			yield { path, side: "base", what, ...(isAllowed ? { severity: "note" as const } : {}) };
		}
	},
	examples: {
		caught: [
			{
				name: "a test file is gone and its subject is not",
				before: { "src/add.ts": "export const add = 1;\n", "src/add.test.ts": adds },
				after: { "src/add.ts": "export const add = 1;\n" },
			},
			{
				name: "a test file is named so that no runner finds it",
				before: { "src/add.test.ts": adds },
				after: { "src/add.test.ts.bak": adds },
			},
			{
				name: "a test file became a link",
				before: { "test/add.js": adds },
				after: { "test.js.txt": adds },
			},
		],
		passed: [
			{
				name: "a test file moved",
				before: { "src/add.test.ts": adds },
				after: { "tests/add.test.ts": adds },
			},
			{
				name: "a helper of tests is gone",
				before: { "test/helper.ts": "export const two = 2;\n", "a.ts": "1;\n" },
				after: { "a.ts": "1;\n" },
			},
		],
	},
};
