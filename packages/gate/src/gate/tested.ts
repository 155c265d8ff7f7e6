/** A change whose checks are good, and what running more of its tests can show. */
import type { FoundDefinition } from "../definition/gate-definition.ts";
import type { Diff } from "../diff/diff.ts";
import type { Base } from "../landing/change.ts";
import type { FileKinds, Finding } from "../ratchet/rule.ts";
import type { JudgedTree } from "./judge-tree.ts";

export interface TestFindings {
	readonly findings: readonly Finding[];
	/** Whether they would be the same the next time. */
	readonly sure: boolean;
}

export interface Tested {
	readonly base: Base;
	readonly tree: string;
	readonly diff: Diff;
	readonly kinds: FileKinds;
	readonly definition: FoundDefinition;
	readonly judged: JudgedTree;
	/** Only the tests of the files that the change touches were run. */
	readonly part: boolean;
}
