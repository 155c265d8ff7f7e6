/** Step two: what is wrong on the base, by its own checks. Costs nothing where the same tree was measured before. */
import { type Baseline, baseline } from "@shopfloor/gate";
import type { Cycling } from "./cycling.ts";
import type { Site } from "./site.ts";

export type Analyzed = Baseline;
export type Measured = Extract<Baseline, { kind: "measured" }>;

export async function analyze(site: Site, cycling: Cycling): Promise<Analyzed> {
	const { gate, base, signal, show } = site;
	await cycling.step("analyze");
	const found = await baseline(gate.bench, base, {
		signal,
		tell(told) {
			if (told.kind === "installing") show(`${told.what}…`);
			if (told.kind === "running") show(`the base: ${told.check}…`);
		},
	});
	if (found.kind === "unknown") return found;
	const [first] = found.unmeasured;
	if (first !== undefined) return { kind: "unknown", why: `${first.check}: ${first.why}` };
	const { errors, failing } = found;
	cycling.measuredBefore({ errors: errors.length, failingTests: failing.length });
	show(`the base has ${count(errors.length, "error")} and ${count(failing.length, "failing test")}`);
	return found;
}

function count(number: number, what: string): string {
	return `${number} ${what}${number === 1 ? "" : "s"}`;
}
