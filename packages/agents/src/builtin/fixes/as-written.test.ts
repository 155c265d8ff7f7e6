import { expect, test } from "vitest";
import { changed } from "../language/changes.ts";
import { asWritten } from "./as-written.ts";

test.each([
	[
		"new is put before",
		"a = f( (b) => {\n\tg(b); // why\n});",
		"f( (b) => {\n\tg(b); // why\n})",
		"new f((b) => {\n    g(b); // why\n})",
		"a = new f( (b) => {\n\tg(b); // why\n});",
	],
	["brackets are put around", "a = f( b ).c;", "f( b )", "(await f(b))", "a = (await f( b )).c;"],
	["a word is another one", "a = bc;", "bc", "bd", "a = bd;"],
	["something is put in", "a;", "", "b ", "b a;"],
])("%s", (_what, text, was, becomes, result) => {
	const changes = asWritten(text, { start: text.indexOf(was), length: was.length, text: becomes });
	expect(changed(text, changes ?? [])).toBe(result);
});

test("lines that lose a comment are not written", () => {
	const text = "f(() => {\n\ta(); // why\n});";
	expect(asWritten(text, { start: 0, length: text.length - 1, text: "new f(() => {\n\ta();\n})" })).toBeUndefined();
});
