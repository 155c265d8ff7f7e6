/** Everything that can be found in a change, under the name that a person configures and accepts it by. */
import type { Rule } from "../ratchet/rule.ts";

export type FindingKind = Pick<Rule, "name" | "severity" | "reason">;

/** Of the rules that read, and of what only running shows. */
export async function findingKinds(): Promise<readonly FindingKind[]> {
	const { rules } = await import("../ratchet/rules.ts");
	return [...rules.map(({ name, severity, reason }) => ({ name, severity, reason })), ...others, ...byRunning];
}

export async function findingNames(): Promise<readonly string[]> {
	return (await findingKinds()).map(({ name }) => name);
}

const others: readonly FindingKind[] = [
	{
		name: "broken-definition",
		severity: "block",
		reason: "With a definition that cannot be read nothing can be measured, nor mended by a change that must be.",
	},
	{
		name: "secrets",
		severity: "block",
		reason: "What was pushed once is known, whatever a later commit takes back.",
	},
];

/** What only running tests shows. */
const byRunning: readonly FindingKind[] = [
	{
		name: "old-test-fails",
		severity: "ask",
		reason: "A change that edits a test and breaks what it said before may have bent it to the new code.",
	},
	{
		name: "test-cannot-fail",
		severity: "block",
		reason: "A new test that passes whatever the code does proves nothing, and looks like proof.",
	},
];

export const runningNames: readonly string[] = byRunning.map(({ name }) => name);
