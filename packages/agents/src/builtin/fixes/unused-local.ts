/**
 * What a file declares for itself and nobody uses goes. What happens while it gets its value still happens: of
 * `const answer = ask();` the call stays.
 */
import ts from "typescript";
import type { Fix, Left, Place, Proposal } from "./fix.ts";
import { ancestor, isExported, isQuiet, lineSpan } from "./nodes.ts";
import { unlessUseIsUnknown } from "./unknown-names.ts";

export const unusedLocal: Fix = { name: "unused-local", codes: [6133, 6196, 6198], api: "same", propose };

function propose(place: Place): Proposal | Left | undefined {
	const declaration = declarationAt(place);
	if (declaration === undefined || isExported(declaration)) return undefined;
	const unknown = unlessUseIsUnknown(place);
	if (unknown !== undefined) return unknown;
	if (ts.isVariableDeclaration(declaration)) return variable(declaration, place);
	if (ts.isBindingElement(declaration)) return element(declaration);
	if (ts.isClassDeclaration(declaration)) return { left: "an unused class may do something when it is declared" };
	return removed(declaration, place);
}

type Declared =
	| ts.VariableDeclaration
	| ts.BindingElement
	| ts.FunctionDeclaration
	| ts.ClassDeclaration
	| ts.InterfaceDeclaration
	| ts.TypeAliasDeclaration;

/** The compiler points at its name, at the whole statement, or at all that a pattern takes apart. */
function declarationAt({ node, problem }: Place): Declared | undefined {
	if (ts.isVariableStatement(node) || ts.isVariableDeclarationList(node)) {
		const list = ts.isVariableStatement(node) ? node.declarationList : node;
		return list.declarations.length === 1 ? list.declarations[0] : undefined;
	}
	const pattern = ancestor(node, ts.isObjectBindingPattern) ?? ancestor(node, ts.isArrayBindingPattern);
	if (problem.code === 6198 && pattern !== undefined)
		return ts.isVariableDeclaration(pattern.parent) ? pattern.parent : undefined;
	const { parent } = node;
	if (isDeclared(node)) return node;
	return isDeclared(parent) && parent.name === node ? parent : undefined;
}

function isDeclared(node: ts.Node): node is Declared {
	return (
		ts.isVariableDeclaration(node) ||
		ts.isBindingElement(node) ||
		ts.isFunctionDeclaration(node) ||
		ts.isClassDeclaration(node) ||
		ts.isInterfaceDeclaration(node) ||
		ts.isTypeAliasDeclaration(node)
	);
}

function variable(declaration: ts.VariableDeclaration, place: Place): Proposal | Left | undefined {
	const statement = declaration.parent.parent;
	const list = declaration.parent;
	if (!ts.isVariableStatement(statement) || !ts.isVariableDeclarationList(list)) return undefined;
	if (list.declarations.length > 1) return { left: "it is declared together with others" };
	if (list.flags & ts.NodeFlags.Using) return { left: "it is declared for what happens when it goes away" };
	const { initializer } = declaration;
	if (initializer === undefined || (isQuiet(initializer) && ts.isIdentifier(declaration.name)))
		return removed(statement, place);
	if (!doesSomething(initializer)) return { left: "getting its value may do something" };
	const stays = { start: statement.getStart(), length: initializer.getStart() - statement.getStart(), text: "" };
	if (/^[([`/+-]|^(function|class)\b|^\{/.test(initializer.getText())) return { left: "its value cannot stand alone" };
	return {
		changes: [stays],
		why: `${nameOf(declaration)} was removed, because nothing uses it; what gives its value is still done`,
	};
}

/** What can stand as a statement of its own, and has a reason to. */
function doesSomething(node: ts.Expression): boolean {
	return (
		ts.isCallExpression(node) ||
		ts.isNewExpression(node) ||
		(ts.isAwaitExpression(node) && doesSomething(node.expression))
	);
}

/** Taken out of a pattern; from a list it leaves its place. */
function element(declaration: ts.BindingElement): Proposal | Left {
	const pattern = declaration.parent;
	if (declaration.initializer !== undefined && !isQuiet(declaration.initializer))
		return { left: "its default does something" };
	if (declaration.propertyName !== undefined && ts.isComputedPropertyName(declaration.propertyName))
		return { left: "which property it is, is worked out" };
	if (pattern.elements.some((each) => ts.isBindingElement(each) && each.dotDotDotToken))
		return { left: "the rest would get it" };
	const why = `${nameOf(declaration)} was removed, because nothing uses it`;
	const elements: readonly ts.Node[] = pattern.elements;
	const at = elements.indexOf(declaration);
	const next = elements[at + 1];
	const before = elements[at - 1];
	if (ts.isArrayBindingPattern(pattern) && next !== undefined)
		return { changes: [{ start: declaration.getStart(), length: declaration.getWidth(), text: "" }], why };
	if (next === undefined && before === undefined) return { left: "nothing of the pattern would be left" };
	const [start, end] =
		next === undefined ? [before?.end ?? 0, declaration.end] : [declaration.getStart(), next.getStart()];
	return { changes: [{ start, length: end - start, text: "" }], why };
}

function removed(node: ts.Node, place: Place): Proposal {
	const named = ts.isVariableStatement(node) ? node.declarationList.declarations[0] : (node as Declared);
	const why = `${named === undefined ? "a declaration" : nameOf(named)} was removed, because nothing uses it`;
	return { changes: [{ ...lineSpan(place.source, node), text: "" }], why };
}

function nameOf({ name }: Declared): string {
	return name?.getText() ?? "a declaration";
}
