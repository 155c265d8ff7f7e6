/** How a repository wants its changes judged. Only the base's word counts: a change cannot loosen what judges it. */
import { closest } from "@shopfloor/core";
import { z } from "zod";
import { severities } from "./rule.ts";

const Count = z.int().min(0).max(1_000_000_000);

const steps = (note: number, ask: number, block: number) =>
	z.strictObject({ note: Count.default(note), ask: Count.default(ask), block: Count.default(block) }).prefault({});

export const RatchetSettings = z.strictObject({
	rules: z
		.record(z.string(), z.enum([...severities, "off"]))
		.default({})
		.describe("Another severity for a rule, by its name. It holds for all that the rule finds; 'off' leaves it out."),
	tests: z.array(z.string().min(1).max(300)).max(200).default([]).describe("Globs of files that are tests, too."),
	measuringStick: z
		.array(z.string().min(1).max(300))
		.max(200)
		.default([])
		.describe("Globs of files that decide how others are measured, too."),
	limits: z
		.strictObject({
			// Reviewers find fewer faults the longer a change gets; above the last step nobody reads it.
			lines: steps(400, 2_000, 20_000),
			files: steps(30, 150, 1_500),
			bytes: steps(256 * 1024, 1024 * 1024, 16 * 1024 * 1024),
		})
		.prefault({}),
});
export type RatchetSettings = z.infer<typeof RatchetSettings>;

export const defaultSettings: RatchetSettings = RatchetSettings.parse({});

/** What a definition says about rules that there are not: a word that nobody reads would be taken for a decision. */
export function unknownRules({ rules }: RatchetSettings, known: readonly string[]): string[] {
	return Object.keys(rules)
		.filter((name) => !known.includes(name))
		.map((name) => {
			const meant = closest(name, known);
			return meant === undefined
				? `there is no rule "${name}"`
				: `there is no rule "${name}"; did you mean "${meant}"?`;
		});
}
