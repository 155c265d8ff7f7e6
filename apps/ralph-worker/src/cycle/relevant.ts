/** Of all that is wrong on the base, what a task is about: whoever codes is to mend nothing else. Pure. */
import { claimsOf, meets } from "@shopfloor/core";
import type { Measured } from "./analyze.ts";
import type { Plan } from "./handed-on.ts";

type Wrong = { readonly errors: Measured["errors"]; readonly tests: Measured["failing"] };

/** Those in its files; of a task that names none, those that its words name. */
export function relevant(
	{ title, detail, files }: Plan,
	{ errors, failing }: Pick<Measured, "errors" | "failing">,
): Wrong {
	const words = `${title}\n${detail}`;
	const names = (text: string) => text.length >= nameLeast && words.includes(text);
	const claims = claimsOf(files);
	// A test's own file is not to be changed; it is named by its name.
	const tests = failing.filter(({ file, name }) => files.includes(file) || names(name));
	if (files.length > 0) return { errors: errors.filter(({ file }) => file !== null && meets(claims, file)), tests };
	return { errors: errors.filter(({ file, message }) => (file !== null && names(file)) || names(message)), tests };
}

/** A name of three letters stands in every text. */
const nameLeast = 6;
