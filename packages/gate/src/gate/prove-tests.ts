/** Gives the proof of new tests a bay to run them in, and turns what it shows into findings. */
import { randomBytes } from "node:crypto";
import { readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { errnoOf } from "@shopfloor/core/io";
import type { CheckDefinition, Ran } from "../checks/check.ts";
import type { GateDefinition } from "../definition/gate-definition.ts";
import type { Diff } from "../diff/diff.ts";
import { listTree, withTexts } from "../git/objects.ts";
import type { Store } from "../git/store.ts";
import { newTests } from "../proof/new-tests.ts";
import { proofFindings } from "../proof/proof-findings.ts";
import { prove, type RecordFile } from "../proof/prove.ts";
import type { TestBench } from "../proof/test-bench.ts";
import type { FileKinds } from "../ratchet/rule.ts";
import type { Measurer } from "./measure.ts";
import type { TestFindings } from "./tested.ts";

export interface Provable {
	readonly check: CheckDefinition;
	/** A commit near the tree. */
	readonly commit: string;
	/** Of the change. */
	readonly tree: string;
	readonly definition: GateDefinition;
	readonly base: Ran;
	readonly head: Ran;
	readonly diff: Diff;
	readonly kinds: FileKinds;
}

export async function proveTests(
	{ git }: Store,
	measurer: Measurer,
	provable: Provable,
	signal?: AbortSignal,
): Promise<TestFindings> {
	const { check, commit, tree, definition, base, head, diff, kinds } = provable;
	const tests = newTests({ base: base.tests, head: head.tests, diff, kinds });
	if (tests.length === 0) return { findings: [], sure: true };
	const record = recordIn(await measurer.load({ commit, tree, definition }));
	const bench: TestBench = {
		run: async ({ overlay, testFiles, env }) =>
			await measurer.run({
				check,
				commit,
				definition,
				env,
				tree: await withTexts(git, tree, overlay),
				only: { files: testFiles },
				why: "proof",
			}),
	};
	// Looking for what an import means asks for many names that are not there.
	const files = new Map(
		(await listTree(git, tree)).map(({ path, type, id }) => [path, type === "blob" ? id : undefined]),
	);
	const read = async (path: string) => {
		const id = files.get(path);
		return id === undefined ? undefined : (await git.bytes(["cat-file", "blob", id])).toString("utf8");
	};
	const { proofs } = await prove({
		diff,
		kinds,
		tests,
		bench,
		record,
		sources: { read },
		...(signal ? { signal } : {}),
	});
	// What a run that broke leaves open may be found out the next time.
	const sure = proofs.every((proof) => proof.kind !== "unknown" || proof.why !== "no-answer");
	return { findings: proofFindings(proofs), sure };
}

/** In the tree itself: it is what the tests' processes may write to, and the next run begins without it. */
function recordIn(dir: string): RecordFile {
	const path = join(dir, `.shopfloor-${randomBytes(16).toString("hex")}`);
	return {
		path,
		async take() {
			try {
				const { size } = statSync(path);
				// A line for each place that was reached, once; more was written by somebody else.
				return size > recordBytesMax ? "" : readFileSync(path, "utf8");
			} catch (error) {
				if (errnoOf(error) === "ENOENT") return "";
				throw error;
			} finally {
				rmSync(path, { force: true });
			}
		},
	};
}

const recordBytesMax = 32 * 1024 * 1024;
