/** What a person reads of tests that have not shown that they can fail. */
import type { Finding, Severity } from "../ratchet/rule.ts";
import type { Proof } from "./proof.ts";

const proofRule = "test-cannot-fail";

/**
 * `block` for a test that cannot fail as far as everything tells, and for one that passes or fails by chance; `ask` where
 * not everything could be tried, or where it may be other code that wavers.
 */
export function proofFindings(proofs: readonly Proof[]): readonly Finding[] {
	return proofs.flatMap((proof) => {
		const said = inWords(proof);
		if (said === undefined) return [];
		const { test, line } = proof;
		const place = { path: test.file, ...(line === undefined ? {} : { line, side: "head" as const }) };
		return [{ rule: proofRule, severity: said.severity, ...place, what: `the new test \`${test.name}\` ${said.what}` }];
	});
}

function inWords(proof: Proof): Said | undefined {
	switch (proof.kind) {
		case "fails-on-base":
		case "fails-on-mutant":
			return undefined;
		case "unsteady":
			return unsteady[proof.where];
		case "unproven":
			return proof.why === "runs-no-code"
				? {
						severity: "block",
						what: "runs no code of the project, so nothing that happens to the code can make it fail",
					}
				: {
						severity: "block",
						what: `cannot fail: it passes with each of the ${mutations(proof.tried)} of the code it runs`,
					};
		case "unknown":
			return { severity: "ask", what: `has not shown that it can fail: ${reasonOf(proof)}` };
	}
}

type Said = { readonly severity: Severity; readonly what: string };

const unsteady: Record<Extract<Proof, { kind: "unsteady" }>["where"], Said> = {
	head: { severity: "block", what: "proves nothing: it passes at one run and fails at another on the same tree" },
	base: {
		severity: "ask",
		what: "passes at one run and fails at another with the code of the base, which proves nothing unless the change repairs just that",
	},
	mutant: {
		severity: "ask",
		what: "has not shown that it can fail: it fails at one run and passes at another with the same mutation",
	},
};

function reasonOf({ why, tried, detail }: Extract<Proof, { kind: "unknown" }>): string {
	switch (why) {
		case "out-of-budget":
			return tried === 0
				? detail
				: `it passes with ${mutations(tried)} of the code it runs, and the budget was used up before all were tried`;
		case "uses-unseen":
			return tried === 0 ? detail : `it passes with ${mutations(tried)} of the code it runs; ${detail}`;
		case "not-watched":
		case "no-answer":
			return detail;
	}
}

function mutations(count: number): string {
	return `${count} mutation${count === 1 ? "" : "s"}`;
}
