/** The syntax tree of a source, for those who only read it. */
import ts from "typescript";

/** Undefined for what the compiler cannot read without an error: nothing in it can be trusted to stand where it seems to. */
export function treeOf(path: string, text: string): ts.SourceFile | undefined {
	const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kindOf(path));
	// Not in the declarations of the compiler, but there in all its versions.
	const { parseDiagnostics = [] } = tree as { readonly parseDiagnostics?: readonly unknown[] };
	return parseDiagnostics.length === 0 ? tree : undefined;
}

function kindOf(path: string): ts.ScriptKind {
	if (/\.[cm]?ts$/.test(path)) return ts.ScriptKind.TS;
	return path.endsWith(".tsx") ? ts.ScriptKind.TSX : ts.ScriptKind.JSX;
}

export function lineAt(tree: ts.SourceFile, position: number): number {
	return tree.getLineAndCharacterOfPosition(position).line + 1;
}

/** Where code may be put before all other code: behind what must come first in a file or a function. */
export function afterDirectives(statements: ts.NodeArray<ts.Statement>): number {
	const first = statements.findIndex((statement) => !isDirective(statement));
	return first === -1 ? statements.length : first;
}

export function isDirective(statement: ts.Statement): boolean {
	return ts.isExpressionStatement(statement) && ts.isStringLiteral(statement.expression);
}

/** Of a declaration, a member or an attribute. */
export function nameIn(node: ts.Node): ts.Node | undefined {
	return (node as { readonly name?: ts.Node }).name;
}
