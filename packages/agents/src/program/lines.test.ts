import fc from "fast-check";
import { expect, test } from "vitest";
import { lineReader } from "./lines.ts";

/** `unit: "binary"` is the same, and takes seconds to be set up. */
const anyCharacter = fc.nat({ max: 0x10ffff }).map((code) => String.fromCodePoint(code));

test("however the bytes are cut, the lines are the same", () => {
	fc.assert(
		fc.property(
			fc.array(
				fc.string({ unit: anyCharacter, maxLength: 12 }).map((text) => text.replaceAll("\n", "x")),
				{ maxLength: 8 },
			),
			fc.array(fc.nat(9), { minLength: 1, maxLength: 40 }),
			(lines, cuts) => {
				const bytes = Buffer.from(lines.join("\n"));
				const reader = lineReader(100);
				const read: string[] = [];
				let at = 0;
				for (let turn = 0; at < bytes.length; turn++) {
					const size = (cuts[turn % cuts.length] ?? 0) + 1;
					read.push(...reader.push(bytes.subarray(at, at + size)));
					at += size;
				}
				read.push(...reader.rest());
				expect(read).toEqual(
					bytes
						.toString("utf8")
						.split("\n")
						.filter((line) => line.trim() !== ""),
				);
			},
		),
	);
});

test("a line is passed over when it is too long, and the next one is whole again", () => {
	const reader = lineReader(10);
	expect(reader.push(Buffer.from("short\n0123456789"))).toEqual(["short"]);
	expect(reader.push(Buffer.from("0\nnext\n"))).toEqual(["next"]);
	expect(reader.passedOver).toBe(1);
	expect(reader.rest()).toEqual([]);
});

test("a last line without an end is one, and a separator of another kind is none", () => {
	const reader = lineReader();
	expect(reader.push(Buffer.from('{"a":"b\u2028c"}\nhalf'))).toEqual(['{"a":"b\u2028c"}']);
	expect(reader.rest()).toEqual(["half"]);
});
