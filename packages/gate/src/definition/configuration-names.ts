/** What a file of the measuring stick names: files under its keys, and modules that it loads. */
import ts from "typescript";
import type { Named, Role } from "./named.ts";
import { isShell, namesInLines, namesInShell } from "./names-in-lines.ts";

export interface NamesIn {
	/** Under keys of a configuration that are about measuring. */
	readonly named: readonly Named[];
	readonly imported: readonly string[];
}

export function namesIn(path: string, text: string, role: Role): NamesIn {
	if (isShell(path, text)) return { named: namesInShell(text), imported: [] };
	if (/\.(ya?ml|toml)$/.test(path)) return { named: namesInLines(text, (key) => leadsTo(key, "runner")), imported: [] };
	const named: Named[] = [];
	const imported: string[] = [];
	const isData = /\.jsonc?$|rc$/.test(path);
	const source = ts.createSourceFile(
		path,
		text,
		ts.ScriptTarget.Latest,
		false,
		isData ? ts.ScriptKind.JSON : undefined,
	);
	visit(source, role !== "manifest");
	// A list of projects has no key.
	if (/(^|\/)[\w-]+\.(workspace|projects)\.\w+$/.test(path))
		addFiles(source, false, (one) => named.push({ text: one, role: "runner", isPattern: true }));
	return { named, imported };

	function visit(node: ts.Node, isInside: boolean): void {
		if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier !== undefined)
			addTexts(node.moduleSpecifier, (specifier) => imported.push(specifier));
		else if (ts.isImportEqualsDeclaration(node)) addTexts(node, (specifier) => imported.push(specifier));
		else if (ts.isCallExpression(node) && isLoad(node.expression))
			for (const argument of node.arguments) addTexts(argument, (specifier) => imported.push(specifier));
		const key = ts.isPropertyAssignment(node) ? nameOf(node.name) : "";
		const leads = isInside && role !== "setup" ? leadsTo(key, role) : undefined;
		if (leads !== undefined && ts.isPropertyAssignment(node))
			addFiles(node.initializer, key === "transform", (one) =>
				named.push({
					text: one.replace(/^-[^=]*=/, ""),
					role: leads,
					isPattern: key === "projects" || key === "workspace",
				}),
			);
		ts.forEachChild(node, (child) => visit(child, isInside || sections.has(key)));
	}
}

/** Programs that a manifest configures. Under its other keys stands where the package's own code lies. */
const sections: ReadonlySet<string> = new Set([
	...["jest", "vitest", "mocha", "ava", "tap", "c8", "nyc", "babel", "postcss", "stylelint", "eslintConfig", "stryker"],
]);

/** Undefined for a key under which no file is named that measures. */
function leadsTo(key: string, role: Role): Role | undefined {
	if (role === "compiler") {
		if (key === "extends" || key === "path") return "compiler";
		// Of a compiler that was taught to run plugins.
		return key === "transform" ? "runner" : undefined;
	}
	if (beforeTests.has(key)) return "setup";
	return inTheRunner.has(key) ? "runner" : undefined;
}

/** Of vitest, jest, mocha and ava: run with the tests, and often with the product. */
const beforeTests: ReadonlySet<string> = new Set([
	...["setupFiles", "setupFilesAfterEnv", "globalSetup", "globalTeardown", "environment", "testEnvironment"],
	...["runner", "testRunner", "snapshotSerializers", "snapshotEnvironment", "snapshotResolver", "diff", "preload"],
	...["require", "import", "file", "loader", "execArgv", "nodeArguments", "nodeOptions", "node-option"],
]);

/** Run where the result is told, or where every file is turned into what is run. */
const inTheRunner: ReadonlySet<string> = new Set([
	...["reporters", "sequencer", "testSequencer", "provider", "customProviderModule", "testResultsProcessor"],
	...["resolver", "transform", "preset", "presets", "plugins", "parser", "processors", "extends", "watchPlugins"],
	...["config", "configFile", "projects", "workspace", "postcss", "globalsFile", "dependencyExtractor", "hasteImpl"],
]);

function isLoad(callee: ts.Expression): boolean {
	if (callee.kind === ts.SyntaxKind.ImportKeyword) return true;
	const name = calleeName(callee);
	return name !== undefined && loads.has(name);
}

/** What a configuration reads decides as much as what it imports. */
const loads: ReadonlySet<string> = new Set([
	...["require", "readFile", "readFileSync", "readJson", "readJsonSync", "loadConfigFromFile", "tsImport"],
]);

function addTexts(node: ts.Node, add: (text: string) => void): void {
	if (ts.isStringLiteralLike(node)) add(node.text);
	ts.forEachChild(node, (child) => addTexts(child, add));
}

/** Not what is said to a plugin or set for a project: there a name may be of anything. */
function addFiles(node: ts.Node, isMap: boolean, add: (text: string) => void): void {
	if (ts.isStringLiteralLike(node)) add(node.text);
	if (ts.isObjectLiteralExpression(node) && !isMap) return;
	if ((ts.isCallExpression(node) || ts.isNewExpression(node)) && !ofPaths.has(calleeName(node.expression) ?? ""))
		return;
	// Of a map, what it leads to.
	const parts = ts.isPropertyAssignment(node) ? [node.initializer] : childrenOf(node);
	for (const part of parts) addFiles(part, isMap, add);
}

function childrenOf(node: ts.Node): readonly ts.Node[] {
	const children: ts.Node[] = [];
	ts.forEachChild(node, (child) => {
		children.push(child);
	});
	return children;
}

const ofPaths: ReadonlySet<string> = new Set([
	...["resolve", "join", "fileURLToPath", "URL", "require", "defineWorkspace", "defineConfig"],
]);

function calleeName(callee: ts.Expression): string | undefined {
	const name = ts.isPropertyAccessExpression(callee) ? callee.name : callee;
	return ts.isIdentifier(name) ? name.text : undefined;
}

function nameOf(name: ts.PropertyName): string {
	return ts.isIdentifier(name) || ts.isStringLiteralLike(name) ? name.text : "";
}
