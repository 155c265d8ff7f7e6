/**
 * One copy of a source with all its mutants as switches. Text is only put between what is there, and never a line break:
 * lines keep their numbers, and everything keeps its place in its function, so `await`, `yield`, `this` and `arguments`
 * mean what they meant. With no mutant active the copy does what the original does.
 */
import type { Mutant } from "./mutant.ts";
import { afterDirectives, treeOf } from "./source-tree.ts";
import type { TestSite } from "./test-sites.ts";
import { outside, type Watch } from "./watch.ts";

export interface Instrumented {
	readonly text: string;
	/** Those that can be switched on. */
	readonly mutants: readonly Mutant[];
}

/** The text as it was, without mutants, where a copy could not be read: a strange file is better left alone. */
export function instrumentSource(path: string, text: string, mutants: readonly Mutant[], watch: Watch): Instrumented {
	const edits = [preludeEdit(path, text, watch), ...mutantEdits(mutants, watch)].filter((edit) => edit !== undefined);
	const copy = applied(text, edits);
	return treeOf(path, copy) === undefined ? { text, mutants: [] } : { text: copy, mutants };
}

/** Every test says when it begins, and every hook that no test runs. */
export function instrumentTests(path: string, text: string, sites: readonly TestSite[], watch: Watch): string {
	const marks = sites.flatMap((site) => markEdits(site, watch));
	const prelude = preludeEdit(path, text, watch);
	const copy = applied(text, prelude === undefined ? marks : [prelude, ...marks]);
	return treeOf(path, copy) === undefined ? text : copy;
}

function markEdits({ id, kind, entry }: TestSite, { names, tokenOf }: Watch): Edit[] {
	const call = `${names.enter}("${kind === "hook" ? outside : tokenOf("test", id)}")`;
	if (entry.kind === "block") return [{ start: entry.at, end: Infinity, before: `;${call};`, after: "" }];
	return [{ start: entry.from, end: entry.to, before: `(${call},(`, after: "))" }];
}

/** Something put before and behind a piece of the text. One that ends at infinity is only put before. */
interface Edit {
	readonly start: number;
	readonly end: number;
	readonly before: string;
	readonly after: string;
	/** A token between the two that becomes a comma. */
	readonly comma?: { readonly start: number; readonly end: number };
}

/** Behind a hash-bang, comments that tools read, and directives; imports are hoisted past it. */
function preludeEdit(path: string, text: string, watch: Watch): Edit | undefined {
	const statements = treeOf(path, text)?.statements;
	const first = statements?.[afterDirectives(statements)];
	if (first === undefined) return undefined;
	return { start: first.getStart(), end: Infinity, before: watch.prelude(path), after: "" };
}

function mutantEdits(mutants: readonly Mutant[], watch: Watch): Edit[] {
	// All mutants of one operator are one switch.
	const groups = new Map<string, Mutant[]>();
	for (const mutant of mutants) {
		const key = mutant.form.kind === "operator" ? `operator ${mutant.start}` : mutant.id;
		groups.set(key, [...(groups.get(key) ?? []), mutant]);
	}
	return [...groups.values()].flatMap((group) => group.slice(0, 1).map((first) => switchOf(first, group, watch)));
}

function switchOf(mutant: Mutant, group: readonly Mutant[], { names, tokenOf }: Watch): Edit {
	const { start, end, form } = mutant;
	const isOn = ({ id }: Mutant) => `${names.reached}("${tokenOf("mutant", id)}")`;
	switch (form.kind) {
		case "value":
			return { start, end, before: `(${isOn(mutant)}?${mutant.replacement}:(`, after: "))" };
		case "attribute":
			return { start, end, before: `{${isOn(mutant)}?${mutant.replacement}:(`, after: ")}" };
		case "negation":
			return { start, end, before: `(${isOn(mutant)}!==(`, after: "))" };
		case "statement":
			return { start, end, before: `{if(!${isOn(mutant)}){`, after: "}}" };
		case "body":
			return { start: form.at, end: Infinity, before: `;if(${isOn(mutant)})return;`, after: "" };
		case "operator": {
			const others = group.map((each) => `${isOn(each)}?"${each.replacement}":`).join("");
			const before = `${names.operate}(${others}"${form.operator}",`;
			return { start: form.from, end: form.to, before, after: ")", comma: { start, end } };
		}
	}
}

/** Outer ones lie around inner ones; of two for the same piece, the one that is named first lies around the other. */
function applied(text: string, edits: readonly Edit[]): string {
	const outerFirst = edits
		.map((edit, order) => ({ ...edit, order }))
		.sort((one, other) => one.start - other.start || other.end - one.end || one.order - other.order);
	const places = outerFirst.flatMap(({ start, end, before, after, comma }, order): Place[] => [
		{ at: start, until: start, text: before, order },
		...(end === Infinity ? [] : [{ at: end, until: end, text: after, order: -order - 1 }]),
		...(comma === undefined ? [] : [{ at: comma.start, until: comma.end, text: ",", order: 0 }]),
	]);
	// What ends at a place ends before anything begins there, and the inner ones end first.
	places.sort((one, other) => one.at - other.at || one.order - other.order);
	let copy = "";
	let copied = 0;
	for (const place of places) {
		copy += text.slice(copied, place.at) + place.text;
		copied = place.until;
	}
	return copy + text.slice(copied);
}

interface Place {
	readonly at: number;
	readonly until: number;
	readonly text: string;
	readonly order: number;
}
