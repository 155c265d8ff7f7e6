import { expect, test } from "vitest";
import { taskRequestOf } from "./request.ts";

test("what was wished for becomes what the log takes", () => {
	const wish = {
		title: "  mend the parser ",
		detail: "it fails\n",
		files: ["./src//a.ts", "src/b/../a.ts", "docs/"],
		priority: 0,
		after: ["12", "t-12"],
		key: "k",
	};
	expect(taskRequestOf(wish, "http")).toEqual({
		kind: "request",
		request: {
			title: "mend the parser",
			detail: "it fails",
			files: ["src/a.ts", "docs/"],
			priority: 0,
			source: "http",
			key: "k",
			after: ["t-12"],
		},
	});
	expect(taskRequestOf({ title: "x", detail: " ", files: [], priority: "3" }, "telegram")).toEqual({
		kind: "request",
		request: { title: "x", priority: 3, source: "telegram" },
	});
});

test("everything wrong is said at once, by the field that it is about", () => {
	const wish = {
		title: "one\ntwo",
		detail: "x".repeat(20_001),
		files: ["/etc/passwd", "a/../../x", "x".repeat(501), "."],
		priority: 5.5,
		after: ["soon"],
		key: "",
	};
	expect(taskRequestOf(wish, "http")).toMatchInlineSnapshot(`
		{
		  "faults": [
		    {
		      "code": "several-lines",
		      "field": "title",
		      "message": "has several lines. Keep the first, and give the rest as the task's detail.",
		    },
		    {
		      "code": "too-long",
		      "field": "detail",
		      "message": "is 20001 characters long; the log takes 20000.",
		    },
		    {
		      "code": "no-path",
		      "field": "files",
		      "message": ""/etc/passwd" is no path in the repository. Give it from the repository's top, as src/parser.ts.",
		      "value": "/etc/passwd",
		    },
		    {
		      "code": "no-path",
		      "field": "files",
		      "message": ""../x" is no path in the repository. Give it from the repository's top, as src/parser.ts.",
		      "value": "../x",
		    },
		    {
		      "code": "too-long",
		      "field": "files",
		      "message": "names a path that is 501 characters long; the log takes 500.",
		    },
		    {
		      "code": "no-path",
		      "field": "files",
		      "message": ""." is no path in the repository. Give it from the repository's top, as src/parser.ts.",
		      "value": ".",
		    },
		    {
		      "code": "no-number",
		      "field": "priority",
		      "message": ""5.5" is none. Give a number from 0, the most urgent, to 9.",
		    },
		    {
		      "code": "no-task",
		      "field": "after",
		      "message": ""soon" is no task. Give ids such as t-12.",
		      "value": "soon",
		    },
		    {
		      "code": "empty",
		      "field": "key",
		      "message": "is empty. Leave it out, or give a word that stands for this very task.",
		    },
		  ],
		  "kind": "faults",
		}
	`);
	const many = { title: "x".repeat(301), files: paths(501), after: paths(21).map((_, index) => `${index}`) };
	expect(taskRequestOf(many, "http")).toMatchObject({
		faults: [
			{ field: "title", message: "is 301 characters long; the log takes 300." },
			{ field: "files", message: "names 501; a task takes 500." },
			{ field: "after", message: "names 21; a task takes 20." },
		],
	});
});

function paths(count: number): string[] {
	return Array.from({ length: count }, (_, index) => `src/${index}.ts`);
}
