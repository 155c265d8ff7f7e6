/**
 * Takes known secrets out of a text, in every form in which they are looked for, and also where a text was cut in the
 * middle of one or one was taken apart into lines.
 */
import { disguises, squeezed } from "./disguises.ts";

/** Values that are shorter than eight characters stand in many texts by chance, and are left. */
export function withoutValues(values: readonly string[]): (text: string) => string {
	const forms = formsOf([...new Set(values)].filter(({ length }) => length >= lengthMin));
	return (text) => withoutForms(text, forms);
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
