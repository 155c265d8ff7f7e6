import { expect, test } from "vitest";
import { wrap } from "./wrap.ts";

test.each([
	["short", ["short"]],
	["", []],
	["broken at the spaces it has", ["broken at", "the spaces", "it has"]],
	["exactlyten and more", ["exactlyten", "and more"]],
	["one two three four five six seven", ["one two", "three four", "five six …"]],
	["awordthatislongerthanaline and more", ["awordthati", "slongertha", "naline an…"]],
	["ünïcödé 👩‍💻 stays", ["ünïcödé", "👩‍💻 stays"]],
])("%j", (text, lines) => {
	expect(wrap(text, 10, 3)).toEqual(lines);
});
