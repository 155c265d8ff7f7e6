/** Whether code runs at all, and whether what it throws reaches whoever runs it. */
import ts from "typescript";
import { constantOf } from "./constant.ts";
import { isOwnRunners } from "./in-source.ts";
import { memberName, namesIn } from "./names.ts";
import { bare, nodesOf } from "./syntax.ts";

export interface Reach {
	/** Never run: behind a return, under `if (false)`, in a function nobody calls. */
	readonly dead: boolean;
	/** What it throws is caught and forgotten. */
	readonly swallowed: boolean;
	/** Nobody waits until it has run. */
	readonly floating: boolean;
	/** The conditions it is under, as they are written. */
	readonly conditions: readonly string[];
}

/** Of a node within one of its ancestors, usually the body of a test or the whole file. */
export function reachOf(node: ts.Node, within: ts.Node): Reach {
	const reach = { dead: false, swallowed: false, floating: false, conditions: [] as string[] };
	for (let part = node; part !== within && part.parent !== undefined; part = part.parent) {
		const { parent } = part;
		if (ts.isBlock(parent) || ts.isSourceFile(parent) || ts.isCaseOrDefaultClause(parent))
			lookBefore(part, parent.statements, reach);
		lookAround(part, parent, reach);
		if (ts.isFunctionLike(part) && part !== within) lookAtFunction(part, reach);
	}
	return reach;
}

interface Changing {
	dead: boolean;
	swallowed: boolean;
	floating: boolean;
	conditions: string[];
}

function lookBefore(part: ts.Node, statements: readonly ts.Statement[], reach: Changing): void {
	for (const statement of statements) {
		if (statement === part) return;
		if (leaves(statement)) reach.dead = true;
		else if (ts.isIfStatement(statement) && leavesQuietly(statement.thenStatement))
			under(statement.expression, false, reach);
	}
}

function lookAround(part: ts.Node, parent: ts.Node, reach: Changing): void {
	if (isOwnRunners(parent)) return;
	if (ts.isIfStatement(parent) && part !== parent.expression)
		under(parent.expression, part === parent.thenStatement, reach);
	else if (ts.isConditionalExpression(parent) && part !== parent.condition)
		under(parent.condition, part === parent.whenTrue, reach);
	else if (ts.isBinaryExpression(parent) && part === parent.right) {
		if (parent.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken) under(parent.left, true, reach);
		if (parent.operatorToken.kind === ts.SyntaxKind.BarBarToken) under(parent.left, false, reach);
	} else if (ts.isWhileStatement(parent) && part === parent.statement) {
		if (isFalse(parent.expression)) reach.dead = true;
	} else if (ts.isForOfStatement(parent) && part === parent.statement) {
		if (isEmptyList(parent.expression)) reach.dead = true;
	} else if (ts.isTryStatement(parent) && part === parent.tryBlock) {
		if (parent.catchClause !== undefined && forgets(parent.catchClause.block)) reach.swallowed = true;
		if (parent.finallyBlock?.statements.some(leaves)) reach.swallowed = true;
	} else if (ts.isCatchClause(part) && ts.isTryStatement(parent)) {
		if (!mustThrow(parent)) reach.conditions.push("an error is thrown");
	} else if (ts.isCallExpression(parent) && parent.expression === part) {
		const handler = memberName(part) === "catch" ? parent.arguments[0] : parent.arguments[1];
		if (["catch", "then"].includes(memberName(part) ?? "") && handler !== undefined && isForgetful(handler))
			reach.swallowed = true;
	}
}

function lookAtFunction(part: ts.SignatureDeclaration, reach: Changing): void {
	const { parent } = part;
	if (ts.isExpressionStatement(parent) || ts.isVoidExpression(parent)) reach.dead = true;
	else if (ts.isFunctionDeclaration(part)) {
		if (part.name !== undefined && !isUsed(part.name) && !isExported(part)) reach.dead = true;
	} else if (ts.isVariableDeclaration(parent)) {
		if (ts.isIdentifier(parent.name) && !isUsed(parent.name)) reach.dead = true;
	} else if (ts.isCallExpression(parent) && parent.expression !== part) lookAtCallback(parent, reach);
}

function lookAtCallback(call: ts.CallExpression, reach: Changing): void {
	const callee = bare(call.expression);
	const method = memberName(callee);
	const receiver =
		ts.isPropertyAccessExpression(callee) || ts.isElementAccessExpression(callee) ? callee.expression : undefined;
	if (receiver !== undefined && isEmptyList(receiver)) reach.dead = true;
	const later = ["setTimeout", "setInterval", "setImmediate", "queueMicrotask", "nextTick"];
	const isLater = later.includes(method ?? callee.getText()) || ["then", "finally", "catch"].includes(method ?? "");
	if (isLater && ts.isExpressionStatement(call.parent)) reach.floating = true;
}

function under(condition: ts.Expression, wanted: boolean, reach: Changing): void {
	const known = constantOf(condition);
	if (known === undefined) reach.conditions.push(condition.getText());
	else if (Boolean(known.value) !== wanted) reach.dead = true;
}

/** Nothing after it runs. */
function leaves(statement: ts.Statement): boolean {
	if (ts.isReturnStatement(statement) || ts.isThrowStatement(statement)) return true;
	if (ts.isBreakOrContinueStatement(statement)) return true;
	if (ts.isBlock(statement)) return statement.statements.some(leaves);
	if (ts.isIfStatement(statement)) {
		const known = constantOf(statement.expression);
		if (known !== undefined) {
			const taken = known.value ? statement.thenStatement : statement.elseStatement;
			return taken !== undefined && leaves(taken);
		}
		return statement.elseStatement !== undefined && leaves(statement.thenStatement) && leaves(statement.elseStatement);
	}
	return false;
}

/** Without an error that anybody would see. */
function leavesQuietly(statement: ts.Statement): boolean {
	if (ts.isBlock(statement)) return statement.statements.some(leavesQuietly);
	return ts.isReturnStatement(statement) || ts.isBreakOrContinueStatement(statement);
}

function isForgetful(handler: ts.Expression): boolean {
	const node = bare(handler);
	if (ts.isIdentifier(node)) return ["noop", "ignore"].includes(node.text);
	return (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) && forgets(node.body);
}

/** A handler that neither throws nor asserts nor tells anybody who could fail. */
function forgets(handler: ts.Node): boolean {
	for (const node of nodesOf(handler)) {
		if (ts.isThrowStatement(node)) return false;
		if (ts.isCallExpression(node) && /^(expect|assert|fail|reject|done|t|should)\b/.test(node.expression.getText()))
			return false;
		// An error that is kept may be looked at after the block.
		if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) return false;
		if (ts.isReturnStatement(node) && node.expression !== undefined && constantOf(node.expression) === undefined)
			return false;
		if (ts.isCallExpression(node) && /push|record|report|collect/.test(memberName(node.expression) ?? "")) return false;
	}
	return true;
}

/** The test sees to it that the handler is reached: it fails behind the call, or counts its assertions. */
function mustThrow({ tryBlock, parent }: ts.TryStatement): boolean {
	const fails = /\b(fail|unreachable|assertions|hasAssertions|plan|done|throw)\b/;
	return fails.test(tryBlock.getText()) || fails.test(parent.getText().slice(0, 500));
}

function isUsed(name: ts.Identifier): boolean {
	return (namesIn(name.getSourceFile()).get(name.text) ?? 0) > 1;
}

function isExported(node: ts.FunctionDeclaration): boolean {
	return node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
}

function isFalse(condition: ts.Expression): boolean {
	const known = constantOf(condition);
	return known !== undefined && !known.value;
}

function isEmptyList(expression: ts.Expression): boolean {
	const node = bare(expression);
	return ts.isArrayLiteralExpression(node) && node.elements.length === 0;
}
