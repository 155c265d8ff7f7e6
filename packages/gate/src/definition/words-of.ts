/** Files that the checks' own commands name: scripts, configuration, what is loaded before. */
import { hasTests } from "../checks/check.ts";
import { commandOf } from "../checks/command.ts";
import type { GateDefinition } from "./gate-definition.ts";
import type { Manifest } from "./manifests-of.ts";
import type { Role } from "./named.ts";

interface Word {
	readonly text: string;
	readonly role: Role;
	/** Whether it is a value of an option; any other word names a file only as it is written. */
	readonly isValue: boolean;
	/** A test that a command names stays one. */
	readonly mayBeTest: boolean;
}

type Check = GateDefinition["checks"][number];

export function wordsOf({ checks }: Pick<GateDefinition, "checks">, manifests: readonly Manifest[]): Word[] {
	return checks.flatMap((check) => {
		const words = allWords(check, manifests);
		return words.flatMap((word, index) => readWord(word, words[index - 1] ?? "", check));
	});
}

/** Whether node's own runner looks for tests by itself. */
export function runsNode({ checks }: Pick<GateDefinition, "checks">, manifests: readonly Manifest[]): boolean {
	return checks.some((check) => {
		const words = allWords(check, manifests);
		return words.some((word) => /(^|\/)node$/.test(word)) && words.includes("--test");
	});
}

/** `node --run test`, `bun run test`: also what the script of that name says, and those around it. A shell reads it. */
function allWords({ run }: Check, manifests: readonly Manifest[]): readonly string[] {
	const command = commandOf(run);
	const words = command.kind === "words" ? command.words : [];
	if (!words.some((word) => /^(--run(=.*)?|run|bun)$/.test(word))) return words;
	const names = words.map((word) => word.replace(/^--run=/, "")).flatMap((word) => [word, `pre${word}`, `post${word}`]);
	const said = manifests.flatMap(({ scripts }) => names.flatMap((name) => scripts[name] ?? []));
	return [...words, ...said.flatMap(shellWords)];
}

/** Whatever a shell makes of them, what names a file is among them. */
function shellWords(text: string): string[] {
	return text.split(/[\s;&|()<>"'`$={}]+/).filter((word) => word !== "");
}

/** `--config=x` names the same as `--config x`. */
function readWord(word: string, before: string, check: Check): Word[] {
	const [, own, value] = /^(-[^=]*)=(.+)$/.exec(word) ?? [];
	const text = value ?? word;
	if (text === "" || text.startsWith("-")) return [];
	const option = own ?? (before.startsWith("-") ? before : "");
	const role = roleOf(text, option, check);
	return [{ text, role, isValue: role !== "setup" || beforeTests.test(option), mayBeTest: hasTests(check) }];
}

function roleOf(text: string, option: string, { reports }: Check): Role {
	if (reports === "tsc" && (/\.jsonc?$/.test(text) || /^(-p|--project|-b|--build)$/.test(option))) return "compiler";
	return inTheRunner.test(option) ? "runner" : "setup";
}

const inTheRunner =
	/^(-c|--config|--workspace|--reporters?|--test-reporter|--preset|--resolver|--transform|--plugins?)$/;
const beforeTests = /^(-r|--require|--import|--loader|--experimental-loader|--setupFiles\w*|--globalSetup|--env-file)$/;
