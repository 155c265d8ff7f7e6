/**
 * Whether the new tests of a change can fail. With a change of code they are run on the code of the base; what does not
 * fail there for a reason of its own, and all of a change of tests alone, must fail on a small mutation of code that it
 * runs. A file that does not load on the base fails there whatever its tests say, so these are tried on mutants too, and
 * believed without only where that cannot be tried.
 *
 * A test that fails at random would show all this sooner or later. So each is run again on the change's own tree first,
 * and a failure on the base is seen twice. Where texts speak of chance or time, so is one on a mutant, and there is a run
 * on the change's own tree between the two.
 *
 * All running is done by the bench. Out of reach: a test that fails at random and seldom, more so where no text tells; one
 * that fails by the look of the tree it runs in.
 */
import { testsOnChance } from "./chance.ts";
import { onBase } from "./on-base.ts";
import { planProof } from "./plan.ts";
import { type Proof, unknown } from "./proof.ts";
import { filesOf, ProofRun, type Proving } from "./proof-run.ts";
import { notSteady } from "./steady.ts";

export type { ProofBudget, Proving, RecordFile } from "./proof-run.ts";

export interface Proven {
	readonly proofs: readonly Proof[];
	/** What it cost, in runs of the bench. */
	readonly runs: Readonly<ProofRun["counts"]>;
}

/** Rejects as the bench does. A test that cannot be judged is `unknown`. */
export async function prove(proving: Proving): Promise<Proven> {
	const run = new ProofRun(proving, await testsOnChance(proving));
	if (proving.tests.length === 0) return { proofs: [], runs: run.counts };
	const plan = planProof(proving.diff, proving.kinds);
	const shown = await notSteady(run);
	const steady = proving.tests.filter(({ id }) => !shown.has(id));
	if (plan.kind === "code-and-tests" && steady.length > 0)
		for (const [id, told] of await onBase(steady, plan.overlay, run)) shown.set(id, told);
	const open = steady.filter(({ id }) => {
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
	return { proofs: await Promise.all(proofs.map((proof) => placed(proof, run))), runs: run.counts };
}

/** One that is found before anything is watched has its line from its file alone. */
async function placed(proof: Proof, { proving: { sources, diff, kinds } }: ProofRun): Promise<Proof> {
	if (proof.kind !== "unsteady" || proof.line !== undefined) return proof;
	const { sitesNamed, sitesOf } = await import("./test-sites.ts");
	const [path, ...others] = filesOf(proof.test, diff, kinds);
	if (path === undefined || others.length > 0) return proof;
	const [site] = sitesNamed(proof.test.name, sitesOf(path, (await sources.read(path)) ?? ""));
	return site === undefined ? proof : { ...proof, line: site.line };
}
