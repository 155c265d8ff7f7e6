/** A proving whose runs are played: what each comes to is given, and so is what the tests reach. */
import type { Broken, CheckOutcome, TestState } from "../../checks/check.ts";
import { fileKinds } from "../../ratchet/file-kinds.ts";
import type { ChangedFile } from "../../ratchet/rule.ts";
import { mutantsOf } from "../mutants.ts";
import { type ProofBudget, type Proven, prove } from "../prove.ts";
import type { BenchJob } from "../test-bench.ts";
import { sitesOf } from "../test-sites.ts";
import { watchWith } from "../watch.ts";

export interface Played {
	/** A change of code brings `a.ts`. */
	readonly change: "code" | "tests";
	readonly tests: readonly string[];
	/** Texts of test files that are not as all others. */
	readonly texts: Readonly<Record<string, string>>;
	/** Other files that the change brings. */
	readonly brought: Readonly<Record<string, string>>;
	/** On the head again; without it all pass. */
	readonly steady: (turn: number, job: BenchJob) => CheckOutcome;
	/** One for each run. */
	readonly base: readonly CheckOutcome[];
	readonly watched: CheckOutcome;
	readonly mutants: CheckOutcome | ((job: BenchJob, turn: number) => CheckOutcome);
	readonly record: string;
	/** Files whose tests reach what the first one's does. */
	readonly contexts: readonly string[];
	readonly budget: Partial<ProofBudget>;
	readonly now: () => number;
	readonly signal: AbortSignal;
}

const code = "export const twice = (n: number) => n * 2 + 0;";
const testText = 'import { test } from "vitest"; import { twice } from "./a.ts"; test("a", () => { twice(1); });';
/** The same test, and its text gives reason to look. */
export const onChance = testText.replace("twice(1)", "twice(Date.now())");

const secret = "of these tests";
const watch = watchWith(secret);
export const context = contextOf("a.test.ts");
export const fileRead = `- ${watch.tokenOf("file", "a.ts")}`;
const allReached = ["!", ...mutantsOf("a.ts", code).map(({ id }) => watch.tokenOf("mutant", id))];
export const everything = [fileRead, ...allReached.map((what) => `${context} ${what}`)].join("\n");

function contextOf(path: string): string {
	return watch.tokenOf("test", sitesOf(path, testText).sites[0]?.id ?? "");
}

export async function played({
	change = "tests",
	tests = ["a.test.ts"],
	texts = {},
	brought = {},
	base = [],
	...given
}: Partial<Played>): Promise<Proven> {
	const turns = { steady: 0, base: 0, watched: 0, mutants: 0 };
	const records = [
		given.record ?? "",
		...(given.contexts ?? []).map((path) => (given.record ?? "").replaceAll(context, contextOf(path))),
	];
	const all = ran("passed", tests);
	const textOf = (path: string) => texts[path] ?? testText;
	return prove({
		diff: {
			base: "b",
			head: "h",
			files: [
				...(change === "code" ? [aFile("a.ts", code)] : []),
				...tests.map((path) => aFile(path, textOf(path))),
				...Object.entries(brought).map(([path, text]) => aFile(path, text)),
			],
		},
		kinds: fileKinds(),
		tests: all.tests,
		secret,
		now: given.now ?? (() => 0),
		...(given.signal === undefined ? {} : { signal: given.signal }),
		...(given.budget === undefined ? {} : { budget: given.budget }),
		sources: { read: async (path) => (path === "a.ts" ? code : tests.includes(path) ? textOf(path) : undefined) },
		record: { path: "record", take: async () => records.join("\n") },
		bench: {
			async run(job) {
				if (job.env === undefined && job.overlay.size === 0) return given.steady?.(turns.steady++, job) ?? all;
				if (job.env === undefined) return base[turns.base++] ?? broken("killed");
				if (turns.watched++ === 0) return given.watched ?? all;
				const { mutants } = given;
				return typeof mutants === "function" ? mutants(job, turns.mutants++) : (mutants ?? broken("killed"));
			},
		},
	});
}

export async function shown(given: Partial<Played>): Promise<string> {
	const { proofs } = await played(given);
	return proofs
		.map((proof) =>
			["kind", "why", "how", "where"]
				.flatMap((key) => (key in proof ? proof[key as keyof typeof proof] : []))
				.join(" "),
		)
		.join();
}

/** One test in each file; without a state, none. */
export function ran(
	state?: TestState,
	files: string | readonly string[] = "a.test.ts",
): Extract<CheckOutcome, { kind: "ran" }> {
	const tests =
		state === undefined ? [] : [files].flat().map((file) => ({ id: `${file} > a`, file, name: "a", state, ms: 1 }));
	return { kind: "ran", errors: [], tests, exitCode: state === "failed" ? 1 : 0, ms: 1 };
}

export function broken(reason: Broken["reason"]): CheckOutcome {
	return { kind: "broken", reason, detail: reason, ms: 1 };
}

function aFile(path: string, after: string): ChangedFile {
	return {
		...{ status: "added", path, from: null, modeBefore: null, modeAfter: "100644", before: null, after },
		...{ bytesBefore: 0, bytesAfter: after.length, binary: false, hunks: [] },
	};
}
