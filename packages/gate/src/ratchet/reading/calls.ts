/** Calls that make a test or a suite, with their parts. */
import ts from "typescript";
import { type Aliases, type Chain, chainOf, suiteNames, testNames } from "./chain.ts";
import { constantOf, declarationsIn } from "./constant.ts";
import { bare } from "./syntax.ts";

export interface Call {
	readonly node: ts.CallExpression;
	readonly kind: "test" | "suite";
	readonly chain: Chain;
	readonly title: string;
	readonly options: ts.ObjectLiteralExpression | null;
	/** A number after the function: its time limit. */
	readonly limit: ts.Expression | null;
	readonly callback: ts.SignatureDeclaration | null;
}

const modifiers = ["skip", "only", "todo", "fails", "failing", "skipIf", "runIf", "if", "todoIf", "fixme", "slow"]
	.concat(["concurrent", "sequential", "shuffle", "each", "for", "serial", "parallel", "extend", "override", "scoped"])
	.concat(["describe", "suite", "context", "it", "test", "call", "apply", "bind", "failsIf", "?", "cb", "configure"]);

const makers = ["each", "for", "skipIf", "runIf", "if", "todoIf", "extend", "bind", "override", "scoped"];

export const skipSteps = ["skip", "todo", "fixme"];

export function testCall(node: ts.CallExpression, aliases: Aliases): Call | null {
	const chain = chainOf(node.expression, aliases);
	if (chain === null || !(testNames.includes(chain.root) || suiteNames.includes(chain.root))) return null;
	if (!chain.steps.every(({ name }) => modifiers.includes(name) || name === "()")) return null;
	const last = chain.steps.at(-1);
	if (last !== undefined && makers.includes(last.name) && last.args === undefined && last.table === undefined)
		return null;
	const kind = suiteNames.includes(chain.root) || chain.steps.some(({ name }) => suiteNames.includes(name));
	const isTest = !kind || chain.steps.some(({ name }) => name === "it" || name === "test");
	return callOf(node, chain, isTest ? "test" : "suite");
}

/** node:test's `t.test("…")`, where `t` was handed to the test around it. */
export function subtest(node: ts.CallExpression, contexts: ReadonlySet<string>, aliases: Aliases): Call | null {
	const chain = chainOf(node.expression, aliases);
	if (chain === null || !contexts.has(chain.root) || chain.steps[0]?.name !== "test") return null;
	return callOf(node, chain, "test");
}

function callOf(node: ts.CallExpression, chain: Chain, kind: Call["kind"]): Call | null {
	const viaCall = chain.steps.some(({ name }) => name === "call");
	const args = viaCall ? node.arguments.slice(1) : [...node.arguments];
	const functions = args.map((arg) => functionOf(arg));
	const at = functions.findIndex((found) => found !== null);
	const [first] = args;
	if (first === undefined) return null;
	// Without a function it may be anything, save what says that it is to be written.
	const marked = chain.steps.some(({ name }) => skipSteps.includes(name)) || chain.root.startsWith("x");
	if (at === -1 && !(ts.isStringLiteralLike(bare(first)) || ts.isTemplateExpression(bare(first)))) return null;
	if (at === -1 && !marked && args.length > 1 && kind === "test" && !args.slice(1).some(isNameOrOptions)) return null;
	const options = args.map((arg) => objectOf(arg)).find((found) => found !== null) ?? null;
	const after = at === -1 ? undefined : args[at + 1];
	return {
		node,
		kind,
		chain,
		title: titleOf(first, at === 0),
		options,
		// Behind the name of a function stands what is handed to it, as ava has it.
		limit: after === undefined || objectOf(after) !== null || isName(args[at]) ? null : after,
		callback: functions[at] ?? null,
	};
}

function isName(arg: ts.Expression | undefined): boolean {
	return arg !== undefined && ts.isIdentifier(bare(arg));
}

function isNameOrOptions(arg: ts.Expression): boolean {
	return ts.isIdentifier(bare(arg)) || ts.isObjectLiteralExpression(bare(arg)) || ts.isCallExpression(bare(arg));
}

function titleOf(first: ts.Expression, isFunction: boolean): string {
	const node = bare(first);
	if (isFunction) return (ts.isFunctionExpression(node) && node.name?.text) || "(no name)";
	const known = constantOf(node);
	if (typeof known?.value === "string") return known.value;
	if (ts.isTemplateExpression(node)) return node.getText().slice(1, -1);
	return node.getText();
}

export function functionOf(arg: ts.Expression): ts.SignatureDeclaration | null {
	const node = bare(arg);
	if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) return node;
	// `it("…", fakeAsync(() => {}))`, `it("…", Effect.gen(function* () {}))`
	if (ts.isCallExpression(node))
		return node.arguments.map((inner) => functionOf(inner)).find((found) => found !== null) ?? null;
	if (!ts.isIdentifier(node)) return null;
	const tree = node.getSourceFile();
	const [variable] = declarationsIn(tree).get(node.text) ?? [];
	if (variable?.initializer !== undefined && !ts.isIdentifier(variable.initializer))
		return functionOf(variable.initializer);
	const declared = tree.statements.find(
		(statement) => ts.isFunctionDeclaration(statement) && statement.name?.text === node.text,
	);
	return declared !== undefined && ts.isFunctionDeclaration(declared) ? declared : null;
}

function objectOf(arg: ts.Expression): ts.ObjectLiteralExpression | null {
	const node = bare(arg);
	if (ts.isObjectLiteralExpression(node)) return node;
	if (!ts.isIdentifier(node)) return null;
	const [variable] = declarationsIn(node.getSourceFile()).get(node.text) ?? [];
	const value = variable?.initializer && bare(variable.initializer);
	return value !== undefined && ts.isObjectLiteralExpression(value) ? value : null;
}

export function contextOf(callback: ts.SignatureDeclaration | null): string[] {
	const name = callback?.parameters[0]?.name;
	return name !== undefined && ts.isIdentifier(name) ? [name.text] : [];
}

export function bodyOf(callback: ts.SignatureDeclaration | null): ts.Node | null {
	return (callback as { readonly body?: ts.Node } | null)?.body ?? null;
}

export function optionOf({ options }: Call, name: string): ts.Expression | undefined {
	return (options && property(options, name)) ?? undefined;
}

export function property(object: ts.ObjectLiteralExpression, name: string): ts.Expression | null {
	for (const part of object.properties) {
		if (ts.isPropertyAssignment(part) && part.name.getText().replace(/^["']|["']$/g, "") === name)
			return part.initializer;
		if (ts.isShorthandPropertyAssignment(part) && part.name.text === name) return part.name;
	}
	return null;
}
