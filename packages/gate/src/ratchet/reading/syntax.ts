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
