/**
 * Which tests of the base may be gone. One whose code went with it is missed by nobody; of any other a person has to say
 * so, by taking the findings about it upon themselves. All the rest stays what it is: worse.
 */
import { testChange } from "../ratchet/reading/test-change.ts";
import type { Finding, Sight } from "../ratchet/rule.ts";
import type { CheckVerdict } from "./reasons.ts";

export function givenUpTests(
	verdicts: readonly CheckVerdict[],
	sight: Sight,
	accepted: readonly Finding[] = [],
): string[] {
	const missed = verdicts.flatMap(({ verdict }) => verdict.tests.vanished.map(({ test }) => test));
	if (missed.length === 0) return [];
	const all = accepted.some(({ rule }) => rules.includes(rule));
	const known = testChange(sight)
		.vanished.filter(({ subjectGone }) => all || subjectGone)
		.map(({ test }) => ({ path: test.path, name: namesOf(test.name, test.rows !== null) }));
	const skipped = new Set(accepted.filter(({ rule }) => rule === "skipped-tests").map(({ path }) => path));
	return missed
		.filter(
			({ file, name }) =>
				skipped.has(file) ||
				// Of a runner that names no files it is not known where its tests stand.
				(file === "" && skipped.size > 0) ||
				known.some((one) => (file === "" || file === one.path) && one.name.test(name)),
		)
		.map(({ id }) => id);
}

/** Of the ratchet, about tests that are not there any more. */
const rules = ["vanished-tests", "deleted-tests"];

/** A table's tests are named after its rows. */
function namesOf(name: string, isTable: boolean): RegExp {
	const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
	return new RegExp(`^${isTable ? escaped.replace(/%[a-z#%]|\\\$[\w.]+/gi, ".*") : escaped}$`, "s");
}
