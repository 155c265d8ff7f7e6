/**
 * Whether what was bad in one tree is bad in another: only the checks that were worse are run, and of their tests only
 * the files in which some failed. No proof; it says where to look.
 */
import type { CheckDefinition, CheckOutcome } from "../checks/check.ts";
import { readDefinition } from "../definition/gate-definition.ts";
import type { Base, Probed, Suspect } from "../landing/change.ts";
import { compare } from "../verdict/compare.ts";
import { isCharged } from "../verdict/verdict.ts";
import type { Bench, JudgeOptions } from "./bench.ts";
import { Measurer } from "./measure.ts";
import { type CheckVerdict, reasonsMax, reasonsOf } from "./reasons.ts";
import { renamesBetween } from "./renames-between.ts";
import { withoutTests } from "./without-tests.ts";

export async function probeTree(
	bench: Bench,
	tree: string,
	base: Base,
	suspects: readonly Suspect[],
	options: JudgeOptions = {},
): Promise<Probed> {
	const { definition } = await readDefinition(bench.store.git, base.commit);
	const measurer = new Measurer(bench.store, bench.runner, options);
	try {
		const renames = await renamesBetween(bench.store.git, base.tree, tree, definition);
		for (const { check: name, files } of suspects) {
			const check = definition.checks.find((one) => one.name === name);
			if (check === undefined) return { kind: "unknown" };
			const measured = await measurer.measureBase({ check, commit: base.commit, definition, tree: base.tree });
			const before = withoutTests(measured, options.givenUp);
			const run = { check, commit: base.commit, definition, tree };
			const look = (head: CheckOutcome): CheckVerdict => {
				return { check: name, verdict: compare({ base: before, head, renames, part: files !== undefined }) };
			};
			const first = look(await headOf(measurer, run, files));
			if (first.verdict.overall === "unknown") return { kind: "unknown" };
			if (first.verdict.overall !== "worse") continue;
			// Nobody is named a culprit for what fails once, and what is known says no more than that. A compiler says the same twice.
			const again = { ...run, only: files && { files } };
			const seen = check.reports === "tsc" ? first : look(await measurer.run(again));
			if (seen.verdict.overall === "unknown") return { kind: "unknown" };
			if (seen.verdict.overall === "worse") return { kind: "bad", reasons: reasonsOf([seen]).slice(0, reasonsMax) };
		}
		return { kind: "good" };
	} finally {
		await measurer.close();
		options.seen?.({ ms: measurer.spentMs, runs: measurer.runs });
	}
}

async function headOf(
	measurer: Measurer,
	run: Parameters<Measurer["measure"]>[0] & { readonly check: CheckDefinition },
	files: readonly string[] | undefined,
): Promise<CheckOutcome> {
	if (files === undefined) return await measurer.measure(run);
	// A change that was looked at alone has been run as a whole.
	const known = await measurer.known(run);
	if (known === undefined) return await measurer.run({ ...run, only: { files } });
	return { ...known, tests: known.tests.filter(({ file }) => files.includes(file)) };
}

/** What a bad verdict leaves to be asked about. */
export function suspectsOf(verdicts: readonly CheckVerdict[]): Suspect[] {
	return verdicts
		.filter(({ verdict }) => verdict.overall === "worse")
		.map(({ check, verdict: { errors, tests } }) => {
			const files = [...new Set(tests.broken.filter(isCharged).map(({ test }) => test.file))];
			const only = errors.new.length === 0 && errors.after <= errors.before && tests.vanished.length === 0;
			return only && files.length > 0 && !files.includes("") ? { check, files } : { check };
		});
}
