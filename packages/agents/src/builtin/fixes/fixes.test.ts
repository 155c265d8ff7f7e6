import { expect, test } from "vitest";
import { likelyCodes } from "../likely-codes.ts";
import { fixes } from "./fixes.ts";

test("the codes that planning knows are those that the fixes answer", () => {
	const answered = fixes.flatMap(({ codes }) => codes.map((code) => `TS${code}`));
	expect([...likelyCodes].sort()).toEqual([...new Set(answered)].sort());
});
