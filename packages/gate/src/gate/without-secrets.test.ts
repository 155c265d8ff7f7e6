import { describe, expect, test } from "vitest";
import { withoutSecrets } from "./without-secrets.ts";

const value = "correct horse/battery+staple";
const bytes = Buffer.from(value);

describe("a value that is known is taken out", () => {
	const without = withoutSecrets([value, "short", `${value} and more`]);

	// What is left of base64 is of one letter, and not the whole of it.
	test.each([
		["as it is", `it was ${value}, twice: ${value}.`, "it was …, twice: …."],
		["with what it is part of", `[${value} and more]`, "[…]"],
		["in base64", `got ${bytes.toString("base64")}`, "got …Q=="],
		["in base64 behind something", Buffer.from(`ana:${value}`).toString("base64"), expect.stringMatching(/^YW5hO.?…/)],
		["in base64 for URLs", bytes.toString("base64url"), "…Q"],
		["in hexadecimal of either case", `${bytes.toString("hex")} ${bytes.toString("hex").toUpperCase()}`, "… …"],
		["in a URL", `?key=${encodeURIComponent(value)}&x=1`, "?key=…&x=1"],
		["in JSON", JSON.stringify({ key: value }), '{"key":"…"}'],
		["backwards", [...value].reverse().join(""), "…"],
		["in pieces", `const key = "correct horse/" +\n\t"battery+staple";`, "…"],
		[
			"its end, where what was said begins in the middle of it",
			"tests exited with 1\nbattery+staple was refused",
			"tests exited with 1\n… was refused",
		],
		["its beginning, where what was said ends in the middle of it", "refused: correct horse/ba", "refused: …"],
	])("%s", async (_, text, expected) => {
		expect(await without(text)).toEqual(expected);
	});

	test("and one that stands in many texts by chance is not", async () => {
		const text = "in short: expected 3, got 4\n\n  at add (src/add.js:2:1)\n";
		expect(await without(text)).toBe(text);
		expect(await withoutSecrets([])(text)).toBe(text);
	});
});

describe("what looks like a secret is taken out with the rest of its line", () => {
	const without = withoutSecrets([]);

	test.each([
		["a token", `token ghp_${"a1B2c3D4e5F6".repeat(3)} is bad\nnext`, "token …\nnext"],
		["a password in an address", "cannot reach postgres://app:Tr0ub4dor3x@db.internal/app: refused", "cannot reach …"],
		["two of them", `AKIA${"Q7RT".repeat(4)}\nxoxb-${"12345-abcde-".repeat(3)}\nend`, "…\n…\nend"],
		[
			"one that begins in one line and goes on in the next",
			`-----BEGIN PRIVATE KEY-----\n${"MIIEvQ8xTz".repeat(8)}\nend`,
			"…",
		],
	])("%s", async (_, text, expected) => {
		expect(await without(text)).toBe(expected);
	});

	test("and nothing of what only speaks of secrets", async () => {
		const text = "the password is wrong: expected postgres://user:password@localhost/x, got undefined";
		expect(await without(text)).toBe(text);
	});
});
