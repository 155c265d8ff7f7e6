import { expect, test } from "vitest";
import { strictJson } from "./strict-json.ts";

test.each(['{"a":{"b":[1,"x",{"a":null}]},"c":"{\\"a\\":1,\\"a\\":2}"}', "[]", '"é\\ud83d\\ude00"', " { } "])(
	"%s is what it says",
	(text) => {
		expect(strictJson(Buffer.from(text))).toEqual({ kind: "value", value: JSON.parse(text) });
	},
);

test.each([
	["the same key twice", '{"a":1,"b":{"a":1},"a":2}', "a key stands twice"],
	["the same key twice, written differently", '{"a":1,"\\u0061":2}', "a key stands twice"],
	["__proto__", '{"a":[{"__proto__":{}}]}', "no key may be called"],
	["__proto__, written differently", '{"__pr\\u006fto__":1}', "no key may be called"],
	["constructor", '{"constructor":{"prototype":{}}}', "no key may be called"],
	["seventeen lists", `${"[".repeat(17)}${"]".repeat(17)}`, "nested more than 16"],
	["a hundred thousand lists", "[".repeat(100_000) + "]".repeat(100_000), "nested more than 16"],
	["half a character", '{"a":"\\ud83d"}', "half a character"],
	["nothing", "", "no JSON"],
	["an end that is missing", '{"a":1', "no JSON"],
	["a comment", '{"a":1}//', "no JSON"],
	["a mark before it", "\u{feff}{}", "no JSON"],
	["no number", '{"a":NaN}', "no JSON"],
])("%s is refused", (_, text, fault) => {
	expect(strictJson(Buffer.from(text))).toEqual({ kind: "fault", fault: expect.stringContaining(fault) });
});

test.each([
	["a lone byte", Buffer.from([0x22, 0xff, 0x22])],
	["an overlong form", Buffer.from([0x22, 0xc0, 0xaf, 0x22])],
	["half of a pair", Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])],
])("what is not UTF-8 is refused: %s", (_, bytes) => {
	expect(strictJson(bytes)).toEqual({ kind: "fault", fault: "it is not UTF-8" });
});
