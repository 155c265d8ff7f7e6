/** What reading a change shows, by the rules of its base: nothing is run. */
import { ShopfloorError } from "@shopfloor/core/io";
import { definitionPath, type GateDefinition } from "../definition/gate-definition.ts";
import type { Diff } from "../diff/diff.ts";
import { readAddedText } from "../diff/read-added-text.ts";
import type { Git } from "../git/git.ts";
import type { FileKinds, Finding } from "../ratchet/rule.ts";
import type { KnownSecret } from "../ratchet/secrets.ts";
import { unknownRules } from "../ratchet/settings.ts";

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
	const { ratchet, ruleNames, secretsIn } = await import("../ratchet/index.ts");
	const faults = unknownRules(definition, ruleNames);
	if (faults.length > 0) throw new ShopfloorError("bad-config", `${definitionPath} of the base: ${faults.join("; ")}`);
	const found = await secretsIn(await readAddedText(git, from, to), secrets);
	return ratchet(diff, { kinds, settings: definition, secrets: found });
}
