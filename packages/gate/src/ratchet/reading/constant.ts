/** Values that stand in the text, whatever the code under test does. */
import ts from "typescript";
import { bare, inOneLine, nodesOf } from "./syntax.ts";

/** What an expression comes to whatever the code under test does; undefined where that is not plain to see. */
export function constantOf(expression: ts.Expression, depth = 0): { readonly value: unknown } | undefined {
	// A chain of names that leads in a circle.
	if (depth > 20) return undefined;
	const node = bare(expression);
	if (ts.isStringLiteralLike(node)) return { value: node.text };
	if (ts.isNumericLiteral(node)) return { value: Number(node.text.replaceAll("_", "")) };
	if (ts.isBigIntLiteral(node) || ts.isRegularExpressionLiteral(node)) return { value: node.getText() };
	switch (node.kind) {
		case ts.SyntaxKind.TrueKeyword:
			return { value: true };
		case ts.SyntaxKind.FalseKeyword:
			return { value: false };
		case ts.SyntaxKind.NullKeyword:
			return { value: null };
	}
	if (ts.isVoidExpression(node)) return { value: undefined };
	if (ts.isIdentifier(node)) return node.text === "undefined" ? { value: undefined } : constantOfName(node, depth);
	if (ts.isPrefixUnaryExpression(node)) return constantOfUnary(node, depth);
	if (ts.isBinaryExpression(node)) return constantOfBinary(node, depth);
	if (ts.isArrayLiteralExpression(node) || ts.isObjectLiteralExpression(node)) {
		const parts = ts.isArrayLiteralExpression(node) ? node.elements : node.properties;
		const fixed = parts.every((part) => {
			const value = ts.isPropertyAssignment(part) ? part.initializer : part;
			return ts.isExpression(value) && constantOf(value, depth + 1) !== undefined;
		});
		return fixed ? { value: inOneLine(node) || [] } : undefined;
	}
	if (ts.isCallExpression(node) && ["Boolean", "String", "Number"].includes(node.expression.getText())) {
		const [first] = node.arguments;
		const inner = first && constantOf(first, depth + 1);
		return inner && node.expression.getText() === "Boolean" ? { value: Boolean(inner.value) } : inner;
	}
	return undefined;
}

function constantOfUnary(node: ts.PrefixUnaryExpression, depth: number): { readonly value: unknown } | undefined {
	const inner = constantOf(node.operand, depth + 1);
	if (inner === undefined) return undefined;
	if (node.operator === ts.SyntaxKind.ExclamationToken) return { value: !inner.value };
	if (node.operator === ts.SyntaxKind.MinusToken) return { value: -Number(inner.value) };
	return inner;
}

function constantOfBinary(node: ts.BinaryExpression, depth: number): { readonly value: unknown } | undefined {
	const left = constantOf(node.left, depth + 1);
	const right = constantOf(node.right, depth + 1);
	switch (node.operatorToken.kind) {
		case ts.SyntaxKind.BarBarToken:
			if (left !== undefined) return left.value ? left : right;
			// `anything || true` is true, or something that is as good as true.
			return right?.value ? right : undefined;
		case ts.SyntaxKind.AmpersandAmpersandToken:
			if (left !== undefined) return left.value ? right : left;
			return right !== undefined && !right.value ? { value: false } : undefined;
		case ts.SyntaxKind.EqualsEqualsToken:
		case ts.SyntaxKind.EqualsEqualsEqualsToken:
		case ts.SyntaxKind.ExclamationEqualsToken:
		case ts.SyntaxKind.ExclamationEqualsEqualsToken: {
			const same = !node.operatorToken.getText().startsWith("!");
			if (left !== undefined && right !== undefined) return { value: (left.value === right.value) === same };
			return inOneLine(node.left) === inOneLine(node.right) ? { value: same } : undefined;
		}
	}
	if (left === undefined || right === undefined) return undefined;
	return { value: constantArithmetic(node.operatorToken.kind, left.value, right.value) };
}

function constantArithmetic(operator: ts.SyntaxKind, left: unknown, right: unknown): unknown {
	if (operator === ts.SyntaxKind.PlusToken)
		return typeof left === "string" || typeof right === "string"
			? `${String(left)}${String(right)}`
			: Number(left) + Number(right);
	if (operator === ts.SyntaxKind.GreaterThanToken) return Number(left) > Number(right);
	if (operator === ts.SyntaxKind.LessThanToken) return Number(left) < Number(right);
	return `${String(left)} ${operator} ${String(right)}`;
}

/** A name that is given one plain value and never another. */
function constantOfName(node: ts.Identifier, depth: number): { readonly value: unknown } | undefined {
	const declarations = declarationsIn(node.getSourceFile()).get(node.text);
	const [declaration] = declarations ?? [];
	if (declarations?.length !== 1 || declaration?.initializer === undefined) return undefined;
	const known = constantOf(declaration.initializer, depth + 1);
	return known !== undefined && (known.value === null || typeof known.value !== "object") && isLiteral(declaration)
		? known
		: undefined;
}

function isLiteral({ initializer }: ts.VariableDeclaration): boolean {
	return (
		initializer !== undefined &&
		!ts.isArrayLiteralExpression(bare(initializer)) &&
		!ts.isObjectLiteralExpression(bare(initializer))
	);
}

/** Variables by name; none for a name that is assigned elsewhere, is a parameter or is imported. */
export function declarationsIn(tree: ts.SourceFile): ReadonlyMap<string, readonly ts.VariableDeclaration[]> {
	const known = declared.get(tree);
	if (known !== undefined) return known;
	const found = new Map<string, ts.VariableDeclaration[]>();
	const unsure = new Set<string>();
	for (const node of nodesOf(tree)) {
		if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name))
			found.set(node.name.text, [...(found.get(node.name.text) ?? []), node]);
		else if (ts.isParameter(node) || ts.isBindingElement(node)) {
			if (ts.isIdentifier(node.name)) unsure.add(node.name.text);
		} else if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind)) {
			if (ts.isIdentifier(node.left)) unsure.add(node.left.text);
		} else if (
			(ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) &&
			(node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken) &&
			ts.isIdentifier(node.operand)
		)
			unsure.add(node.operand.text);
	}
	for (const name of unsure) found.delete(name);
	declared.set(tree, found);
	return found;
}

const declared = new WeakMap<ts.SourceFile, ReadonlyMap<string, readonly ts.VariableDeclaration[]>>();

export function isAssignment(kind: ts.SyntaxKind): boolean {
	return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}
