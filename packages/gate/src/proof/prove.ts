/**
 * Whether the new tests of a change can fail. With a change of code they are run on the code of the base; what does not
 * fail there for a reason of its own, and all of a change of tests alone, must fail on a small mutation of code that it
 * runs. A file that does not load on the base fails there whatever its tests say, so these are tried on mutants too, and
 * believed without only where that cannot be tried.
 *
 * All running is done by the bench. Out of reach: a test that fails at random, or by the look of the tree it runs in.
 */
import { onBase } from "./on-base.ts";
import { planProof } from "./plan.ts";
import { type Proof, type Shown, unknown } from "./proof.ts";
import { ProofRun, type Proving } from "./proof-run.ts";

export type { ProofBudget, Proving, RecordFile } from "./proof-run.ts";

export interface Proven {
	readonly proofs: readonly Proof[];
	/** What it cost, in runs of the bench. */
	readonly runs: { readonly base: number; readonly watched: number; readonly mutants: number };
}

/** Rejects as the bench does. A test that cannot be judged is `unknown`. */
export async function prove(proving: Proving): Promise<Proven> {
	const run = new ProofRun(proving);
	if (proving.tests.length === 0) return { proofs: [], runs: run.counts };
	const plan = planProof(proving.diff, proving.kinds);
	const shown = new Map<string, Shown>();
	if (plan.kind === "code-and-tests")
		for (const [id, how] of await onBase(plan.overlay, run)) shown.set(id, { kind: "fails-on-base", how });
	const open = proving.tests.filter(({ id }) => {
		const already = shown.get(id);
		return already === undefined || (already.kind === "fails-on-base" && already.how === "absent");
	});
	const changed = plan.kind === "code-and-tests" ? plan.changed : [];
	let lines: ReadonlyMap<string, number> = new Map();
	if (open.length > 0) {
		// The compiler is a large thing to load, and most changes are judged without it.
		const { onMutants } = await import("./on-mutants.ts");
		lines = await onMutants(open, changed, run, shown);
	}
	const proofs = proving.tests.map((test): Proof => {
		const line = lines.get(test.id);
		const is = shown.get(test.id) ?? unknown("no-answer", 0, "nothing was tried");
		return { test, ...(line === undefined ? {} : { line }), ...is };
	});
	return { proofs, runs: run.counts };
}
