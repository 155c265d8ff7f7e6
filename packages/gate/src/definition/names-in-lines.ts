/** Files that are named in formats without a tree: YAML, TOML, scripts of a shell. */
import type { Named, Role } from "./named.ts";

/** Formats without a tree: a key, and what stands behind it or in the lines of its list. */
export function namesInLines(text: string, leadsTo: (key: string) => Role | undefined): Named[] {
	const named: Named[] = [];
	let key = "";
	for (const line of text.split("\n")) {
		const [, found, rest] = /^\s*["']?([\w-]+)["']?\s*[:=]\s*(.*)$/.exec(line) ?? [];
		const [, item] = /^\s*-\s+(.*)$/.exec(line) ?? [];
		if (found !== undefined && item === undefined) key = found;
		const role = leadsTo(key);
		if (role === undefined) continue;
		for (const [word] of (rest ?? item ?? line).matchAll(/[^\s"',[\]]+/g)) named.push({ text: word, role });
	}
	return named;
}

export const isMakefile = (path: string) => /(^|\/)(Makefile|[Jj]ustfile|Taskfile\.ya?ml)$/.test(path);

export function isShell(path: string, text: string): boolean {
	return /\.(sh|bash)$/.test(path) || isMakefile(path) || /^#!.*\b(ba|da|z)?sh\b/.test(text);
}

/** Scripts that are called there, and what is loaded before them. What else stands there may be anything. */
export function namesInShell(text: string): Named[] {
	const words = text.split(/[\s;&|()<>"'`@]+/).filter((word) => word !== "");
	return words.flatMap((word, index): Named[] => {
		const [, option = "", value] = /^(-[^=]*)=(.+)$/.exec(word) ?? [];
		const before = option || words.slice(0, index).findLast((one) => !flags.has(one)) || "";
		const isCalled = word.startsWith("./") || callers.test(before);
		return isCalled ? [{ text: value ?? word, role: "setup", isWhole: true }] : [];
	});
}

/** Between a program and its script. */
const flags: ReadonlySet<string> = new Set([
	"--test",
	"-e",
	"-u",
	"-x",
	"-eu",
	"--enable-source-maps",
	"--no-warnings",
]);
const callers =
	/(^|\/)(node|tsx|bun|deno|sh|bash|zsh|python3?|ruby|source|\.|exec)$|^(-r|--require|--import|--loader|-c|--config|-p|--project)$/;
