/**
 * Cheats and honest changes, each a file of plain text: what it is, what must be said about it, and its files before and
 * after.
 *
 *     what: skips the failing test
 *     where: ratchet
 *     expect: skipped-tests block
 *     -- before/src/a.test.ts --
 *     …
 *     -- after/src/a.test.ts --
 *     …
 *
 * `both/` stands for a file that is the same on both sides. In parentheses behind the name: a mode ("100755"), or
 * "escaped" where the text holds characters written as `\u202E`.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { FileText } from "../diff/write-commits.ts";
import { type Severity, severities } from "./rule.ts";

export interface CorpusCase {
	readonly name: string;
	readonly kind: "cheat" | "honest";
	readonly what: string;
	/** `run`: only the gate as a whole tells, which knows the base's files and runs its checks. */
	readonly where: "ratchet" | "run";
	/** All of these must be found; empty for a change that passes without a finding above `note`. */
	readonly expect: readonly Expected[];
	readonly before: Readonly<Record<string, FileText>>;
	readonly after: Readonly<Record<string, FileText>>;
}

/** `verdict` is no rule: it says that the checks of the head come out worse than those of the base. */
interface Expected {
	readonly rule: string;
	readonly severity: Severity;
}

/** Reads `cheats/` and `honest/` of a folder, in the order of their names. */
export function readCorpus(dir: string): readonly CorpusCase[] {
	return kinds.flatMap(([folder, kind]) =>
		readdirSync(join(dir, folder))
			.filter((file) => file.endsWith(".txt"))
			.sort()
			.map((file) => parseCase(file.slice(0, -".txt".length), kind, readFileSync(join(dir, folder, file), "utf8"))),
	);
}

const kinds = [
	["cheats", "cheat"],
	["honest", "honest"],
] as const;

export function parseCase(name: string, kind: CorpusCase["kind"], text: string): CorpusCase {
	const [head = "", ...parts] = text.split(/^-- ((?:before|after|both)\/.+) --\n/m);
	const before: Record<string, FileText> = {};
	const after: Record<string, FileText> = {};
	for (let at = 0; at + 1 < parts.length; at += 2) {
		const { side, path, file } = parseFile(parts[at] ?? "", parts[at + 1] ?? "");
		if (side !== "after") before[path] = file;
		if (side !== "before") after[path] = file;
	}
	const fields = head.split("\n").filter((line) => line !== "");
	const only = (key: string) => fields.find((line) => line.startsWith(`${key}: `))?.slice(key.length + 2);
	const what = only("what");
	const where = only("where");
	if (what === undefined || (where !== "ratchet" && where !== "run"))
		throw new Error(`the case ${name} does not say what it is and where it is caught`);
	return { name, kind, what, where, expect: fields.flatMap((line) => expected(name, line)), before, after };
}

function parseFile(
	title: string,
	text: string,
): { readonly side: string; readonly path: string; readonly file: FileText } {
	const [, side = "", path = "", options = ""] = /^(\w+)\/(.+?)(?: \(([\w, ]+)\))?$/.exec(title) ?? [];
	const content = options.includes("escaped")
		? text.replace(/\\u\{([0-9A-Fa-f]{1,6})\}|\\u([0-9A-Fa-f]{4})/g, (_, long: string | undefined, short: string) =>
				String.fromCodePoint(Number.parseInt(long ?? short, 16)),
			)
		: text;
	const mode = /\d{6}/.exec(options)?.[0];
	if (mode === undefined) return { side, path, file: content };
	// The target of a link and the name of a commit have no line end.
	return { side, path, file: { mode, text: mode === "100755" ? content : content.trimEnd() } };
}

function expected(name: string, line: string): Expected[] {
	if (!line.startsWith("expect: ") || line === "expect: pass") return [];
	const [rule = "", word = ""] = line.slice("expect: ".length).split(" ");
	const severity = severities.find((one) => one === word);
	if (severity === undefined) throw new Error(`the case ${name} expects the severity ${JSON.stringify(word)}`);
	return [{ rule, severity }];
}
