/** What could be done, the surest first; and why the rest is left. */
import type { Language } from "../language/language.ts";
import type { Problem } from "../language/problem.ts";
import { notAllowed } from "./allowed.ts";
import type { Candidate } from "./candidate.ts";
import { ofErrors } from "./of-errors.ts";
import { isOfRule, ofRule } from "./of-rules.ts";
import { ofTest } from "./of-tests.ts";
import { type Order, wanted } from "./order.ts";

export function* candidates(
	language: Language,
	problems: readonly Problem[],
	order: Order,
	reasons: Set<string>,
): Generator<Candidate> {
	const asked = wanted(problems, order);
	const rules = (order.errors ?? []).filter(isOfRule);
	if (order.errors?.length && asked.length + rules.length === 0)
		reasons.add("the errors that were named are not there");
	const open = asked.filter((problem) => {
		const why = notAllowed(problem.path, language, order);
		if (why !== undefined) reasons.add(`${problem.file}: ${why}`);
		return why === undefined;
	});
	yield* ofErrors(open, language, reasons);
	for (const error of rules) yield* ofRule(error, language, order, reasons);
	for (const test of order.tests ?? []) yield* ofTest(test, language, order, reasons);
}
