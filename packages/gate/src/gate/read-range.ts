/** What the ratchet finds in a range of commits, wherever they stand: nothing is merged and nothing is run. */
import { readDefinition } from "../definition/gate-definition.ts";
import { readAddedText } from "../diff/read-added-text.ts";
import { readDiff } from "../diff/read-diff.ts";
import type { Store } from "../git/store.ts";
import { fileKinds } from "../ratchet/file-kinds.ts";
import type { Finding } from "../ratchet/rule.ts";
import type { KnownSecret } from "../ratchet/secrets.ts";

export interface RangeFindings {
	readonly files: number;
	readonly findings: readonly Finding[];
}

/** The rules are those of `base`. */
export async function readRange(
	{ git }: Store,
	base: string,
	head: string,
	secrets: readonly KnownSecret[] = [],
): Promise<RangeFindings> {
	const { definition } = await readDefinition(git, base);
	const diff = await readDiff(git, base, head);
	const { ratchet, secretsIn } = await import("../ratchet/index.ts");
	const found = await secretsIn(await readAddedText(git, base, head), secrets);
	const kinds = fileKinds(definition);
	return { files: diff.files.length, findings: ratchet(diff, { kinds, settings: definition, secrets: found }) };
}
