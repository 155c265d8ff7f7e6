/**
 * What a person takes upon themselves: the findings of a rule in one commit, as they were shown. A branch that went on
 * is another commit, and is looked at anew.
 */
import { findingNames } from "@shopfloor/gate";
import { didYouMean } from "../did-you-mean.ts";
import { misuse } from "../failure.ts";

export interface Acceptance {
	readonly rule: string;
	/** The beginning of the commit's hash; undefined where none was named. */
	readonly commit: string | undefined;
}

export async function acceptancesOf(words: readonly string[] = []): Promise<Acceptance[]> {
	if (words.length === 0) return [];
	const ruleNames = await findingNames();
	return words.map((word) => {
		const [rule = "", commit, more] = word.split("@");
		if (!ruleNames.includes(rule))
			throw misuse(`--accept ${word}: there is no rule "${rule}". ${didYouMean(rule, ruleNames)}`);
		if (rule === "secrets")
			throw misuse(
				`--accept ${word}: what was pushed once is known for good, so nobody accepts that here. Take it out of every commit; where it is no secret, the base's .shopfloor/gate.json says so: "rules": { "secrets": "ask" }`,
			);
		if (rule === "broken-definition")
			throw misuse(`--accept ${word}: once that had landed, nothing could be checked any more. Mend the file first`);
		if (more !== undefined || (commit !== undefined && !/^[0-9a-f]{7,40}$/.test(commit)))
			throw misuse(`--accept ${word}: behind the @ goes a commit's hash, of which 7 letters are enough`);
		return { rule, commit };
	});
}

export function acceptedAt(acceptances: readonly Acceptance[], at: string): Set<string> {
	return new Set(
		acceptances.filter(({ commit }) => commit === undefined || at.startsWith(commit)).map(({ rule }) => rule),
	);
}

/** Before anything lands: each must be of a commit that is about to. */
export function demandBound(
	acceptances: readonly Acceptance[],
	changes: readonly { readonly branch: string; readonly commit: string }[],
): void {
	for (const { rule, commit } of acceptances) {
		if (commit !== undefined && changes.some((change) => change.commit.startsWith(commit))) continue;
		const [first] = changes;
		const at = changes.map((change) => `${change.branch} is at ${change.commit.slice(0, shown)}`).join(", ");
		throw misuse(
			commit === undefined
				? `--accept ${rule} must say of which commit: ${at}. Look at it with \`shopfloor check ${first?.branch ?? ""}\`, then write --accept ${rule}@<commit>`
				: `--accept ${rule}@${commit}: ${at}. It went on since you looked; look at it again with \`shopfloor check ${first?.branch ?? ""}\``,
		);
	}
}

/** What one types to take these upon oneself. */
export function acceptWords(rules: readonly string[], commit: string): string {
	return rules.map((rule) => `--accept ${rule}@${commit.slice(0, shown)}`).join(" ");
}

const shown = 12;
