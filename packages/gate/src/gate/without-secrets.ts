/**
 * Takes secrets out of what checks said. A check is lent secrets, or finds some, and prints them when it fails; what it
 * prints becomes a reason, and a reason is written into the log and into the message of a commit that everybody gets.
 *
 * What is known is taken out exactly, in every form in which it is searched for in changes. Of what only looks like a
 * secret nothing tells where it ends, and the rest of its line goes, too: a reason that says less does no harm.
 */
import { disguises, squeezed } from "../ratchet/secrets/disguises.ts";
import { ownPatterns } from "../ratchet/secrets/patterns.ts";
import { libraryPatterns } from "../ratchet/secrets/secretlint.ts";

export type WithoutSecrets = (text: string) => Promise<string>;

/** Values that are shorter than eight characters stand in many texts by chance, and are left. */
export function withoutSecrets(values: readonly string[]): WithoutSecrets {
	const forms = formsOf([...new Set(values)].filter(({ length }) => length >= lengthMin));
	return async (text) => await withoutLookalikes(withoutForms(text, forms));
}

const lengthMin = 8;
const instead = "…";

interface Form {
	readonly text: string;
	readonly found: RegExp;
}

/** The longest first: a value may hold another. */
function formsOf(values: readonly string[]): Form[] {
	return values
		.flatMap(disguises)
		.filter(({ form }) => form.length >= lengthMin)
		.sort((one, other) => other.form.length - one.form.length)
		.map(({ form, anyCase }) => ({
			text: form,
			found: new RegExp(form.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"), anyCase ? "gi" : "g"),
		}));
}

function withoutForms(given: string, forms: readonly Form[]): string {
	let text = given;
	for (const { found } of forms) text = text.replace(found, instead);
	text = text
		.split("\n")
		.map((line) => forms.reduce(withoutCut, line))
		.join("\n");
	// Taken apart into lines or pieces, it has no one place.
	const whole = squeezed(text);
	return forms.some(({ text: form }) => isInPieces(squeezed(form), whole)) ? instead : text;
}

/** What a check said may have been cut in the middle of one: the end of a value begins a line, or its beginning ends one. */
function withoutCut(line: string, { text: form }: Form): string {
	let rest = line;
	const begun = form.indexOf(rest.slice(0, lengthMin), 1);
	if (rest.length >= lengthMin && begun > 0 && rest.startsWith(form.slice(begun)))
		rest = `${instead}${rest.slice(form.length - begun)}`;
	const ended = form.lastIndexOf(rest.slice(-lengthMin), form.length - lengthMin - 1);
	if (rest.length >= lengthMin && ended >= 0 && rest.endsWith(form.slice(0, ended + lengthMin)))
		rest = `${rest.slice(0, rest.length - ended - lengthMin)}${instead}`;
	return rest;
}

function isInPieces(form: string, text: string): boolean {
	return form.length >= lengthMin && text.includes(form);
}

/** Line by line, and of one that runs over several lines all that follows. */
async function withoutLookalikes(text: string): Promise<string> {
	if ((await beginsAt(text)) === undefined) return text;
	const lines = await Promise.all(text.split("\n").map(cutAtFirst));
	return await cutAtFirst(lines.join("\n"));
}

async function cutAtFirst(text: string): Promise<string> {
	const at = await beginsAt(text);
	return at === undefined ? text : `${text.slice(0, at)}${instead}`;
}

/** Where something that looks like a secret begins. A text that could not be searched is one from its beginning. */
async function beginsAt(text: string): Promise<number | undefined> {
	const matches = [...ownPatterns(text), ...(await libraryPatterns(text, null))];
	return matches.length === 0 ? undefined : Math.min(...matches.map(({ at }) => at ?? 0));
}
