import { expect, test } from "vitest";
import { foundIn, readText } from "./formatted.ts";
import { partsOf } from "./multipart.ts";
import { rendered } from "./transcript.ts";
import type { Entity } from "./wire.ts";

const bold = (offset: number, length: number): Entity => ({ type: "bold", offset, length });

test.each<[what: string, text: string, entities: Entity[], shown: string]>([
	["blank space at the ends goes", " \n a b \n", [bold(3, 1)], "**a** b"],
	["also where an entity has it", "  ab  ", [bold(0, 6)], "**ab**"],
	["an entity of nothing is gone", "a b", [bold(1, 1), bold(2, 0)], "a b"],
	["carriage returns and marks of direction are gone", "a\r\n\u202Eb", [bold(3, 2)], "a\n**b**"],
	["control characters are blank", "a\u0007b\tc", [], "a b c"],
	["units are those of UTF-16", "🦉 owl", [bold(3, 3)], "🦉 **owl**"],
	["one in the other", "abc", [bold(0, 3), { type: "code", offset: 1, length: 1 }], "**a`b`c**"],
	["one after the other", "ab", [bold(0, 1), { type: "italic", offset: 1, length: 1 }], "**a**_b_"],
	["on one another", "ab", [bold(0, 2), { type: "italic", offset: 0, length: 2 }], "**_ab_**"],
	["a block of code", "x = 1", [{ type: "pre", offset: 0, length: 5, language: "ts" }], "```ts\nx = 1\n```"],
	["a link", "here", [{ type: "text_link", offset: 0, length: 4, url: "https://x.test" }], "[here](https://x.test)"],
	["what the API finds by itself", "/go", [{ type: "bot_command", offset: 0, length: 3 }], "/go"],
])("%s", (_what, text, entities, shown) => {
	const read = readText(text, JSON.stringify(entities));
	if (read.kind === "refused") throw new Error(read.why);
	expect(rendered(read.text, read.entities)).toBe(shown);
});

test.each<[text: string, entity: object, why: string]>([
	["a", bold(-1, 1), "Receive an entity with incorrect offset -1"],
	["a", bold(0, 1_000_001), "Receive an entity with incorrect length 1000001"],
	["a", bold(2, 1), "Entity begins after the end of the text at UTF-16 offset 2"],
	["a", bold(1, 1), "Entity beginning at UTF-16 offset 1 ends after the end of the text at UTF-16 offset 2"],
	["a🦉b", bold(2, 2), "Entity begins in a middle of a UTF-16 symbol at byte offset 5"],
	["a🦉b", bold(0, 2), "Entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol at byte offset 5"],
	["a", { ...bold(0, 1), length: "long" }, `Can't parse MessageEntity: Field "length" must be of type Number`],
])("%s with %j is refused", (text, entity, why) => {
	expect(readText(text, JSON.stringify([entity]))).toEqual({ kind: "refused", why });
});

test("a hundred entities are shown, and no more", () => {
	const read = readText("x".repeat(101), JSON.stringify(Array.from({ length: 101 }, (_, at) => bold(at, 1))));
	expect(read).toMatchObject({ entities: { length: 100 }, overlooked: ["only the first 100 entities are shown"] });
});

test.each([
	["/go", ["/go"]],
	["go /go, /stop_it@shopfloor_bot now", ["/go", "/stop_it@shopfloor_bot"]],
	["a/b //c / http://x.test/y", []],
])("commands in %j", (text, commands) => {
	expect(foundIn(text).map(({ offset, length }) => text.slice(offset, offset + length))).toEqual(commands);
});

test("a form with a file, and what is none", () => {
	const head = (more: string) => `content-disposition: form-data; ${more}\r\n\r\n`;
	const body = Buffer.from(
		`--b\r\n${head('name="a"')}1\r\n--b\r\n${head('name="f"; filename="x.md"')}line\r\n-- b\r\n\r\n--b--\r\n`,
	);
	const type = "multipart/form-data; boundary=b";
	expect(partsOf(body, type)?.map(({ name, fileName, bytes }) => [name, fileName, bytes.toString()])).toEqual([
		["a", undefined, "1"],
		["f", "x.md", "line\r\n-- b\r\n"],
	]);
	expect(partsOf(body, "multipart/form-data")).toBeUndefined();
	expect(partsOf(body.subarray(0, body.length - 10), type)).toBeUndefined();
	expect(partsOf(Buffer.from("nothing"), type)).toBeUndefined();
});
