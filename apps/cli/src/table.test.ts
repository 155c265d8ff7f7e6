import { expect, test } from "vitest";
import { type Cell, table } from "./table.ts";

const cells = (...texts: string[]): Cell[] => texts.map((text) => ({ text }));

test("columns line up, and the last one is cut to what is left", () => {
	expect(table([cells("a", "long name", "a sentence that does not fit"), cells("bb", "x", "short")], 30)).toEqual([
		"a   long name  a sentence tha…",
		"bb  x          short",
	]);
});

test("paint does not count as width", () => {
	const red = (text: string) => `<${text}>`;
	expect(table([[{ text: "a", paint: red }, { text: "b" }], cells("long", "c")], 80)).toEqual(["<a>     b", "long  c"]);
});

test("nothing trails behind the last word", () => {
	expect(table([cells("a", ""), cells("bb", "x")], 80)).toEqual(["a", "bb  x"]);
});

test("an empty table has no lines", () => {
	expect(table([], 80)).toEqual([]);
});
