/**
 * Small mutations of a source. Each stands for a slip of the hand that a test of this code should see; all are told by
 * the place in the text and what is put there, and by the form in which a running program can be switched to it
 * (`instrument.ts`). Types, imports, decorators, directives and whatever a bundler reads as text are left alone.
 */
import ts from "typescript";
import type { Mutant, Mutation } from "./mutant.ts";
import { isFunction, mutationsAt } from "./mutations.ts";
import { isDirective, lineAt, nameIn, treeOf } from "./source-tree.ts";

export function mutantsOf(file: string, text: string): readonly Mutant[] {
	const tree = treeOf(file, text);
	if (tree === undefined) return [];
	const found: Mutation[] = [];
	visit(tree, { found, scope: 0, scopes: { count: 0 } });
	return found.slice(0, mutantsMax).map((each, index) => ({
		id: `${file}:${index}`,
		file,
		line: lineAt(tree, each.start),
		...each,
	}));
}

/** A generated file of a megabyte has more than anybody would ever run. */
const mutantsMax = 5_000;

interface Walk {
	readonly found: Mutation[];
	readonly scope: number;
	readonly scopes: { count: number };
}

function visit(node: ts.Node, walk: Walk): void {
	if (isLeftAlone(node)) return;
	const inside = isFunction(node) ? { ...walk, scope: ++walk.scopes.count } : walk;
	walk.found.push(...mutationsAt(node, inside.scope));
	ts.forEachChild(node, (child) => {
		if (!isTarget(child, node) && !isReadAsText(child, node)) visit(child, inside);
	});
}

function isLeftAlone(node: ts.Node): boolean {
	return (
		ts.isTypeNode(node) ||
		ts.isImportDeclaration(node) ||
		ts.isImportEqualsDeclaration(node) ||
		ts.isExportDeclaration(node) ||
		ts.isInterfaceDeclaration(node) ||
		ts.isTypeAliasDeclaration(node) ||
		ts.isEnumDeclaration(node) ||
		ts.isDecorator(node) ||
		ts.isHeritageClause(node) ||
		(ts.isStatement(node) && isDirective(node)) ||
		(ts.canHaveModifiers(node) &&
			(ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword) ?? false))
	);
}

/** What is written to: `[a, b] = …`, `for ([a, b] of …)`. */
function isTarget(node: ts.Node, parent: ts.Node): boolean {
	if (ts.isBinaryExpression(parent))
		return parent.left === node && isAssignment(parent.operatorToken.kind) && isPattern(node);
	return (ts.isForOfStatement(parent) || ts.isForInStatement(parent)) && parent.initializer === node && isPattern(node);
}

function isPattern(node: ts.Node): boolean {
	return ts.isArrayLiteralExpression(node) || ts.isObjectLiteralExpression(node);
}

/** Names of members, and what bundlers look for as it is written: `import("./x")`, `new URL("./x", import.meta.url)`. */
function isReadAsText(node: ts.Node, parent: ts.Node): boolean {
	if (nameIn(parent) === node)
		return !ts.isComputedPropertyName(node) && !ts.isObjectBindingPattern(node) && !ts.isArrayBindingPattern(node);
	if (ts.isBindingElement(parent) && parent.propertyName === node) return !ts.isComputedPropertyName(node);
	if (ts.isTaggedTemplateExpression(parent))
		return parent.template === node && ts.isNoSubstitutionTemplateLiteral(node);
	if (ts.isNewExpression(parent)) return /\bimport\.meta\b/.test(parent.getText());
	if (!ts.isCallExpression(parent)) return false;
	return (
		parent.expression.kind === ts.SyntaxKind.ImportKeyword ||
		/^(require(\.resolve)?|import\.meta\..+)$/.test(parent.expression.getText())
	);
}

function isAssignment(kind: ts.SyntaxKind): boolean {
	return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}
