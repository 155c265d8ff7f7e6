import { expect, test } from "vitest";
import { valuesIn } from "./confidential.ts";

test.each<[string, string, string[]]>([
	["a name with its value", "API_KEY=abc-def\n", ["abc-def"]],
	["quotes, with and without them", `export KEY = "a b c" # ours\n`, ['"a b c" # ours', '"a b c"', "a b c"]],
	["the password in an address", "URL=redis://:hunter22@h/0\r\n", ["redis://:hunter22@h/0", "hunter22"]],
	[
		"the lines of a value",
		String.raw`PEM="one\ntwo"`,
		[String.raw`"one\ntwo"`, '"one', 'two"', String.raw`one\ntwo`, "one", "two"],
	],
	["any other line", `{\n  "token": "abc"\n}\n`, ["{", '"token": "abc"', "token", "abc", "}"]],
	["nothing", "\nEMPTY=\n", []],
])("what a file keeps: %s", (_, text, values) => {
	expect(valuesIn(text)).toEqual(values);
});
