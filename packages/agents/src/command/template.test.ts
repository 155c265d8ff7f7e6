import { expect, test } from "vitest";
import { CommandDialect } from "./dialect.ts";
import { fieldOf, filledIn } from "./template.ts";

test("what is ours is filled in, whatever it holds, and what is the program's stays", () => {
	expect(
		filledIn(["{model}", "--at={tree}", "{prompt-file}", "{other}", "{}"], { model: "a {tree} b", tree: "/t" }),
	).toEqual(["a {tree} b", "--at=/t", "{prompt-file}", "{other}", "{}"]);
});

test.each([
	["a.b", 1],
	["list.1.c", 2],
	["a.x.y", undefined],
	["a.toString", undefined],
	["__proto__.x", undefined],
])("the field %s", (path, expected) => {
	expect(fieldOf({ a: { b: 1 }, list: [0, { c: 2 }] }, path)).toBe(expected);
});

test.each([
	['{"cost":1}\n{"text":"x"}\n{"cost":2.5}', 3.5],
	['{\n"cost": 0.25\n}', 0.25],
	["nothing", undefined],
	['{"cost":"1"}', undefined],
])("dollars are told once, or step by step: %j", (said, usd) => {
	const template = { command: ["x"], prompt: "stdin", answer: "text", usd: { json: "cost" } } as const;
	const dialect = new CommandDialect({ ...template, command: ["x"] }, undefined);
	for (const line of said.split("\n")) dialect.hear(line);
	expect(dialect.usd).toBe(usd);
});

test.each([
	["text", "one\ntwo\n", "one\ntwo"],
	["last-line", "one\ntwo\n\n", "two"],
	["exit-code", "whatever\n", ""],
	[{ json: "response" }, '{\n"response": "yes",\n"stats": {}\n}', "yes"],
	[
		{ json: "part.text" },
		'{"type":"text","part":{"text":"first"}}\n{"type":"text","part":{"text":"last"}}\n{"type":"end"}',
		"last",
	],
	[{ json: "part.text" }, "no JSON at all\n", undefined],
	["text", "", undefined],
] as const)("an answer as %j", (answer, said, expected) => {
	const dialect = new CommandDialect({ command: ["x"], prompt: "stdin", answer }, undefined);
	for (const line of said.split("\n").filter((line) => line.trim() !== "")) dialect.hear(line);
	const child = { kind: "exited", code: 0, ms: 1, outputBytes: 1, tail: "" } as const;
	const ending = dialect.ending({ child, errors: "", passedOver: 0 });
	expect(ending.kind === "done" ? ending.text : undefined).toBe(expected);
});
