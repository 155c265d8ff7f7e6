/**
 * Whether what was bad in one tree is bad in another: only the checks that were worse are run, and of their tests only
 * the files in which some failed. No proof; it says where to look.
 */
import type { CheckDefinition, CheckOutcome } from "../checks/check.ts";
import { readDefinition } from "../definition/gate-definition.ts";
import type { Base, Probed, Suspect } from "../landing/change.ts";
import { compare } from "../verdict/compare.ts";
import { isCharged, type Overall } from "../verdict/verdict.ts";
import type { Bench, JudgeOptions } from "./bench.ts";
import { Measurer } from "./measure.ts";
import type { CheckVerdict } from "./reasons.ts";
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
			if (check === undefined) return "unknown";
			const measured = await measurer.measure({ check, commit: base.commit, definition, tree: base.tree });
			const before = withoutTests(measured, options.givenUp);
			const look = async (): Promise<Overall> => {
				const head = await headOf(measurer, { check, commit: base.commit, definition, tree }, files);
				return compare({ base: before, head, renames, part: files !== undefined }).overall;
			};
			const overall = await look();
			if (overall === "unknown") return "unknown";
			// Nobody is named a culprit for what fails once.
			if (overall === "worse" && (files === undefined || (await look()) === "worse")) return "bad";
		}
		return "good";
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
	return files === undefined ? await measurer.measure(run) : await measurer.run({ ...run, only: { files } });
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
