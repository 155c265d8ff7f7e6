/**
 * Which files of a base decide how it is measured, beyond those that are called so: what its configuration names (setup
 * files, reporters, what a tsconfig extends), and what the checks' own commands run. Read from the base, so that no branch
 * can take a file out by calling it something else.
 *
 * What such a file imports is part of it where it lies beside it or among the tests. Anything further away is more likely
 * what is measured: a plugin's own source, say, which its configuration uses. Laid over with the base's, a change of it
 * would not be measured at all.
 */
import { posix } from "node:path";
import ts from "typescript";
import { commandOf } from "../checks/command.ts";
import type { Git } from "../git/git.ts";
import { listTree } from "../git/objects.ts";
import { fileKinds } from "../ratchet/file-kinds.ts";
import type { GateDefinition } from "./gate-definition.ts";

/** Paths, beside those that `fileKinds` knows by their names. */
export async function stickOf(git: Git, base: string, definition: GateDefinition): Promise<ReadonlySet<string>> {
	const files = new Map(
		(await listTree(git, base)).filter(({ type }) => type === "blob").map(({ path, id }) => [path, id]),
	);
	const read = async (path: string) => (await git.bytes(["cat-file", "blob", files.get(path) ?? ""])).toString("utf8");
	const { isMeasuringStick, isTest } = fileKinds(definition);
	const stick = new Set<string>();
	const open: { path: string; isConfiguration: boolean }[] = [...files.keys()]
		.filter((path) => isMeasuringStick(path) && isReadable(path))
		.map((path) => ({ path, isConfiguration: true }));
	for (const word of definition.checks.flatMap(wordsOf)) add(resolved("", word, files));
	for (const { path, isConfiguration } of open) {
		if (stick.size > stickMax) break;
		const folder = posix.dirname(path);
		const { named, imported } = namesIn(path, await read(path), isConfiguration);
		for (const specifier of named) add(resolved(folder, specifier, files));
		for (const specifier of imported) {
			const file = /^\.{1,2}\//.test(specifier) ? resolved(folder, specifier, files) : undefined;
			if (file !== undefined && (posix.dirname(file) === folder || isTest(file))) add(file);
		}
	}
	return stick;

	function add(path: string | undefined): void {
		if (path === undefined || stick.has(path) || isMeasuringStick(path)) return;
		stick.add(path);
		if (isReadable(path)) open.push({ path, isConfiguration: /\.jsonc?$/.test(path) });
	}
}

/** A configuration that reaches further than this is the program itself. */
const stickMax = 200;

function wordsOf({ run }: GateDefinition["checks"][number]): readonly string[] {
	const command = commandOf(run);
	return command.kind === "words" ? command.words.filter((word) => !word.startsWith("-")) : [];
}

function isReadable(path: string): boolean {
	return (
		/\.([cm]?[jt]sx?|json|jsonc)$|(^|\/)\.(mocha|swc|babel)rc$/.test(path) &&
		!/(^|\/)(package-lock|npm-shrinkwrap)\.json$/.test(path)
	);
}

interface Names {
	/** Under keys of a configuration that are about tests. */
	readonly named: readonly string[];
	readonly imported: readonly string[];
}

function namesIn(path: string, text: string, isConfiguration: boolean): Names {
	const named: string[] = [];
	const imported: string[] = [];
	if (text.length > textMax) return { named, imported };
	const kind = /json|rc$/.test(path) ? ts.ScriptKind.JSON : undefined;
	const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false, kind);
	visit(source);
	return { named, imported };

	function visit(node: ts.Node): void {
		if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier !== undefined)
			texts(node.moduleSpecifier, imported);
		else if (ts.isCallExpression(node) && isLoad(node.expression))
			for (const argument of node.arguments) texts(argument, imported);
		else if (isConfiguration && ts.isPropertyAssignment(node) && keys.has(nameOf(node.name)))
			texts(node.initializer, named);
		ts.forEachChild(node, visit);
	}

	function texts(node: ts.Node, into: string[]): void {
		if (ts.isStringLiteralLike(node)) into.push(node.text);
		ts.forEachChild(node, (child) => texts(child, into));
	}
}

const textMax = 1024 * 1024;

function isLoad(callee: ts.Expression): boolean {
	return callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === "require");
}

function nameOf(name: ts.PropertyName): string {
	return ts.isIdentifier(name) || ts.isStringLiteralLike(name) ? name.text : "";
}

/** Of vitest, jest, mocha, ava and tsc. */
const keys = new Set([
	...["setupFiles", "setupFilesAfterEnv", "globalSetup", "globalTeardown", "environment", "testEnvironment", "runner"],
	...[
		"testRunner",
		"reporters",
		"snapshotSerializers",
		"sequencer",
		"testSequencer",
		"provider",
		"customProviderModule",
	],
	...["resolver", "transform", "preset", "require", "import", "loader", "file", "extends"],
]);

/** As configuration writes it: beside the file, or from the top, with or without its ending. */
function resolved(folder: string, specifier: string, files: ReadonlyMap<string, string>): string | undefined {
	const plain = specifier.replace(/^<rootDir>\//, "").replace(/^file:\/\//, "");
	if (plain === "" || plain.startsWith("/")) return undefined;
	const places = [posix.join(folder, plain), posix.normalize(plain)].filter((path) => !path.startsWith(".."));
	return places.flatMap((path) => endings.map((ending) => `${path}${ending}`)).find((path) => files.has(path));
}

const endings = [
	"",
	".ts",
	".js",
	".mts",
	".mjs",
	".cts",
	".cjs",
	".tsx",
	".jsx",
	".json",
	"/index.ts",
	"/index.js",
	"/tsconfig.json",
];
