/**
 * What vitest's run came to, by two witnesses: a sealed report (`vitest-witness.ts`) and the exit code. They must agree.
 * So none of these ends as passed: a hook that changes the exit code, a report that is written or rewritten by somebody
 * else, an end before the report, tests that are gone, skipped or left out by `only`.
 *
 * Out of reach here: code that runs in vitest's own process: its configuration and all that this loads (the base's
 * are laid over the tree), and product that a global setup brings there; a test that makes itself pass, or one whose subject changes the matchers or speaks to vitest in its name
 * (the ratchet reads the diff, the base's tests run as well, and a new test must be seen failing); with a pool of
 * threads, a test that attaches a debugger to vitest's own.
 */
import { z } from "zod";
import type { CheckError, CheckOutcome, TestResult } from "../check.ts";
import { agreed, asError, broken, type Evidence, excerpt, withIds, withoutRoots } from "./evidence.ts";
import { stableMessage } from "./stable-message.ts";
import { unsealed } from "./vitest-witness.ts";

export interface SealedReport {
	/** As found; undefined where there is none. */
	readonly text: string | undefined;
	readonly key: string;
}

export function readVitest(evidence: Evidence, { text, key }: SealedReport): CheckOutcome {
	if (text === undefined) return broken(evidence, "no-report", `it exited with ${evidence.exitCode}, and told nothing`);
	const body = unsealed(text, key);
	if (body === undefined) return broken(evidence, "bad-report", "its report was written or changed by somebody else");
	const report = Report.parse(JSON.parse(body));
	const tests = withIds(report.files.flatMap((file) => testsOf(file, evidence.roots)));
	const errors = errorsOf(report, evidence.roots);
	if (tests.length === 0 && errors.length === 0)
		return evidence.part
			? { kind: "ran", errors, tests, exitCode: evidence.exitCode, ms: evidence.ms }
			: broken(evidence, "no-tests", "no test ran");
	return agreed(evidence, { errors, tests });
}

/** Set over the configuration: all tests are to run once, to their end, and nothing may be written. */
export function vitestArguments(module: string): string[] {
	return [
		"--run",
		"--reporter=default",
		`--reporter=${module}`,
		"--allowOnly=false",
		"--dangerouslyIgnoreUnhandledErrors=false",
		"--bail=0",
		"--update=false",
	];
}

/** The command for only those tests that a change of these files can reach. */
export function relatedWords(words: readonly string[], files: readonly string[]): string[] {
	const [program = "", subcommand, ...rest] = words;
	const others = subcommand === undefined || subcommand === "run" ? rest : [subcommand, ...rest];
	return [program, "related", ...files, ...others];
}

/** A pattern for the tests of these names; undefined when it would be too long for a command line. */
export function namePattern(names: readonly string[]): string | undefined {
	// Vitest matches against the names of the suites and the test, joined by spaces.
	const each = [...new Set(names.map(matched))];
	const pattern = `^\\s*(?:${each.join("|")})$`;
	return pattern.length > patternCharsMax ? undefined : pattern;
}

function matched(name: string): string {
	return name
		.replace(/ #\d+$/, "")
		.replace(/^\|[^|]*\| /, "")
		.split(" > ")
		.map((part) => part.replaceAll(/[.*+?^${}()|[\]\\/]/g, "\\$&"))
		.join("(?: > | )");
}

/** One argument may have 128 KiB. */
const patternCharsMax = 100_000;

const Fault = z.object({ name: z.string(), message: z.string(), stack: z.string() });
const Report = z.object({
	files: z.array(
		z.object({
			path: z.string(),
			project: z.string(),
			tests: z.array(
				z.object({ name: z.string(), mode: z.string(), state: z.string(), ms: z.number(), faults: z.array(Fault) }),
			),
			faults: z.array(Fault.extend({ suite: z.string() })),
		}),
	),
	unhandled: z.array(Fault),
});
type Report = z.infer<typeof Report>;

function testsOf(
	{ path, project, tests }: Report["files"][number],
	roots: readonly string[],
): Omit<TestResult, "id">[] {
	const file = withoutRoots(path, roots);
	return tests.map(({ name, mode, state, ms, faults }) => {
		const test = {
			file,
			name: project === "" ? name : `|${project}| ${name}`,
			state: stateOf(mode, state, faults.length > 0),
			ms: Math.round(ms),
		};
		const [fault] = faults;
		return fault === undefined ? test : { ...test, message: excerpt(withoutRoots(fault.message, roots)) };
	});
}

/** One without a result never ran: what comes before it failed, which is an error of its own. */
function stateOf(mode: string, state: string, faulty: boolean): TestResult["state"] {
	if (state === "fail" || (faulty && state !== "pass")) return "failed";
	if (mode === "todo") return "todo";
	return state === "pass" ? "passed" : "skipped";
}

/** What failed outside of a test: a file that does not load, a hook, something thrown that nobody caught. */
function errorsOf({ files, unhandled }: Report, roots: readonly string[]): CheckError[] {
	const ofFiles = files.flatMap(({ path, faults }) =>
		faults.map(({ suite, ...fault }) => errorOf(fault, withoutRoots(path, roots), suite || "load", roots)),
	);
	return [...ofFiles, ...unhandled.map((fault) => errorOf(fault, null, "unhandled", roots))];
}

function errorOf(
	{ name, message }: z.infer<typeof Fault>,
	file: string | null,
	code: string,
	roots: readonly string[],
): CheckError {
	const text = excerpt(withoutRoots(`${name}: ${message}`, roots));
	return asError({ file, line: null, code, message: text }, stableMessage(text));
}
