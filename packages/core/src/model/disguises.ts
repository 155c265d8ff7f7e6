/** The forms in which a value may stand in a text without being seen. */

export interface Disguise {
	readonly form: string;
	readonly how: string;
	/** The form is in small letters, and the text may be in any. */
	readonly anyCase: boolean;
}

export function disguises(value: string): readonly Disguise[] {
	const bytes = Buffer.from(value, "utf8");
	const hex = bytes.toString("hex");
	const pairs = hex.match(/../g) ?? [];
	const forms: Disguise[] = [
		plainly(value, "plain"),
		plainly(JSON.stringify(value).slice(1, -1), "escaped"),
		plainly(encodeURIComponent(value), "URL-encoded"),
		...base64Forms(bytes),
		{ form: hex, how: "hexadecimal", anyCase: true },
		{ form: `\\x${pairs.join("\\x")}`, how: "hexadecimal", anyCase: true },
		{ form: `0x${pairs.join(",0x")}`, how: "hexadecimal", anyCase: true },
		{ form: `0x${pairs.join(", 0x")}`, how: "hexadecimal", anyCase: true },
		{ form: `%${pairs.join("%")}`, how: "URL-encoded", anyCase: true },
		{ form: encodeURIComponent(value).toLowerCase(), how: "URL-encoded", anyCase: true },
		{ form: `\\u00${pairs.join("\\u00")}`, how: "escaped", anyCase: true },
		plainly([...value].reverse().join(""), "reversed"),
	];
	const seen = new Set<string>();
	return forms.filter(({ form, anyCase }) => {
		const key = `${anyCase}${form}`;
		const isNew = !seen.has(key);
		seen.add(key);
		return isNew;
	});
}

/** Without spaces and line ends, and with texts that are added together as one. */
export function squeezed(text: string): string {
	return text.replace(/\s+/g, "").replace(/(["'`]),?\+?(["'`])/g, "");
}

function plainly(form: string, how: string): Disguise {
	return { form, how, anyCase: false };
}

/**
 * Three bytes are four characters, so a value looks different after no, one or two other bytes. The characters at its
 * ends that hold bits of neighbours are left out.
 */
function base64Forms(bytes: Buffer): Disguise[] {
	return [0, 1, 2].flatMap((before) => {
		const text = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
		const inner = text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
		return [plainly(inner, "base64"), plainly(inner.replaceAll("+", "-").replaceAll("/", "_"), "base64")];
	});
}
