/**
 * Which tests of the base may be gone. One whose code went with it is missed by nobody; of any other a person has to say
 * so, by taking the findings about it upon themselves. All the rest stays what it is: worse.
 */
import { testChange } from "../ratchet/reading/test-change.ts";
import type { Sight } from "../ratchet/rule.ts";
import type { CheckVerdict } from "./reasons.ts";

export function givenUpTests(
	verdicts: readonly CheckVerdict[],
	sight: Sight,
	acceptedRules: ReadonlySet<string> = new Set(),
): string[] {
	const missed = verdicts.flatMap(({ verdict }) => verdict.tests.vanished.map(({ test }) => test));
	if (missed.length === 0) return [];
	const all = rules.some((rule) => acceptedRules.has(rule));
	const known = testChange(sight)
		.vanished.filter(({ subjectGone }) => all || subjectGone)
		.map(({ test }) => ({ path: test.path, name: namesOf(test.name, test.rows !== null) }));
	const skipped = acceptedRules.has("skipped-tests");
	return missed
		.filter(
			({ file, name }) => skipped || known.some((one) => (file === "" || file === one.path) && one.name.test(name)),
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
