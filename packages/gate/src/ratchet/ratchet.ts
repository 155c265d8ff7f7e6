/** Looks at a change with every rule. */
import type { Diff, FileKinds, Finding, Found, Rule, Severity, Sight } from "./rule.ts";
import { severities } from "./rule.ts";
import { rules as allRules } from "./rules.ts";
import { secretsRule } from "./secrets.ts";
import { defaultSettings, type RatchetSettings } from "./settings.ts";

export interface RatchetOptions {
	readonly kinds: FileKinds;
	/** Of the base. */
	readonly settings?: RatchetSettings;
	/** What `secretsIn` found in the commits of the change. */
	readonly secrets?: readonly Found[];
	readonly rules?: readonly Rule[];
}

/** Worst first, then by place. */
export function ratchet(diff: Diff, options: RatchetOptions): readonly Finding[] {
	const { kinds, settings = defaultSettings, secrets = [], rules = allRules } = options;
	const sight: Sight = { diff, kinds, limits: settings.limits };
	return [
		...rules.flatMap((rule) => findings(rule, () => rule.look(sight), settings)),
		...findings(secretsRule, () => secrets, settings),
	].sort(byWeight);
}

function findings(
	rule: Pick<Rule, "name" | "severity">,
	look: () => Iterable<Found>,
	{ rules }: RatchetSettings,
): Finding[] {
	const configured = rules[rule.name];
	if (configured === "off") return [];
	try {
		return [...look()].map((found) => ({
			...found,
			rule: rule.name,
			severity: configured ?? found.severity ?? rule.severity,
		}));
	} catch (error) {
		// A rule that cannot look has not seen that nothing is there.
		const what = `the rule ${rule.name} failed: ${error instanceof Error ? error.message : String(error)}`;
		return [{ rule: rule.name, severity: "block", path: "", what }];
	}
}

function byWeight(one: Finding, other: Finding): number {
	return (
		severityOrder(one.severity) - severityOrder(other.severity) ||
		compare(one.path, other.path) ||
		(one.line ?? 0) - (other.line ?? 0) ||
		compare(one.rule, other.rule) ||
		compare(one.what, other.what)
	);
}

function severityOrder(severity: Severity): number {
	return severities.indexOf(severity);
}

/** By code units, as no machine's language changes it. */
function compare(one: string, other: string): number {
	if (one === other) return 0;
	return one < other ? -1 : 1;
}
