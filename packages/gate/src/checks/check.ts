/** A check: a command whose result can be compared, and what came of running it. */
import { z } from "zod";

const reporters = ["tsc", "vitest", "junit", "tap", "exit"] as const;
export type ReporterName = (typeof reporters)[number];

export const CheckDefinition = z.strictObject({
	name: z
		.string()
		.regex(/^[a-z][a-z0-9-]{0,39}$/, "lower-case letters, digits and '-', at most 40")
		.describe("What the check is called."),
	run: z
		.union([z.string().min(1).max(1_000), z.array(z.string().max(1_000)).min(1).max(100)])
		.describe("The command and its arguments; no shell reads it. A program of the installed dependencies goes first."),
	reports: z.enum(reporters).describe("How its result is read."),
	reads: z
		.array(z.string().min(1).max(300))
		.min(1)
		.max(100)
		.default(["**"])
		.describe("Globs of the files its result depends on. A change of other files does not run it again."),
	slots: z.int().min(1).max(64).optional().describe("How many may run at once on this machine."),
	wall: z.string().default("10m").describe("Longer, and it is ended."),
	idle: z.string().default("2m").describe("Longer without output, and it is ended."),
	report: z.string().max(300).optional().describe("Where a junit report is written, relative to the repository."),
});
export type CheckDefinition = z.infer<typeof CheckDefinition>;

/** Whether its result tells tests from each other. */
export function hasTests({ reports }: Pick<CheckDefinition, "reports">): boolean {
	return reports === "vitest" || reports === "junit" || reports === "tap";
}

/** An error with a key that stays the same when lines move. */
export interface CheckError {
	/** File, code and message without positions. */
	readonly key: string;
	readonly file: string | null;
	/** Where it stands in this tree, for people. */
	readonly line: number | null;
	readonly code: string;
	readonly message: string;
}

export type TestState = "passed" | "failed" | "skipped" | "todo";

export interface TestResult {
	/** `file > full name`; told apart by a number where a file has the same name twice. */
	readonly id: string;
	readonly file: string;
	readonly name: string;
	readonly state: TestState;
	readonly ms: number;
	/** The first lines of what it said, when it failed. */
	readonly message?: string;
}

/** What one run came to. Only `ran` can be compared; anything else is no verdict, and never passes. */
export type CheckOutcome = Ran | Broken;

export interface Ran {
	readonly kind: "ran";
	/** Keys may repeat: the same error twice in one file counts twice. */
	readonly errors: readonly CheckError[];
	readonly tests: readonly TestResult[];
	readonly exitCode: number;
	readonly ms: number;
}

export interface Broken {
	readonly kind: "broken";
	readonly reason: /** The program is not there, or cannot be started. */
		| "not-started"
		| "timed-out"
		| "killed"
		| "no-report"
		| "bad-report"
		/** Exit code, report and test identities do not agree. */
		| "disagrees"
		| "no-tests"
		| "too-much-output";
	/** What a person needs to know, with the end of the output. */
	readonly detail: string;
	readonly ms: number;
}
