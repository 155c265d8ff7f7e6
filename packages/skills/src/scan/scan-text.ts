/**
 * What speaks against a skill's text before anybody reads it as instructions: text that a person does not see, recipes by
 * which skills take over whoever reads them, and secrets. It finds the known ways. What it finds nothing in may still be
 * bad, so a skill can add no power whatever it says.
 */
import { cut, oneLine, withoutValues } from "@shopfloor/core";
import { hiddenIn } from "./hidden.ts";
import { recipesIn } from "./recipes.ts";

export interface Suspicion {
	readonly kind: "hidden" | "recipe" | "secret";
	readonly line: number;
	/** What it is, to go on after "has". */
	readonly what: string;
	/** The place, with everything visible; of a secret nothing. */
	readonly shown: string;
}

/** `secrets`: values that must stand in no skill, in no disguise. */
export function scanText(text: string, secrets: readonly string[] = []): readonly Suspicion[] {
	const lines = text.split("\n");
	const at =
		(kind: "hidden" | "recipe") =>
		({ line, what }: { line: number; what: string }) => ({
			kind,
			line,
			what,
			shown: cut(visible(lines[line - 1] ?? ""), shownMax),
		});
	const found = [...hiddenIn(text).map(at("hidden")), ...recipesIn(text).map(at("recipe"))];
	return [...found, ...secretsIn(text, lines, secrets)].slice(0, foundMax);
}

const shownMax = 120;
/** More do not make it worse. */
const foundMax = 20;

function visible(text: string): string {
	return oneLine(text).replace(
		/[\p{Cs}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}]/gu,
		(character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
	);
}

function secretsIn(text: string, lines: readonly string[], secrets: readonly string[]): Suspicion[] {
	const found: Suspicion[] = lines.flatMap((line, index) =>
		keys.some((key) => key.test(line)) ? [secret(index + 1, "what reads like a key")] : [],
	);
	// The end of one may begin a line by chance, and is taken out there; that is no finding worth missing.
	if (secrets.length > 0 && withoutValues(secrets)(text) !== text) found.push(secret(1, "a secret of this factory"));
	return found;
}

function secret(line: number, what: string): Suspicion {
	return { kind: "secret", line, what, shown: "" };
}

/** The forms that the most used keys have, and what no word of a language looks like. */
const keys = [
	/\b\d{8,10}:[A-Za-z0-9_-]{35}\b/,
	/-----BEGIN [A-Z ]*PRIVATE KEY/,
	/\b(?:sk|pk|rk)-[A-Za-z0-9_-]{16,}/,
	/\b(?:gh[opsu]|github_pat|glpat|xox[abprs]|npm)[_-][A-Za-z0-9_-]{16,}/,
	/\bAKIA[A-Z0-9]{16}\b/,
	/\b(?=[A-Za-z0-9+/_-]*\d)(?=[A-Za-z0-9+/_-]*[A-Za-z])[A-Za-z0-9+/_-]{32,}={0,2}(?![\w/-])/,
];
