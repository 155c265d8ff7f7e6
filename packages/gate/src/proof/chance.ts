/**
 * Which new tests may hang on chance or time, as far as texts tell. What a text does not tell (a race, the disk, code of
 * the base) makes a test none of these: it is run again as often as any other, and that is what it is measured by.
 */
import type { TestResult } from "../checks/check.ts";
import { isSource } from "./code-files.ts";
import { filesOf, type Proving } from "./proof-run.ts";

/** By the text of its own files, or of anything else that the change brings. Ids of tests. */
export async function testsOnChance({ tests, diff, kinds, sources }: Proving): Promise<ReadonlySet<string>> {
	const own = new Map<string, boolean>();
	for (const path of new Set(tests.flatMap((test) => filesOf(test, diff, kinds))))
		own.set(path, mentionsChance((await sources.read(path)) ?? ""));
	// A coin can lie in a helper, or in code that is there for nothing else.
	const isBrought = diff.files.some(
		({ path, after }) => !own.has(path) && isSource(path) && after !== null && mentionsChance(after),
	);
	const isOnChance = (test: TestResult) =>
		isBrought || filesOf(test, diff, kinds).some((path) => own.get(path) === true);
	return new Set(tests.filter(isOnChance).map(({ id }) => id));
}

export function mentionsChance(text: string): boolean {
	return words.test(text);
}

/** Rather too many: a word too much costs a few runs, and one too few lets a coin through. */
const words = new RegExp(
	[
		/[rR]andom|RANDOM|[uU][uU][iI][dD]|\b(nanoid|faker|fast-check|crypto)\b/,
		/\b(Date|Temporal|performance|perf_hooks|hrtime|timers|set(Timeout|Interval|Immediate)|AbortSignal)\b|\bnow\(/,
		/\bprocess\.(pid|ppid|uptime|cpuUsage|memoryUsage|resourceUsage)\b|\bos\.|["'](node:)?(os|process)["']|\/proc\//,
		// Ways to the same under another name.
		/\bMath\b(?!\.\w)|=\s*process\b(?!\.)|\bprocess\[|\b(globalThis|Reflect|eval)\b|\bFunction\(/,
		/\.constructor\b|\bconstructor["'`]|\b(child_process|worker_threads|execa)\b|["'](node:)?vm["']/,
	]
		.map(({ source }) => source)
		.join("|"),
);
