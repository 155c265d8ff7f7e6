/** The words of a check's command. No shell reads it: what only a shell could do is refused, with what to write instead. */
import { join, resolve } from "node:path";
import { findProgram, type Program } from "@shopfloor/core/io";

export type Command =
	| { readonly kind: "words"; readonly words: readonly [string, ...string[]] }
	| { readonly kind: "refused"; readonly why: string };

/** Pure. Quotes keep words together, as people expect; nothing else has a meaning. */
export function commandOf(run: string | readonly string[]): Command {
	const split = typeof run === "string" ? splitWords(run) : run;
	if (typeof split === "string") return refused(split);
	const [program, ...args] = split;
	if (program === undefined || program === "") return refused("it is empty");
	if (runners.has(program))
		return refused(
			`${program} runs scripts and settings of the tree. Name the program itself: "vitest run", not "npm test"`,
		);
	if (/^\w+=/.test(program)) return refused(`${program} is a shell's way to set a variable`);
	return { kind: "words", words: [program, ...args] };

	function refused(why: string): Command {
		return { kind: "refused", why: `the command ${JSON.stringify(run)} cannot be run: ${why}` };
	}
}

/** A folder of dependencies: where it lies, and where the program will find it. */
export interface Dependencies {
	readonly from: string;
	readonly to: string;
}

/** A program of the dependencies goes before one of the machine. The path is the one by which the program is called. */
export function locate(name: string, tree: string, folders: readonly Dependencies[], path: string): Program {
	if (name === "node") return { kind: "found", path: process.execPath };
	if (name.includes("/")) return findProgram(resolve(tree, name), undefined);
	for (const { from, to } of folders)
		if (findProgram(join(from, ".bin", name), undefined).kind === "found")
			return { kind: "found", path: join(to, ".bin", name) };
	const found = findProgram(name, path);
	return found.kind === "found"
		? found
		: { kind: "missing", why: `there is no program ${name}, neither in the dependencies nor on the machine` };
}

/** Each reads files of the tree that say what else to run. */
const runners = new Set(["npx", "npm", "pnpm", "pnpx", "yarn", "bunx", "corepack"]);

/** The words, or what is wrong. */
function splitWords(text: string): string[] | string {
	const words: string[] = [];
	let word: string | undefined;
	for (let at = 0; at < text.length; at++) {
		const sign = text[at] as string;
		if (sign === '"' || sign === "'") {
			const end = text.indexOf(sign, at + 1);
			if (end < 0) return `a ${sign} is never closed`;
			word = (word ?? "") + text.slice(at + 1, end);
			at = end;
		} else if (/\s/.test(sign)) {
			if (word !== undefined) words.push(word);
			word = undefined;
		} else if (shellSigns.includes(sign))
			return `${sign} means something to a shell only, and none reads it. Make two checks of two commands; put a word in quotes to keep it as it is; give the command as a list of words`;
		else word = (word ?? "") + sign;
	}
	if (word !== undefined) words.push(word);
	return words;
}

const shellSigns = "|&;<>()$`\\*?~!";
