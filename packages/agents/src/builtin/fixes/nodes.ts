/** Questions about syntax that several fixes ask. */
import ts from "typescript";

/** The smallest node that covers the span. */
export function nodeCovering(source: ts.SourceFile, start: number, length: number): ts.Node {
	let node: ts.Node = source;
	for (;;) {
		const inner: ts.Node | undefined = ts.forEachChild(node, (child) =>
			child.getStart(source) <= start && start + length <= child.end ? child : undefined,
		);
		if (inner === undefined) return node;
		node = inner;
	}
}

/** The outermost one that covers exactly the span. */
export function nodeOf(source: ts.SourceFile, start: number, length: number): ts.Node {
	let node = nodeCovering(source, start, length);
	while (
		node.parent !== undefined &&
		node.parent.getStart(source) === node.getStart(source) &&
		node.parent.end === node.end
	)
		node = node.parent;
	return node;
}

export function ancestor<T extends ts.Node>(node: ts.Node, is: (node: ts.Node) => node is T): T | undefined {
	for (let at: ts.Node | undefined = node; at !== undefined; at = at.parent) if (is(at)) return at;
	return undefined;
}

/** Through brackets, which mean nothing. */
export function unwrapped(node: ts.Expression): ts.Expression {
	return ts.isParenthesizedExpression(node) ? unwrapped(node.expression) : node;
}

/** The parent that is no bracket. */
export function parentOf(node: ts.Node): { readonly parent: ts.Node; readonly child: ts.Node } {
	let child = node;
	while (ts.isParenthesizedExpression(child.parent)) child = child.parent;
	return { parent: child.parent, child };
}

/** Evaluating it does nothing that anybody could notice: no call, no write, no getter. */
export function isQuiet(node: ts.Node): boolean {
	if (ts.isFunctionLike(node)) return node.name === undefined || !ts.isComputedPropertyName(node.name);
	if (ts.isTypeNode(node) || ts.isIdentifier(node) || ts.isLiteralExpression(node)) return true;
	if (
		ts.isArrayLiteralExpression(node) ||
		ts.isObjectLiteralExpression(node) ||
		ts.isPropertyAssignment(node) ||
		ts.isShorthandPropertyAssignment(node) ||
		ts.isParenthesizedExpression(node) ||
		ts.isAsExpression(node) ||
		ts.isSatisfiesExpression(node) ||
		ts.isConditionalExpression(node)
	)
		return everyChild(node, isQuiet);
	if (ts.isPrefixUnaryExpression(node))
		return (
			![ts.SyntaxKind.PlusPlusToken, ts.SyntaxKind.MinusMinusToken].includes(node.operator) && isQuiet(node.operand)
		);
	return quietKinds.has(node.kind);
}

const quietKinds = new Set([
	ts.SyntaxKind.TrueKeyword,
	ts.SyntaxKind.FalseKeyword,
	ts.SyntaxKind.NullKeyword,
	ts.SyntaxKind.QuestionToken,
	ts.SyntaxKind.ColonToken,
]);

export function everyChild(node: ts.Node, is: (child: ts.Node) => boolean): boolean {
	return ts.forEachChild(node, (child) => (is(child) ? undefined : true)) === undefined;
}

export function descendants<T extends ts.Node>(node: ts.Node, is: (node: ts.Node) => node is T): T[] {
	const found: T[] = [];
	const visit = (at: ts.Node): void => {
		if (is(at)) found.push(at);
		ts.forEachChild(at, visit);
	};
	ts.forEachChild(node, visit);
	return found;
}

/** The same without what stands in functions inside of it. */
export function ownDescendants<T extends ts.Node>(node: ts.Node, is: (node: ts.Node) => node is T): T[] {
	const found: T[] = [];
	const visit = (at: ts.Node): void => {
		if (is(at)) found.push(at);
		if (!ts.isFunctionLike(at)) ts.forEachChild(at, visit);
	};
	ts.forEachChild(node, visit);
	return found;
}

export function isAsync(node: ts.Node): boolean {
	return (ts.getCombinedModifierFlags(node as ts.Declaration) & ts.ModifierFlags.Async) !== 0;
}

export function isExported(node: ts.Node): boolean {
	return (ts.getCombinedModifierFlags(node as ts.Declaration) & ts.ModifierFlags.Export) !== 0;
}

/** Whole lines where nothing else stands on them, so that no empty line is left behind. */
export function lineSpan(source: ts.SourceFile, node: ts.Node): { readonly start: number; readonly length: number } {
	const { text } = source;
	let start = startWithComments(source, node);
	let end = node.end;
	while (start > 0 && (text[start - 1] === " " || text[start - 1] === "\t")) start--;
	let after = end;
	while (text[after] === " " || text[after] === "\t") after++;
	const alone = (start === 0 || text[start - 1] === "\n") && (after >= text.length || /[\r\n]/.test(text[after] ?? ""));
	if (!alone) return { start: node.getStart(source), length: node.end - node.getStart(source) };
	end = after;
	if (text[end] === "\r") end++;
	if (text[end] === "\n") end++;
	return { start, length: end - start };
}

/** A doc comment belongs to what it is about; one before an import is about the file, and other comments stay. */
function startWithComments(source: ts.SourceFile, node: ts.Node): number {
	if (ts.isImportDeclaration(node)) return node.getStart(source);
	const docs = ts.getJSDocCommentsAndTags(node);
	return docs.length > 0 ? Math.min(...docs.map((doc) => doc.getStart(source))) : node.getStart(source);
}

/** In one form, whatever its quotes; undefined for what is no literal. */
export function literalText(node: ts.Node | undefined): string | undefined {
	if (node === undefined) return undefined;
	if (ts.isStringLiteralLike(node)) return JSON.stringify(node.text);
	return ts.isNumericLiteral(node) || node.kind === ts.SyntaxKind.NullKeyword ? node.getText() : undefined;
}

/** Whether loading the module does more than declare things. */
export function actsWhenLoaded({ statements }: ts.SourceFile): boolean {
	return statements.some((statement) => !declares(statement));
}

function declares(statement: ts.Statement): boolean {
	if (ts.isExpressionStatement(statement)) return ts.isStringLiteral(statement.expression);
	return (
		ts.isDeclarationStatement(statement) ||
		ts.isVariableStatement(statement) ||
		ts.isEmptyStatement(statement) ||
		ts.isImportDeclaration(statement) ||
		ts.isExportDeclaration(statement)
	);
}
