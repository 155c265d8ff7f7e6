/**
 * What a call calls, through the names a file gives to things: `it.skip`, `it["skip"]`, `const later = it.skip`,
 * `import { it as check }`, `(0, it.skip)`, `fast ? it : it.skip` are all ways to say the same.
 */
import ts from "typescript";
import { constantOf } from "./constant.ts";
import { isInSourceApi } from "./in-source.ts";
import { bare, nodesOf } from "./syntax.ts";

export interface Chain {
	/** The name it begins with, as the library calls it; "this" for a context of mocha's. */
	readonly root: string;
	readonly steps: readonly Step[];
}

interface Step {
	/** "?" where it is computed. */
	readonly name: string;
	/** Where the step is called, as in `each([1, 2])`. */
	readonly args?: readonly ts.Expression[];
	readonly table?: ts.TemplateLiteral;
	/** It is taken only under a condition. */
	readonly condition?: string;
}

export const testNames = ["it", "test", "specify", "xit", "xtest", "xspecify", "fit", "ftest", "fspecify", "pit"];
export const suiteNames = ["describe", "suite", "context"]
	.concat(["xdescribe", "xsuite", "xcontext"])
	.concat(["fdescribe", "fsuite", "fcontext"]);
export const hookNames = ["before", "after", "beforeAll", "afterAll", "beforeEach", "afterEach"]
	.concat(["setup", "teardown", "suiteSetup", "suiteTeardown"])
	.concat(["aroundEach", "aroundAll", "onTestFinished", "onTestFailed"]);
const expectNames = ["expect", "assert", "expectTypeOf", "assertType", "should"];

export function chainOf(expression: ts.Expression, aliases: Aliases): Chain | null {
	const node = bare(expression);
	if (ts.isIdentifier(node)) return aliases.get(node.text) ?? { root: node.text, steps: [] };
	if (node.kind === ts.SyntaxKind.ThisKeyword) return { root: "this", steps: [] };
	if (isInSourceApi(node)) return { root: everything, steps: [] };
	if (ts.isPropertyAccessExpression(node)) return extended(chainOf(node.expression, aliases), { name: node.name.text });
	if (ts.isElementAccessExpression(node))
		return extended(chainOf(node.expression, aliases), computedStep(node.argumentExpression));
	if (ts.isCallExpression(node)) return called(chainOf(node.expression, aliases), { args: [...node.arguments] });
	if (ts.isTaggedTemplateExpression(node)) return called(chainOf(node.tag, aliases), { table: node.template });
	if (ts.isConditionalExpression(node))
		return either(chainOf(node.whenTrue, aliases), chainOf(node.whenFalse, aliases), node.condition);
	if (ts.isBinaryExpression(node)) return either(chainOf(node.left, aliases), chainOf(node.right, aliases), node.left);
	return null;
}

/** Names of a file that stand for something of the test library. */
export type Aliases = ReadonlyMap<string, Chain>;

export function aliasesOf(tree: ts.SourceFile): Aliases {
	const known = kept.get(tree);
	if (known !== undefined) return known;
	const aliases = new Map<string, Chain>();
	kept.set(tree, aliases);
	for (const node of nodesOf(tree)) {
		if (ts.isImportDeclaration(node)) addImport(node, aliases);
		else if (ts.isVariableDeclaration(node) && node.initializer !== undefined)
			addNames(node.name, node.initializer, aliases);
		else if (
			ts.isBinaryExpression(node) &&
			node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
			ts.isIdentifier(node.left)
		)
			addNames(node.left, node.right, aliases);
	}
	return aliases;
}

const kept = new WeakMap<ts.SourceFile, Aliases>();

function isOfTests(chain: Chain | null): chain is Chain {
	return (
		chain !== null &&
		(testNames.includes(chain.root) || suiteNames.includes(chain.root) || expectNames.includes(chain.root))
	);
}

const testLibraries =
	/^(?:vitest|@jest\/globals|node:test|test|mocha|bun:test|ava|tap|tape|uvu|@playwright\/test|vite-plus\/test)$/;
const assertLibraries = /^(?:(?:node:)?assert(?:\/strict)?|chai|power-assert|uvu\/assert|should)$/;

function addImport(node: ts.ImportDeclaration, aliases: Map<string, Chain>): void {
	const from = ts.isStringLiteral(node.moduleSpecifier) ? node.moduleSpecifier.text : "";
	const { name, namedBindings } = node.importClause ?? {};
	const library = testLibraries.test(from) ? "test" : assertLibraries.test(from) ? "assert" : undefined;
	if (name !== undefined && library !== undefined) aliases.set(name.text, { root: library, steps: [] });
	if (namedBindings === undefined) return;
	if (ts.isNamespaceImport(namedBindings)) {
		if (library === "assert") aliases.set(namedBindings.name.text, { root: "assert", steps: [] });
		else if (library === "test") aliases.set(namedBindings.name.text, { root: everything, steps: [] });
		return;
	}
	for (const element of namedBindings.elements) {
		const original = (element.propertyName ?? element.name).text;
		const chain = imported(original, library);
		if (chain !== null) aliases.set(element.name.text, chain);
	}
}

function imported(name: string, library: "test" | "assert" | undefined): Chain | null {
	if (library === "test" && ["skip", "only", "todo"].includes(name)) return { root: "test", steps: [{ name }] };
	if (library === "assert")
		return ["assert", "strict", "default", "ok"].includes(name)
			? { root: "assert", steps: [] }
			: name === "expect"
				? { root: "expect", steps: [] }
				: { root: "assert", steps: [{ name }] };
	return isOfTests({ root: name, steps: [] }) || hookNames.includes(name) ? { root: name, steps: [] } : null;
}

/** Stands for the namespace of a test library, whose members are its functions. */
const everything = "*";

function addNames(name: ts.BindingName, value: ts.Expression, aliases: Map<string, Chain>): void {
	const chain = required(value) ?? chainOf(value, aliases);
	if (ts.isIdentifier(name)) {
		// `const result = it.each(…)` is one; `const result = test("…", fn)` and `const x = expect(y).not` are none.
		if (chain !== null && (chain.root === everything || isFunctionOfTests(chain))) aliases.set(name.text, chain);
		return;
	}
	if (!ts.isObjectBindingPattern(name) || chain === null) return;
	for (const element of name.elements) {
		if (!ts.isIdentifier(element.name)) continue;
		const original = element.propertyName ?? element.name;
		const member = extended(chain, { name: ts.isIdentifier(original) ? original.text : "?" });
		if (member !== null && isFunctionOfTests(member)) aliases.set(element.name.text, member);
	}
}

/** `require("vitest")`, or an import that is waited for; also by a `require` that was made, or from the process. */
function required(value: ts.Expression): Chain | null {
	const node = bare(ts.isAwaitExpression(value) ? value.expression : value);
	if (!ts.isCallExpression(node)) return null;
	const [first] = node.arguments;
	if (first === undefined || !ts.isStringLiteralLike(first)) return null;
	if (!isLoad(node.expression)) return null;
	if (assertLibraries.test(first.text)) return { root: "assert", steps: [] };
	return testLibraries.test(first.text) ? { root: everything, steps: [] } : null;
}

export function isLoad(callee: ts.Expression): boolean {
	if (callee.kind === ts.SyntaxKind.ImportKeyword) return true;
	return /^(?:[\w.]*\brequire|(?:module\.)?createRequire\(.*\)|(?:globalThis\.)?process\.getBuiltinModule)$/s.test(
		callee.getText(),
	);
}

function isFunctionOfTests(chain: Chain): boolean {
	if (chain.root.startsWith("assert")) return chain.steps.every(({ args }) => args === undefined);
	const makesFunctions = ["each", "for", "skipIf", "runIf", "extend", "bind", "if", "todoIf", "override", "scoped"];
	return (
		(testNames.includes(chain.root) || suiteNames.includes(chain.root) || chain.root === "expect") &&
		chain.steps.every(({ name, args }) => args === undefined || makesFunctions.includes(name))
	);
}

function extended(chain: Chain | null, step: Step): Chain | null {
	if (chain === null) return null;
	if (["globalThis", "global", "window", everything].includes(chain.root) && chain.steps.length === 0)
		return { root: step.name === "default" ? "test" : step.name, steps: [] };
	if (chain.root === "assert" && step.name === "expect") return { root: "expect", steps: [] };
	// `node:test` has `test.test`, `test.it`, and `assert.strict` is `assert`.
	if (chain.root === "assert" && ["strict", "assert"].includes(step.name)) return chain;
	return { root: chain.root, steps: [...chain.steps, step] };
}

function called(chain: Chain | null, how: Pick<Step, "args" | "table">): Chain | null {
	if (chain === null) return null;
	const last = chain.steps.at(-1);
	if (last === undefined) return { root: chain.root, steps: [{ name: "()", ...how }] };
	if (last.args !== undefined || last.table !== undefined)
		return { root: chain.root, steps: [...chain.steps, { name: "()", ...how }] };
	return { root: chain.root, steps: [...chain.steps.slice(0, -1), { ...last, ...how }] };
}

function computedStep(argument: ts.Expression): Step {
	const known = constantOf(argument);
	if (typeof known?.value === "string") return { name: known.value };
	const node = bare(argument);
	if (!ts.isConditionalExpression(node)) return { name: "?", condition: node.getText() };
	const names = [node.whenTrue, node.whenFalse].map((branch) => String(constantOf(branch)?.value ?? "?"));
	return { name: names.find(isMark) ?? "?", condition: node.condition.getText() };
}

function either(one: Chain | null, other: Chain | null, condition: ts.Expression): Chain | null {
	const [first, second] = [one, other].map((chain) => (isOfTests(chain) ? chain : null));
	const marked = [first, second].find((chain) => chain?.steps.some(({ name }) => isMark(name)) ?? false);
	if (marked === undefined || marked === null) return first ?? second ?? null;
	const steps = marked.steps.map((step) => (isMark(step.name) ? { ...step, condition: condition.getText() } : step));
	return { root: marked.root, steps };
}

function isMark(name: string): boolean {
	return ["skip", "only", "todo", "fails", "failing", "fixme"].includes(name);
}
