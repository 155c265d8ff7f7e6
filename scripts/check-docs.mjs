// Holds the documents to the tree: a file, link, script, command or flag that a document names must exist.
//
// Looked at are links, inline code, and fences marked `sh` or `console` (there only the lines after "$ ").
// `<placeholders>` are free and a glob must match something. Paths in state/ are not looked for, because they
// exist only while the factory runs.

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const FOLDERS = /^(apps|packages|docs|scripts|prompts|skills|examples|bench|tests|[.]ci)\//;
const ROOT_FILES = `
	README.md ARCHITECTURE.md CONTRIBUTING.md AGENTS.md CLAUDE.md LICENSE
	package.json pnpm-lock.yaml pnpm-workspace.yaml turbo.json ecosystem.config.js
	tsconfig.json tsconfig.base.json tsconfig.tests.json vitest.config.mts vitest.config.ts
	biome.json knip.json .dependency-cruiser.mjs .editorconfig .gitignore
`.split(/\s+/);
/** `[text](target "title")`, `[name]: target`, `src="target"`. */
const LINK =
	/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)|^ {0,3}\[[^\]^][^\]]*\]:\s*<?([^\s>]+)>?|\b(?:src|href)="([^"]+)"/gm;
const WILDCARDS = { "**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]" };
const PLACEHOLDER = /[<>$…]|[.]{3}/;
const NPM_SHORTHANDS = new Set(["start", "stop", "test", "restart"]);
const BEFORE_A_COMMAND = /^(npx|-y|--yes|sudo|time|exec|env|[A-Z_][A-Z0-9_]*=.*)$/;
const CLI = "apps/cli/bin/shopfloor.mjs";

if (process.argv[1] === fileURLToPath(import.meta.url)) main();

function main() {
	const root = git(process.cwd(), "rev-parse", "--show-toplevel").trim();
	const files = git(root, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0");
	const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
	const { commands, fault } = commandsOf(root);
	const tree = { root, files, scripts: Object.keys(scripts), commands };
	const documents = files.filter((file) => file.endsWith(".md") && existsSync(join(root, file)));
	const faults = documents.flatMap((path) => faultsIn(path, tree));
	for (const { path, line, message } of faults) console.error(`${path}:${line}  ${message}`);
	if (fault) console.error(fault);
	process.exitCode = faults.length > 0 || fault ? 1 : 0;
}

function git(root, ...args) {
	return execFileSync("git", args, { cwd: root, encoding: "utf8" });
}

/** What the built command line can do, by its own account. */
function commandsOf(root) {
	try {
		const args = [join(root, CLI), "__commands", "--json"];
		const output = execFileSync(process.execPath, args, { encoding: "utf8", timeout: 20_000, stdio: "pipe" });
		return { commands: JSON.parse(output) };
	} catch (error) {
		const why = (error.stderr || error.message).trim();
		return { fault: `${CLI} cannot list its commands, so none named in a document was checked:\n${why}` };
	}
}

/**
 * The faults of one document, in the order of its lines. `tree.files` are the paths a glob may match, `tree.scripts`
 * the names of the root's scripts, `tree.commands` is `[{ path, flags }]`; without it, commands are not looked at.
 */
export function faultsIn(path, tree) {
	const { code, spans, links } = parse(readFileSync(join(tree.root, path), "utf8"));
	const faults = [
		...links.map(({ line, text }) => ({ line, message: linkFault(path, text, tree) })),
		...[...code, ...spans].flatMap(({ line, text }) =>
			codeFaults(path, text, tree).map((message) => ({ line, message })),
		),
	];
	return faults
		.filter(({ message }) => message !== undefined)
		.sort((a, b) => a.line - b.line)
		.map((fault) => ({ path, ...fault }));
}

/** Takes Markdown apart into command lines from fences, inline code, link targets and anchors. */
function parse(text) {
	const code = [];
	const prose = [];
	let fence;
	let unfinished;
	for (const [index, content] of text.split("\n").entries()) {
		const [, mark, language] = content.match(/^\s*(`{3,}|~{3,})\s*([\w-]*)/) ?? [];
		const closes = fence && mark?.startsWith(fence.mark) && content.trim() === mark;
		prose.push(fence || mark ? "" : content);
		if (closes) {
			fence = undefined;
		} else if (fence) {
			const command = commandLine(content, fence.language, unfinished !== undefined);
			if (command === undefined) continue;
			const whole = { line: unfinished?.line ?? index + 1, text: `${unfinished?.text ?? ""}${command}` };
			unfinished = command.endsWith("\\") ? { ...whole, text: whole.text.slice(0, -1) } : undefined;
			if (!unfinished) code.push(whole);
		} else if (mark) {
			fence = { mark, language };
		}
	}
	const words = prose.join("\n");
	const lineAt = (offset) => words.slice(0, offset).split("\n").length;
	const spans = [];
	const bare = words.replace(/(?<!`)(`+)(?!`)((?:(?!\n\s*\n)[\s\S])*?[^`])\1(?!`)/g, (span, _ticks, inside, offset) => {
		spans.push({ line: lineAt(offset), text: inside.replaceAll("\\|", "|") });
		return span.replace(/[^\n]/g, " ");
	});
	const links = [...bare.matchAll(LINK)].map((match) => ({
		line: lineAt(match.index),
		text: match.slice(1).find((target) => target !== undefined),
	}));
	return { code, spans, links, anchors: anchorsOf(words) };
}

function commandLine(content, language, continued) {
	if (language === "sh") return content.trimStart().startsWith("#") ? undefined : content;
	if (language === "console") return content.match(/^\s*\$ (.*)/)?.[1] ?? (continued ? content : undefined);
	return undefined;
}

/** The anchors GitHub makes of headings, and those written as `id="…"`. */
function anchorsOf(words) {
	const anchors = new Set([...words.matchAll(/\b(?:id|name)="([^"]+)"/g)].map((match) => match[1]));
	for (const [, heading] of words.matchAll(/^ {0,3}#{1,6}\s+(.*?)\s*#*$/gm)) {
		const slug = heading
			.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
			.toLowerCase()
			.replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, "")
			.replaceAll(" ", "-");
		let unique = slug;
		for (let count = 1; anchors.has(unique); count++) unique = `${slug}-${count}`;
		anchors.add(unique);
	}
	return anchors;
}

function linkFault(path, target, { root }) {
	if (/^([a-z][a-z0-9+.-]*:|\/\/)/i.test(target)) return undefined;
	const [file, anchor] = decodeURIComponent(target).split("#");
	const place = file === "" ? path : normalize(file.startsWith("/") ? file.slice(1) : join(dirname(path), file));
	if (!existsSync(join(root, place))) return `link to ${target}: ${place} does not exist`;
	if (!anchor || !place.endsWith(".md") || statSync(join(root, place)).isDirectory()) return undefined;
	const { anchors } = parse(readFileSync(join(root, place), "utf8"));
	return anchors.has(anchor) ? undefined : `link to ${target}: ${place} has no heading for #${anchor}`;
}

function codeFaults(path, text, tree) {
	return simpleCommands(text).flatMap((words) => {
		const faults = words.map((word) => pathFault(path, word, tree));
		return [...faults, npmFault(words, tree), shopfloorFault(words, tree)].filter((fault) => fault !== undefined);
	});
}

/** Splits a line as a shell would, near enough: into commands, each without comment and without what leads up to it. */
function simpleCommands(text) {
	const commands = [[]];
	for (const [word] of text.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+|["']/g)) {
		if (word.startsWith("#")) break;
		if (/^(&&|[|]{1,2}|;|&)$/.test(word)) commands.push([]);
		else commands.at(-1).push(word.replace(/;$/, ""));
		if (word.endsWith(";") && word !== ";") commands.push([]);
	}
	return commands.map((words) => words.slice(words.findIndex((word) => !BEFORE_A_COMMAND.test(word))));
}

/** A path is looked for from the root, and from the document's own folder upwards, where an example may have its own. */
function pathFault(path, word, { root, files }) {
	const name = word
		.replace(/^.*=/, "")
		.replace(/^["'([]+|["')\],;:.!?]+$/g, "")
		.replace(/(#L\d+(-L\d+)?|(:\d+)+)$/, "")
		.replace(/^[.]\//, "");
	if (name === "" || PLACEHOLDER.test(name) || !(FOLDERS.test(name) || ROOT_FILES.includes(name))) return undefined;
	const names = foldersAbove(path).map((folder) => join(folder, name));
	if (/[*?{]/.test(name))
		return names.some((glob) => files.some(matcher(glob))) ? undefined : `${name} matches no file`;
	return names.some((file) => existsSync(join(root, file))) ? undefined : `${name} does not exist`;
}

function foldersAbove(path) {
	const folder = dirname(path);
	return folder === "." ? ["."] : [folder, ...foldersAbove(folder)];
}

/** A glob also matches the folder in which a file lies. */
function matcher(glob) {
	const pattern = glob
		.replace(/[.+^$()|[\]\\]/g, "\\$&")
		.replace(/\{([^}]*)\}/g, (_, options) => `(${options.replaceAll(",", "|")})`)
		.replace(/[*][*]\/|[*][*]|[*]|[?]/g, (wild) => WILDCARDS[wild]);
	const whole = new RegExp(`^${pattern.replace(/\/$/, "")}(/|$)`);
	return (file) => whole.test(file);
}

function npmFault([program, ...rest], { scripts }) {
	if (program !== "npm") return undefined;
	const [verb, operand] = rest.filter((word) => !word.startsWith("-"));
	const script = NPM_SHORTHANDS.has(verb) ? verb : verb === "run" ? operand : undefined;
	if (script === undefined || PLACEHOLDER.test(script) || scripts.includes(script)) return undefined;
	return `npm ${rest.join(" ")}: package.json has no script "${script}"`;
}

function shopfloorFault(words, { commands }) {
	const [program, ...rest] = words[0] === "node" && words[1]?.endsWith("bin/shopfloor.mjs") ? words.slice(1) : words;
	if (!commands || !/(^|\/)shopfloor([.]mjs)?$/.test(program ?? "")) return undefined;
	const find = (path) => commands.find((command) => command.path.join(" ") === path.join(" "));
	const hasMore = (path) =>
		commands.some((command) => command.path.length > path.length && startsWith(command.path, path));
	let path = [];
	let flagsKnown = [...(find([])?.flags ?? []), "--help", "-h", "--version", "-V"];
	let before = "";
	for (const written of rest) {
		const word = written.replace(/[[\]]/g, "");
		if (word === "--") break;
		if (word.startsWith("-")) {
			const flag = word.replace(/=.*/, "");
			const known = flagsKnown.includes(flag) || (/^-\w./.test(flag) && flagsKnown.includes(flag.slice(0, 2)));
			if (!known && !PLACEHOLDER.test(flag)) return `${named(path)} has no flag ${flag}`;
		} else if (PLACEHOLDER.test(word)) {
			if (hasMore(path)) break; // Which of the subcommands follows, and so which flags, is left open.
		} else if (hasMore(path)) {
			const choices = word.split("|").map((choice) => [...path, choice]);
			const unknown = choices.find((choice) => !find(choice));
			const isValue = before.startsWith("-"); // The value of a flag may come between.
			if (unknown && !isValue && word !== "help") return `there is no command ${named(unknown)}`;
			if (!unknown) {
				path = choices[0];
				flagsKnown = [...flagsKnown, ...choices.flatMap((choice) => find(choice).flags)];
			}
		}
		before = word;
	}
	return undefined;
}

function startsWith(path, beginning) {
	return beginning.every((word, index) => path[index] === word);
}

function named(path) {
	return ["shopfloor", ...path].join(" ");
}
