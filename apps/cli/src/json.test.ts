import { expect, test } from "vitest";
import { jsonLine, jsonText } from "./json.ts";

const nasty = { text: "\u001b[31m \u009b1m \u202e \u2028 \u{e0041} é 👩\n\t" };

test("nothing that a terminal obeys is left, and the value is the same", () => {
	expect(jsonLine(nasty)).toBe('{"text":"\\u001b[31m \\u009b1m \\u202e \\u2028 \\udb40\\udc41 é 👩\\n\\t"}');
	expect(JSON.parse(jsonLine(nasty))).toEqual(nasty);
	expect(JSON.parse(jsonText(nasty))).toEqual(nasty);
});

test("a document is indented with tabs", () => {
	expect(jsonText({ a: [1] })).toBe('{\n\t"a": [\n\t\t1\n\t]\n}');
});
