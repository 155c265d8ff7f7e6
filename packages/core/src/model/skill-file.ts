/**
 * A skill as it lies in its folder: `<name>/SKILL.md`, in the form of Agent Skills. Keys stand between two lines of
 * dashes, Markdown behind them. Of YAML it takes texts on one line and one level of `metadata`: whatever readers of YAML
 * disagree about is a fault here, and not a guess.
 */

export interface Skill {
	/** That of its folder. */
	readonly name: string;
	/** What it does and when to use it. */
	readonly description: string;
	readonly license?: string;
	readonly compatibility?: string;
	/** Separated by spaces. */
	readonly allowedTools?: string;
	readonly metadata: Readonly<Record<string, string>>;
	/** Markdown. */
	readonly body: string;
}

export interface SkillFault {
	/** A key, `metadata.action`, `line 4`, `body`, or `file`. */
	readonly at: string;
	readonly message: string;
}

export type SkillRead =
	| { readonly kind: "skill"; readonly skill: Skill }
	| { readonly kind: "faults"; readonly faults: readonly SkillFault[] };

/** Several times what the form recommends, and little enough to read a hundred of them at a start. */
export const skillBytesMax = 32 * 1024;
/** As the form recommends: who needs more has two skills. */
const bodyLinesMax = 500;
const metadataMax = 32;

/** Every fault at once. `folder` is the name of the folder that it lies in. */
export function readSkillFile(text: string, folder: string): SkillRead {
	if (new TextEncoder().encode(text).length > skillBytesMax)
		return { kind: "faults", faults: [{ at: "file", message: `may have ${skillBytesMax} bytes` }] };
	const parts = /^---\n(.*?)^---[ \t]*(?:\n(.*))?$/ms.exec(text.replaceAll("\r\n", "\n"));
	if (parts === null)
		return { kind: "faults", faults: [{ at: "file", message: "does not begin with keys between two lines of ---" }] };
	const [, head = "", body = ""] = parts;
	const { values, metadata, faults } = readKeys(head);
	faults.push(...faultsOf(values, folder), ...faultsOfBody(body));
	if (faults.length > 0) return { kind: "faults", faults };
	return { kind: "skill", skill: skillOf(values, metadata, body) };
}

/** Read back it is the same skill. */
export function writeSkillFile({ metadata, body, ...skill }: Skill): string {
	const named = Object.entries(metadata);
	const lines = [
		...Object.entries(keys).flatMap(([key, { property }]) => {
			const value = skill[property];
			return value === undefined ? [] : [`${key}: ${written(value)}`];
		}),
		...(named.length > 0 ? ["metadata:", ...named.map(([key, value]) => `  ${key}: ${written(value)}`)] : []),
	];
	return `---\n${lines.join("\n")}\n---\n\n${body}\n`;
}

/** Why a skill, or its folder, cannot be called so. */
export function skillNameFault(name: string): string | undefined {
	if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name) || name.length > 64)
		return "has to be 1 to 64 lower-case letters, digits and single '-', which neither begin nor end it";
	if (reserved.test(name)) return "is a reserved word";
	return undefined;
}

/** Devices of other systems' file systems, and the words that the form keeps for its makers. */
const reserved = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])$|(^|-)(anthropic|claude)(-|$)/;

const keys = {
	name: { property: "name", most: 64 },
	description: { property: "description", most: 1024 },
	license: { property: "license", most: 200 },
	compatibility: { property: "compatibility", most: 500 },
	"allowed-tools": { property: "allowedTools", most: 1024 },
} as const;
type Key = keyof typeof keys;

interface Keys {
	readonly values: Partial<Record<Key, string>>;
	readonly metadata: Record<string, string>;
	readonly faults: SkillFault[];
}

function readKeys(head: string): Keys {
	const read: Keys = { values: {}, metadata: Object.create(null), faults: [] };
	let above: string | undefined;
	for (const [index, line] of head.replace(/\n$/, "").split("\n").entries()) {
		const fault = (message: string) => void read.faults.push({ at: `line ${index + 2}`, message });
		const [, indent = "", key = "", rest = ""] = /^( *)([A-Za-z0-9_-]+):(?:[ \t]+(.*?))?[ \t]*$/.exec(line) ?? [];
		if (key === "") fault("is no `key: text`");
		else if (indent !== "" && above !== "metadata") fault("is indented below a key that holds nothing");
		else if (indent === "" && key === "metadata" && rest === "") above = key;
		else {
			if (indent === "") above = undefined;
			const value = textOf(rest);
			if (typeof value !== "string") fault(value.fault);
			else if (above === "metadata") addTo(read.metadata, key, value, fault);
			else if (!isKey(key)) fault(`${key} is no key of a skill; those are ${Object.keys(keys).join(", ")}, metadata`);
			else addTo(read.values, key, value, fault);
		}
	}
	if (Object.keys(read.metadata).length > metadataMax)
		read.faults.push({ at: "metadata", message: `may have ${metadataMax} keys` });
	return { ...read, metadata: { ...read.metadata } };
}

function isKey(key: string): key is Key {
	return Object.hasOwn(keys, key);
}

function addTo(values: Record<string, string>, key: string, value: string, fault: (message: string) => void): void {
	if (Object.hasOwn(values, key)) fault(`${key} stands there twice`);
	else if (key === "__proto__") fault(`${key} is no key`);
	else values[key] = value;
}

/** Plain, or in quotes of either kind. */
function textOf(text: string): string | { readonly fault: string } {
	if (text === "") return { fault: "holds no text" };
	if (text.startsWith('"')) return fromJson(text) ?? { fault: 'is no text in "quotes"' };
	if (text.startsWith("'"))
		return /^'(?:[^']|'')*'$/.test(text)
			? text.slice(1, -1).replaceAll("''", "'")
			: { fault: "is no text in 'quotes'" };
	const isPlain = !/^[[\]{}>|*&!%@`#,?:-]|: | #|:$/.test(text);
	return isPlain ? text : { fault: "has to stand in quotes, on one line" };
}

function fromJson(text: string): string | undefined {
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === "string" ? value : undefined;
	} catch {
		// The caller says so.
		return undefined;
	}
}

/** In quotes wherever another reader could take it for something else than a text. */
function written(value: string): string {
	const isSafe = /^[A-Za-z][^:#"'\\\n\t]*[^\s:#"'\\]$/.test(value) && !/^(true|false|null|yes|no|on|off)$/i.test(value);
	return isSafe ? value : JSON.stringify(value);
}

function faultsOf(values: Keys["values"], folder: string): SkillFault[] {
	const { name, description } = values;
	const faults: SkillFault[] = [];
	const wrongName = name === undefined ? "is missing" : skillNameFault(name);
	if (wrongName !== undefined) faults.push({ at: "name", message: wrongName });
	else if (name !== folder)
		faults.push({ at: "name", message: `is not that of its folder, ${JSON.stringify(folder)}` });
	if (description === undefined) faults.push({ at: "description", message: "is missing" });
	for (const [key, { most }] of Object.entries(keys))
		if ((values[key as Key]?.length ?? 0) > most) faults.push({ at: key, message: `may have ${most} characters` });
	return faults;
}

function faultsOfBody(body: string): SkillFault[] {
	if (body.trim() === "") return [{ at: "body", message: "is empty" }];
	return body.split("\n").length > bodyLinesMax ? [{ at: "body", message: `may have ${bodyLinesMax} lines` }] : [];
}

function skillOf(values: Keys["values"], metadata: Keys["metadata"], body: string): Skill {
	const { name = "", description = "", license, compatibility, "allowed-tools": allowedTools } = values;
	return {
		name,
		description,
		...(license !== undefined && { license }),
		...(compatibility !== undefined && { compatibility }),
		...(allowedTools !== undefined && { allowedTools }),
		metadata,
		body: body.trim(),
	};
}
