import { expect, test } from "vitest";
import { faultOf, isOpen } from "./fault.ts";

test.each([
	// here, on the base, fault, fault of a known flake, fault of one in quarantine
	["pp", "pp", "flake", "flake", "flake"],
	["pp", "pf", "flake", "flake", "flake"],
	["pp", "ff", "flake", "flake", "flake"],
	["pp", "", "flake", "flake", "flake"],
	["pf", "pp", "mine", "flake", "flake"],
	["pf", "pf", "flake", "flake", "flake"],
	["fp", "ff", "base", "base", "base"],
	["fp", "", "mine", "flake", "flake"],
	["ff", "pp", "mine", "mine", "mine"],
	["ff", "fp", "mine", "mine", "mine"],
	["ffffff", "ffpfpf", "mine", "mine", "mine"],
	["ffffff", "fffffp", "mine", "mine", "flake"],
	["ff", "ff", "base", "base", "base"],
	["ff", "", "mine", "mine", "mine"],
	["", "pp", "mine", "mine", "mine"],
	["", "ff", "mine", "mine", "mine"],
	["", "", "mine", "mine", "mine"],
])("again here %j, again on the base %j: %s, of a known flake %s, in quarantine %s", (head, base, ...faults) => {
	const of = (knownFlake: boolean, quarantined: boolean) =>
		faultOf({ head: runs(head), base: runs(base), knownFlake, quarantined });
	expect([of(false, false), of(true, false), of(true, true)]).toEqual(faults);
});

test.each([
	["it never passed here, and steadily on the base", "ff", "pp", false, false],
	["the same of a known flake", "ff", "pp", true, true],
	["it comes and goes here alone", "pf", "pp", false, true],
	["the same of a known flake", "pf", "pp", true, false],
	["it comes and goes on both", "pf", "fp", false, false],
	["it passed here whenever it was looked at", "pp", "pp", true, false],
])("whether it is looked at longer: %s", (_what, head, base, knownFlake, open) => {
	expect(isOpen({ head: runs(head), base: runs(base), knownFlake, quarantined: false })).toBe(open);
});

function runs(text: string): boolean[] {
	return [...text].map((each) => each === "p");
}
