/**
 * Why a verdict is not good, in sentences for whoever made the change. They hold what checks printed: whoever hands them
 * on takes secrets out first, and cuts them then.
 */
import { isCharged, type Verdict } from "../verdict/verdict.ts";

export interface CheckVerdict {
	readonly check: string;
	readonly verdict: Verdict;
}

export function reasonsOf(verdicts: readonly CheckVerdict[]): string[] {
	return verdicts.flatMap(({ check, verdict }) => reasons(verdict).map((reason) => `${check}: ${reason}`));
}

function reasons({ errors, tests }: Verdict): string[] {
	const charged = tests.broken.filter(isCharged);
	return [
		...some(errors.new, ({ file, line, code, message }) => `new error ${placed(file, line)}${code} ${message}`),
		...(errors.new.length === 0 && errors.after > errors.before
			? [`${errors.after} errors, and the base has ${errors.before}`]
			: []),
		...some(
			charged,
			({ test, was }) => `${was === "absent" ? "the new test" : "the test"} ${test.id} fails${because(test.message)}`,
		),
		...some(tests.vanished, ({ test, now }) =>
			now === "gone" ? `the test ${test.id} is gone` : `the test ${test.id} is ${now}`,
		),
	].map((reason) => reason.slice(0, saidMax));
}

/** As many as an entry of the log holds. */
export const reasonsMax = 20;
/** And so much of each, when it is handed on. */
export const reasonMax = 1_000;
/** Longer, because what begins before that end may end after it; the log takes no more. */
const saidMax = 2_000;

function some<T>(all: readonly T[], inWords: (one: T) => string): string[] {
	const said = all.slice(0, namedMax).map(inWords);
	return all.length > namedMax ? [...said, `and ${all.length - namedMax} more like that`] : said;
}

/** Enough to begin with; the verdict has all of them. */
const namedMax = 5;

function placed(file: string | null, line: number | null): string {
	return file === null ? "" : `${file}${line === null ? "" : `:${line}`}: `;
}

function because(message: string | undefined): string {
	const first = message?.split("\n", 1)[0]?.trim();
	return first ? `: ${first}` : "";
}

export function unmeasuredOf(verdicts: readonly CheckVerdict[]): string | undefined {
	for (const { check, verdict } of verdicts)
		for (const { side, why } of verdict.unmeasured)
			return `${check} could not be measured on the ${side === "base" ? "base" : "change"}: ${why.detail}`;
	return undefined;
}
