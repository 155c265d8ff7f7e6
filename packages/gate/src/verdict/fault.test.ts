import { expect, test } from "vitest";
import { faultOf } from "./fault.ts";

test.each([
	// here, on the base, fault, fault of a known flake
	["pp", "pp", "flake", "flake"],
	["pp", "pf", "flake", "flake"],
	["pp", "ff", "flake", "flake"],
	["pp", "", "flake", "flake"],
	["pf", "pp", "mine", "flake"],
	["pf", "pf", "flake", "flake"],
	["fp", "ff", "base", "base"],
	["fp", "", "mine", "flake"],
	["ff", "pp", "mine", "mine"],
	["ff", "fp", "mine", "flake"],
	["ff", "ff", "base", "base"],
	["ff", "", "mine", "mine"],
	["", "pp", "mine", "mine"],
	["", "ff", "mine", "mine"],
	["", "", "mine", "mine"],
])("again here %j, again on the base %j: %s, or of a known flake %s", (head, base, fault, known) => {
	const of = (knownFlake: boolean) => faultOf({ head: runs(head), base: runs(base), knownFlake });
	expect([of(false), of(true)]).toEqual([fault, known]);
});

function runs(text: string): boolean[] {
	return [...text].map((each) => each === "p");
}
