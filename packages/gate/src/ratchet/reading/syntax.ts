/** Syntax trees of the files of a change: made when first asked for, once for each side of a file. */
import ts from "typescript";
import type { ChangedFile } from "../../diff/diff.ts";

export type Side = "before" | "after";

/** Null where there is no text, or it is no JavaScript or TypeScript. */
export function treeOf(file: ChangedFile, side: Side): ts.SourceFile | null {
	const path = side === "before" ? (file.from ?? file.path) : file.path;
	const text = file[side];
	if (text === null || !isCode(path) || !isPlainFile(file, side)) return null;
	const kept = trees.get(file) ?? {};
	trees.set(file, kept);
	kept[side] ??= parse(path, text);
	return kept[side];
}

const trees = new WeakMap<ChangedFile, { before?: ts.SourceFile; after?: ts.SourceFile }>();

export function parse(path: string, text: string): ts.SourceFile {
	return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kindOf(path));
}

export function isCode(path: string): boolean {
	return /\.[cm]?[jt]sx?$/i.test(path);
}

export function isTypeScript(path: string): boolean {
	return /\.[cm]?tsx?$/i.test(path);
}

/** What the parser could not make sense of; it goes on after that, so the rest of the tree is a guess. */
export function syntaxFaults(tree: ts.SourceFile): readonly { readonly line: number; readonly message: string }[] {
	const { parseDiagnostics = [] } = tree as ts.SourceFile & { readonly parseDiagnostics?: readonly ts.Diagnostic[] };
	return parseDiagnostics.map(({ start = 0, messageText }) => ({
		line: tree.getLineAndCharacterOfPosition(start).line + 1,
		message: ts.flattenDiagnosticMessageText(messageText, " "),
	}));
}

export function lineOf(node: ts.Node): number {
	const tree = node.getSourceFile();
	return tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1;
}

export function* nodesOf(node: ts.Node): Generator<ts.Node> {
	const waiting: ts.Node[] = [node];
	for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
		yield next;
		const children: ts.Node[] = [];
		ts.forEachChild(next, (child) => {
			children.push(child);
		});
		waiting.push(...children.reverse());
	}
}

/** Words and values without what formatting decides: quotes, brackets, commas, semicolons. */
export function tokensOf(node: ts.Node): readonly string[] {
	const known = tokens.get(node);
	if (known !== undefined) return known;
	const found: string[] = [];
	const tree = node.getSourceFile();
	const visit = (part: ts.Node): void => {
		if (ts.isStringLiteralLike(part)) found.push(JSON.stringify(part.text));
		else if (ts.isJsxText(part)) found.push(...part.text.split(/\s+/).filter((word) => word !== ""));
		else if (part.kind >= ts.SyntaxKind.FirstJSDocNode && part.kind <= ts.SyntaxKind.LastJSDocNode) return;
		else {
			const children = part.getChildren(tree);
			if (children.length > 0) for (const child of children) visit(child);
			else if (!/^[()[\]{},;]*$/.test(part.getText(tree))) found.push(part.getText(tree));
		}
	};
	visit(node);
	tokens.set(node, found);
	return found;
}

const tokens = new WeakMap<ts.Node, readonly string[]>();

/** The same for two spellings of the same thing. */
export function inOneLine(node: ts.Node): string {
	return tokensOf(node).join(" ");
}

/** For a person: as it stands there, shortened. */
export function shown(node: ts.Node): string {
	const text = node.getText().replace(/\s+/g, " ");
	return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/** Without parentheses, casts and the like around it. */
export function bare(node: ts.Expression): ts.Expression {
	if (
		ts.isParenthesizedExpression(node) ||
		ts.isAsExpression(node) ||
		ts.isNonNullExpression(node) ||
		ts.isSatisfiesExpression(node) ||
		ts.isTypeAssertionExpression(node)
	)
		return bare(node.expression);
	if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.CommaToken) return bare(node.right);
	return node;
}

/** `a.b` and `a["b"]`; undefined where the name is computed. */
export function memberName(node: ts.Node): string | undefined {
	if (ts.isPropertyAccessExpression(node)) return node.name.text;
	if (!ts.isElementAccessExpression(node)) return undefined;
	const name = constantOf(node.argumentExpression);
	return typeof name?.value === "string" ? name.value : undefined;
}

/** How often each name stands in a file. */
export function namesIn(tree: ts.SourceFile): ReadonlyMap<string, number> {
	const known = names.get(tree);
	if (known !== undefined) return known;
	const found = new Map<string, number>();
	for (const node of nodesOf(tree)) if (ts.isIdentifier(node)) found.set(node.text, (found.get(node.text) ?? 0) + 1);
	names.set(tree, found);
	return found;
}

const names = new WeakMap<ts.SourceFile, ReadonlyMap<string, number>>();

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

/** Whether two lists of words are about the same: 1 for equal ones, 0 for such that share nothing. */
export function likeness(one: readonly string[], other: readonly string[]): number {
	if (one.length === 0 || other.length === 0) return one.length === other.length ? 1 : 0;
	const counts = new Map<string, number>();
	for (const word of one) counts.set(word, (counts.get(word) ?? 0) + 1);
	let shared = 0;
	for (const word of other) {
		const left = counts.get(word) ?? 0;
		if (left > 0) {
			shared += 1;
			counts.set(word, left - 1);
		}
	}
	return (2 * shared) / (one.length + other.length);
}

function isPlainFile(file: ChangedFile, side: Side): boolean {
	return (side === "before" ? file.modeBefore : file.modeAfter)?.startsWith("100") ?? false;
}

function kindOf(path: string): ts.ScriptKind {
	if (/\.[cm]?ts$/i.test(path)) return ts.ScriptKind.TS;
	if (/\.tsx$/i.test(path)) return ts.ScriptKind.TSX;
	return ts.ScriptKind.JSX;
}
