/** What can be counted about a change. What has to be understood is `unknown`, and that never approves. */
import { counted } from "../../program/counted.ts";
import type { Facts } from "../facts.ts";
import { type Ended, refused, type Said, said } from "./said.ts";

type Met = "met" | "unmet" | "unknown";

export function review(facts: Facts): Said | Ended {
	const names = facts.criteria?.map(({ name }) => name) ?? Object.keys(judges);
	if (!facts.diff && !facts.errorCount && !facts.failingCount && !facts.findings)
		return refused("the prompt holds no facts about the change, and reading code is not what it can do");
	const criteria = names.map((name) => ({ name, ...judged(name, facts) }));
	const verdict = criteria.some(({ met }) => met === "unmet")
		? "reject"
		: criteria.every(({ met }) => met === "met")
			? "approve"
			: "unknown";
	const lines = criteria.map(({ name, met, reason }) => `- ${name}: ${met}. ${reason}`);
	const summary = lines.join("\n");
	const against = criteria
		.filter(({ met }) => met === "unmet")
		.map(({ name, reason }) => ({ reason: `${name}: ${reason}`, failure: null }));
	return said(
		[`Verdict: ${verdict}.`, ...lines].join("\n"),
		{ verdict, criteria },
		{ verdict, criteria, summary },
		{ criteria, summary },
		// That there is no reason against it only says somebody who has read it.
		...(against.length === 0 ? [] : [{ refuted: true, reasons: against }]),
	);
}

const unread: readonly [Met, string] = ["unknown", "Nobody has read the change."];

function judged(name: string, facts: Facts): { readonly met: Met; readonly reason: string } {
	const judge = Object.entries(judges).find(([known]) => known === name)?.[1];
	const [met, reason] = judge?.(facts) ?? unread;
	return { met, reason };
}

const judges: Record<string, (facts: Facts) => readonly [Met, string]> = {
	"introduces no bugs": ({ failingCount, findings }) => {
		const [blocking] = (findings ?? []).filter(({ kind }) => kind === "block");
		if (blocking !== undefined) return ["unmet", `A finding blocks it: ${blocking.text}`];
		if (failingCount && failingCount.after > failingCount.before)
			return ["unmet", `Failing tests ${failingCount.before} → ${failingCount.after}.`];
		return unread;
	},
	"does not increase errors": ({ errorCount }) => {
		if (!errorCount) return ["unknown", "The errors were not counted."];
		const { before, after } = errorCount;
		return [after > before ? "unmet" : "met", `Errors ${before} → ${after}.`];
	},
	"follows conventions": () => unread,
	"is focused on one thing": ({ diff }) => {
		if (!diff) return ["unknown", "The change was not measured."];
		const size = `${counted(diff.lines, "line")} in ${counted(diff.files, "file")}`;
		if (diff.lines === 0) return ["unmet", "It changes nothing."];
		if (diff.files > filesMax || diff.lines > linesMax) return ["unmet", `${size}: more than one small thing.`];
		return ["met", `${size}.`];
	},
};

/** What one function, one bug or one test comes to, with room. */
const filesMax = 5;
const linesMax = 200;
