/**
 * What a failing test says: which function it calls, with what, and what it expected to get. All is read from the text
 * of the test file; it is never run. Where the test cannot be found or calls several functions, nothing is said.
 */
import { join } from "node:path";
import ts from "typescript";
import type { FactTest } from "../facts.ts";
import { ancestor, descendants } from "../fixes/nodes.ts";
import type { Language } from "../language/language.ts";

export interface Lead {
	readonly test: FactTest;
	/** The file and the name of the function that the test calls. */
	readonly path: string;
	readonly name: string;
	/** The one call in the test, whose value is compared with what is expected. */
	readonly call: ts.CallExpression;
	/** As the message has it; undefined where it does not say. */
	readonly received: string | undefined;
	readonly expected: string | undefined;
}

export type LeadRead = Lead | { readonly left: string };

export function leadOf(test: FactTest, language: Language): LeadRead {
	const path = join(language.root, test.file);
	const text = language.disk.read(path)?.text;
	if (text === undefined) return { left: `there is no test file ${test.file}` };
	const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
	const body = bodyOf(source, test.name);
	if (body === undefined) return { left: `${test.file} has no one test named "${test.name}"` };
	const called = importedCalls(source, body);
	const [first, ...more] = called;
	if (first === undefined || more.length > 0)
		return { left: "the test does not call one function of the project, and once" };
	if (!isCompared(first.call)) return { left: "the test compares something else than what the function gives" };
	const target = targetOf(first.from, path, language);
	if (target === undefined) return { left: `${first.from} is no file of the project` };
	return {
		test,
		path: target,
		name: first.name,
		call: first.call,
		...sidesOf(test.message ?? ""),
	};
}

export function isLead(read: LeadRead): read is Lead {
	return !("left" in read);
}

/** The functions of the tests whose whole name this is; names of groups stand before it. */
function bodyOf(source: ts.SourceFile, fullName: string): ts.Node | undefined {
	const named = descendants(source, ts.isCallExpression).filter((call) => {
		const [name, body] = call.arguments;
		if (name === undefined || body === undefined || !ts.isStringLiteralLike(name) || !ts.isFunctionLike(body))
			return false;
		return (
			/^(it|test)\b/.test(call.expression.getText()) && wholeName(call, name.text) === fullName.replaceAll(" > ", " ")
		);
	});
	return named.length === 1 ? named[0]?.arguments[1] : undefined;
}

function wholeName(call: ts.Node, name: string): string {
	const group = ancestor(
		call.parent,
		(node): node is ts.CallExpression =>
			ts.isCallExpression(node) && /^(describe|suite)\b/.test(node.expression.getText()),
	);
	const [title] = group?.arguments ?? [];
	return group !== undefined && title !== undefined && ts.isStringLiteralLike(title)
		? `${wholeName(group, title.text)} ${name}`
		: name;
}

function importedCalls(source: ts.SourceFile, body: ts.Node) {
	const from = new Map<string, { readonly name: string; readonly from: string }>();
	for (const statement of source.statements) {
		if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
		const bindings = statement.importClause?.namedBindings;
		if (!statement.moduleSpecifier.text.startsWith(".") || bindings === undefined || !ts.isNamedImports(bindings))
			continue;
		for (const { name, propertyName } of bindings.elements)
			from.set(name.text, { name: (propertyName ?? name).text, from: statement.moduleSpecifier.text });
	}
	return descendants(body, ts.isCallExpression).flatMap((call) => {
		const origin = ts.isIdentifier(call.expression) ? from.get(call.expression.text) : undefined;
		return origin === undefined ? [] : [{ ...origin, call }];
	});
}

/** `expect(call)`, `assert.equal(call, …)`, also with an `await` before it. */
function isCompared(call: ts.CallExpression): boolean {
	const value = ts.isAwaitExpression(call.parent) ? call.parent : call;
	const { parent } = value;
	return (
		ts.isCallExpression(parent) &&
		parent.arguments[0] === value &&
		/^(expect$|assert\b)/.test(parent.expression.getText())
	);
}

function targetOf(specifier: string, from: string, language: Language): string | undefined {
	const bare = join(from, "..", specifier).replace(/\.[cm]?[jt]sx?$/, "");
	const found = language.files.filter(
		(file) => file.replace(/\.[cm]?tsx?$/, "") === bare || file.replace(/\/index\.[cm]?tsx?$/, "") === bare,
	);
	return found.length === 1 ? found[0] : undefined;
}

/** In the words of vitest, of Node's assert and of Jest. */
function sidesOf(message: string): Pick<Lead, "received" | "expected"> {
	for (const pattern of patterns) {
		const { received, expected } = pattern.exec(message)?.groups ?? {};
		if (received !== undefined && expected !== undefined)
			return { received: plain(received), expected: plain(expected) };
	}
	return { received: undefined, expected: undefined };
}

const patterns = [
	/expected (?<received>.+?) to (?:be|equal|deeply equal|strictly equal) (?<expected>.+?)(?: \/\/ Object\.is equality)?$/m,
	/^(?<received>.+?) !== (?<expected>.+?)$/m,
	/^\s*Expected: (?<expected>.+?)\n\s*Received: (?<received>.+?)$/m,
];

/** Quotes are the runners' own, and so is the sign of a zero. */
function plain(value: string): string {
	const text = value.trim().replace(/^\+0$/, "0");
	return /^'[^'"\\]*'$/.test(text) ? `"${text.slice(1, -1)}"` : text;
}
