/**
 * Fills the slots of a template, once: what is put in is never looked at for slots again. A slot stands alone on its
 * line, because a fence does.
 */
import { cutTo } from "./cut-to.ts";
import { quoted } from "./quoted.ts";
import type { SlotForm, SlotForms } from "./slots.ts";

export interface Template {
	readonly name: string;
	readonly text: string;
	readonly forms: SlotForms;
}

export interface Filled {
	readonly text: string;
	/** Slots of which there was more than their bound. */
	readonly cut: readonly string[];
}

/** A slot that is not filled, not known or not used is a fault of ours, and thrown. */
export function render({ name, text, forms }: Template, filling: Readonly<Record<string, string>>): Filled {
	const faults = [...templateFaults(text, Object.keys(filling)), ...fillingFaults(filling, forms)];
	if (faults.length > 0) throw new Error(`the prompt ${name} cannot be rendered: ${faults.join("; ")}`);
	const cut: string[] = [];
	const whole = text.replace(slot, (_line, key: string) => {
		const filled = inForm(filling[key] as string, forms[key] as SlotForm);
		if (filled.cut) cut.push(key);
		return filled.text;
	});
	return { text: whole, cut };
}

/** What keeps a text from being a template with exactly these slots. */
export function templateFaults(text: string, names: readonly string[]): string[] {
	const there = [...text.matchAll(slot)].map(([, name]) => name as string);
	return [
		...names.filter((name) => !there.includes(name)).map((name) => `the slot {{${name}}} is not used`),
		...there.filter((name) => !names.includes(name)).map((name) => `the slot {{${name}}} is not known`),
		...there.filter((name, at) => there.indexOf(name) < at).map((name) => `the slot {{${name}}} stands there twice`),
		...(/\{\{|\}\}/.test(text.replace(slot, ""))
			? ["{{ or }} stands where no slot is: one has a line of its own"]
			: []),
		...(/^```facts/m.test(text) ? ["it has a block of facts of its own"] : []),
	];
}

const slot = /^\{\{([a-z][a-z-]*)\}\}$/gm;

function fillingFaults(filling: Readonly<Record<string, string | undefined>>, forms: SlotForms): string[] {
	return Object.entries(filling).flatMap(([name, value]) => [
		...(value === undefined || value.trim() === "" ? [`the slot {{${name}}} is not filled`] : []),
		...(Object.hasOwn(forms, name) ? [] : [`the slot {{${name}}} has no form`]),
	]);
}

function inForm(value: string, { as, most }: SlotForm): { readonly text: string; readonly cut: boolean } {
	if (as !== "ours") return quoted(value, most, as);
	if (value.length <= most) return { text: value, cut: false };
	return { text: `${cutTo(value, most)}\n[cut: it has ${value.length} characters in all]`, cut: true };
}
