import { expect, test } from "vitest";
import { servedBy } from "./served-by.ts";

test.each([
	["2.1.329", "claude@2.1.329"],
	["0.170.0-alpha.1", "claude@0.170.0-alpha.1"],
	[undefined, "claude"],
	["", "claude"],
	["two words", "claude"],
	["9".repeat(41), "claude"],
])("a program that says the version %j is told as %s", (version, told) => {
	const said = version === undefined ? {} : { version };
	expect(servedBy({ agent: "claude", outcome: { kind: "done", text: "", usage: null, ...said } })).toBe(told);
});
