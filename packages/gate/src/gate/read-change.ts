/** What reading a change shows, by the rules of its base: nothing is run. */
import { isShopfloorError, ShopfloorError } from "@shopfloor/core/io";
import { definitionPath, type GateDefinition, parseDefinition } from "../definition/gate-definition.ts";
import type { Diff } from "../diff/diff.ts";
import { readAddedText } from "../diff/read-added-text.ts";
import type { Git } from "../git/git.ts";
import type { FileKinds, Finding } from "../ratchet/rule.ts";
import type { KnownSecret } from "../ratchet/secrets.ts";
import { unknownRules } from "../ratchet/settings.ts";
import { runningNames } from "./finding-names.ts";

export interface ChangeToRead {
	readonly diff: Diff;
	readonly definition: GateDefinition;
	readonly kinds: FileKinds;
	/** Whose commits are searched for secrets. */
	readonly from: string;
	readonly to: string;
	readonly secrets?: readonly KnownSecret[] | undefined;
}

/** Rejects with `bad-config` when the definition speaks of rules that there are not. */
export async function readChange(
	git: Git,
	{ diff, definition, kinds, from, to, secrets }: ChangeToRead,
): Promise<readonly Finding[]> {
	// With the rules comes the compiler, which takes longer to load than most of what else is done here.
	const { ratchet, ruleNames: readingNames, secretsIn } = await import("../ratchet/index.ts");
	const ruleNames = [...readingNames, ...runningNames];
	const faults = unknownRules(definition, ruleNames);
	if (faults.length > 0) throw new ShopfloorError("bad-config", `${definitionPath} of the base: ${faults.join("; ")}`);
	const found = await secretsIn(await readAddedText(git, from, to), secrets);
	return [...brokenDefinition(diff, ruleNames), ...ratchet(diff, { kinds, settings: definition, secrets: found })];
}

/** Once it had landed, nothing could be measured any more, also not the change that mends it. */
function brokenDefinition({ files }: Diff, ruleNames: readonly string[]): Finding[] {
	const text = files.find(({ path }) => path === definitionPath)?.after;
	if (text === undefined || text === null) return [];
	try {
		const [fault] = unknownRules(parseDefinition(text), ruleNames);
		return fault === undefined ? [] : [broken(fault)];
	} catch (error) {
		if (!isShopfloorError(error, "bad-config")) throw error;
		return [broken(error.message.split("\n").slice(1).join("; ").trim())];
	}
}

function broken(why: string): Finding {
	return { rule: "broken-definition", severity: "block", path: definitionPath, what: `cannot be used: ${why}` };
}
