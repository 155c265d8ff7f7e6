/**
 * A test waits for a function, and the function goes on before the one thing that it starts is done, although it reads
 * afterwards what that thing writes.
 */
import ts from "typescript";
import type { Proposal } from "../fixes/fix.ts";
import { ancestor, descendants, isAsync, ownDescendants } from "../fixes/nodes.ts";
import type { Look } from "../language/language.ts";
import type { Behaviour, Scene } from "./scene.ts";

export const floatingPromise: Behaviour = { name: "floating-promise", propose };

function propose({ lead, declaration, body, checker, source }: Scene): Proposal | undefined {
	if (lead.received === undefined || lead.received === "NaN" || !isAsync(declaration)) return undefined;
	if (!ts.isAwaitExpression(lead.call.parent)) return undefined;
	const floating = ownDescendants(body, ts.isExpressionStatement).filter(({ expression }) =>
		isFloating(expression, checker),
	);
	const [statement] = floating;
	if (statement === undefined || floating.length !== 1 || isMeant(statement, source)) return undefined;
	const shared = sharedWith(statement, body, checker);
	if (shared === undefined) return undefined;
	return {
		changes: [{ start: statement.getStart(), length: 0, text: "await " }],
		why: `\`await\` was put before ${statement.expression.getText().split("\n")[0]}, because ${lead.name} reads ${shared} afterwards, and the test "${lead.test.name}" finds it too early`,
	};
}

/** Where it is known from elsewhere that the promise on this line floats, and is not meant to. */
export function awaitAt({ source, checker }: Look, line: number): Proposal | undefined {
	const statements = descendants(source, ts.isExpressionStatement).filter(
		(statement) => source.getLineAndCharacterOfPosition(statement.getStart()).line + 1 === line,
	);
	const [statement] = statements;
	if (statement === undefined || statements.length !== 1) return undefined;
	const around = ancestor(statement, ts.isFunctionLike);
	if (
		around === undefined ||
		!isAsync(around) ||
		!isFloating(statement.expression, checker) ||
		isMeant(statement, source)
	)
		return undefined;
	const why = "`await` was put before it, because nobody waited for the promise, and the function around can";
	return { changes: [{ start: statement.getStart(), length: 0, text: "await " }], why };
}

/** Whoever takes care of the failure has thought of it. */
function isFloating(node: ts.Expression, checker: ts.TypeChecker): boolean {
	if (!ts.isCallExpression(node) || checker.getTypeAtLocation(node).getSymbol()?.name !== "Promise") return false;
	const { expression } = node;
	return !ts.isPropertyAccessExpression(expression) || !["then", "catch", "finally"].includes(expression.name.text);
}

/** A comment at the statement may say why nobody waits. */
function isMeant(statement: ts.Node, { text }: ts.SourceFile): boolean {
	const line = text.slice(statement.end).split("\n", 1)[0] ?? "";
	return (ts.getLeadingCommentRanges(text, statement.getFullStart())?.length ?? 0) > 0 || /\/[/*]/.test(line);
}

/** A variable outside of both that what is started names, and the function after it. */
function sharedWith(statement: ts.ExpressionStatement, body: ts.Node, checker: ts.TypeChecker): string | undefined {
	const { expression } = statement.expression as ts.CallExpression;
	const started = checker.getSymbolAtLocation(expression)?.valueDeclaration;
	if (started === undefined || !ts.isFunctionDeclaration(started) || started.body === undefined) return undefined;
	const written = new Set(outerVariables(started.body, checker).map(({ symbol }) => symbol));
	const read = outerVariables(body, checker).find(({ at, symbol }) => at.pos >= statement.end && written.has(symbol));
	return read?.at.text;
}

function outerVariables(body: ts.Node, checker: ts.TypeChecker) {
	return descendants(body, ts.isIdentifier).flatMap((at) => {
		const symbol = checker.getSymbolAtLocation(at);
		const declaration = symbol?.valueDeclaration;
		if (symbol === undefined || declaration === undefined || !ts.isVariableDeclaration(declaration)) return [];
		const isOuter = declaration.end <= body.pos || declaration.pos >= body.end;
		return isOuter ? [{ at, symbol }] : [];
	});
}
