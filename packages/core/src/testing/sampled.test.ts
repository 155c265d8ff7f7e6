import { expect, test } from "vitest";
import { sampled } from "./sampled.ts";

const letters = ["ant", "bear", "ape", "cat", "bee"];

test("of a sweep the first of each kind is taken, or all of it", () => {
	const kindOf = ([letter = ""]: string) => letter;
	expect(sampled(letters, kindOf, false)).toEqual(["ant", "bear", "cat"]);
	expect(sampled(letters, kindOf, true)).toEqual(letters);
});
