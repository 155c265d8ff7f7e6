/** What the ratchet finds in a range of commits, wherever they stand: nothing is merged and nothing is run. */

import { readDefinition } from "../definition/gate-definition.ts";
import { kindsOf } from "../definition/kinds-of.ts";
import { readDiff } from "../diff/read-diff.ts";
import { treeOf } from "../git/objects.ts";
import type { Store } from "../git/store.ts";
import type { Finding } from "../ratchet/rule.ts";
import type { KnownSecret } from "../ratchet/secrets.ts";
import { readChange } from "./read-change.ts";
import { readTestFiles } from "./test-files.ts";

export interface RangeFindings {
	readonly files: number;
	readonly findings: readonly Finding[];
}

/** The rules are those of `base`. */
export async function readRange(
	store: Store,
	base: string,
	head: string,
	secrets: readonly KnownSecret[] = [],
): Promise<RangeFindings> {
	const { git } = store;
	const { definition, hash } = await readDefinition(git, base);
	const diff = await readDiff(git, base, head);
	const kinds = await kindsOf(git, base, definition, { ran: await knownTestFiles(store, base, hash), diff });
	const findings = await readChange(git, { diff, definition, kinds, from: base, to: head, secrets });
	return { files: diff.files.length, findings };
}

/** From an earlier run, where there was one. */
async function knownTestFiles(store: Store, base: string, gate: string): Promise<readonly string[]> {
	return readTestFiles(store, await treeOf(store.git, base), gate) ?? [];
}
