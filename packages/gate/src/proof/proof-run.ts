/** What the parts of one proving share: what was asked for, what it costs, and whether there is time for more. */
import { randomBytes } from "node:crypto";
import type { CheckOutcome, TestResult } from "../checks/check.ts";
import type { Diff, FileKinds } from "../ratchet/rule.ts";
import type { Sources } from "./sources.ts";
import type { BenchJob, TestBench } from "./test-bench.ts";
import { type Watch, watchWith } from "./watch.ts";

export interface Proving {
	readonly diff: Diff;
	readonly kinds: FileKinds;
	/** Those that `newTests` gives. */
	readonly tests: readonly TestResult[];
	readonly bench: TestBench;
	readonly sources: Sources;
	readonly record: RecordFile;
	readonly budget?: Partial<ProofBudget>;
	readonly signal?: AbortSignal;
	/** Milliseconds that only go forward. */
	readonly now?: () => number;
	/** What the names of this run are made from; nobody may guess it. */
	readonly secret?: string;
}

/** A file outside of the tree that the tests' processes may write to. */
export interface RecordFile {
	/** As those processes see it. */
	readonly path: string;
	/** What was written since the last time; nothing when there is no file. */
	take(): Promise<string>;
}

export interface ProofBudget {
	/** Runs with mutants. Each may try another mutant with every test. Two more behind each where chance is to be told apart. */
	readonly mutantRuns: number;
	/** No run is begun after that, but for the two on the head and the two on the base that every test needs. */
	readonly wallMs: number;
}

/** A test that sees anything at all sees one of these; the rest is for people. */
const defaultBudget: ProofBudget = { mutantRuns: 12, wallMs: 5 * 60_000 };

export class ProofRun {
	/** Runs of the bench. */
	readonly counts = { steady: 0, base: 0, watched: 0, mutants: 0, confirming: 0 };
	readonly watch: Watch;
	readonly proving: Proving;
	/** Ids of tests that may hang on chance or time. */
	readonly onChance: ReadonlySet<string>;
	readonly budget: ProofBudget;
	readonly #now: () => number;
	readonly #begun: number;

	constructor(proving: Proving, onChance: ReadonlySet<string>) {
		this.onChance = onChance;
		this.proving = { ...proving, sources: remembering(proving.sources) };
		this.watch = watchWith(proving.secret ?? randomBytes(16).toString("hex"));
		this.budget = { ...defaultBudget, ...proving.budget };
		this.#now = proving.now ?? (() => performance.now());
		this.#begun = this.#now();
	}

	get isOverTime(): boolean {
		return this.#now() - this.#begun > this.budget.wallMs;
	}

	get isSpent(): boolean {
		return this.counts.mutants >= this.budget.mutantRuns || this.isOverTime;
	}

	bench(job: BenchJob, kind: keyof ProofRun["counts"]): Promise<CheckOutcome> {
		this.counts[kind]++;
		const { signal, bench } = this.proving;
		return bench.run(signal === undefined ? job : { ...job, signal });
	}
}

/** Many tests import the same; and where an import leads is found by asking for files that are not there. */
function remembering(sources: Sources): Sources {
	const known = new Map<string, Promise<string | undefined>>();
	return {
		read(path) {
			const text = known.get(path) ?? sources.read(path);
			known.set(path, text);
			return text;
		},
		resolve: async (from, specifier) => sources.resolve?.(from, specifier),
	};
}

/** Not every runner tells a test's file; then it is one of those that changed. */
export function filesOf(test: TestResult, diff: Diff, kinds: FileKinds): readonly string[] {
	if (test.file !== "") return [test.file];
	return diff.files.filter(({ path, after }) => after !== null && kinds.isTest(path)).map(({ path }) => path);
}

/** Each once. */
export function filesOfAll(tests: readonly TestResult[], { diff, kinds }: Pick<Proving, "diff" | "kinds">): string[] {
	return [...new Set(tests.flatMap((test) => filesOf(test, diff, kinds)))];
}
