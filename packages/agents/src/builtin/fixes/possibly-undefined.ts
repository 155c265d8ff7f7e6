/**
 * `a.b` where `a` may be missing becomes `a?.b`, only where the code around already says what a missing value means: a
 * default behind `??`, or a declared type with `undefined`. Anywhere else the program, which stops with an error today,
 * would go on with a value that nobody thought of: an order that is not sent, a guest who is not banned.
 */
import ts from "typescript";
import type { Fix, Left, Place, Proposal } from "./fix.ts";
import { ancestor, isAsync, parentOf } from "./nodes.ts";

export const possiblyUndefined: Fix = {
	name: "possibly-undefined",
	codes: [2531, 2532, 2533, 18047, 18048, 18049],
	api: "same",
	propose,
};

function propose(place: Place): Proposal | Left | undefined {
	const access = ancestor(place.node, (node): node is Access => isAccess(node) && coversOnly(node.expression, place));
	if (access === undefined) return { left: "a value may be missing, and nothing says what is to happen then" };
	const chain = chainFrom(access);
	const why = meaningOfMissing(chain, place);
	if (why === undefined) return { left: "a value may be missing, and nothing says what is to happen then" };
	const at = access.expression.end;
	const changes = ts.isPropertyAccessExpression(access)
		? [{ start: at, length: access.name.getStart() - at, text: "?." }]
		: [{ start: at, length: 0, text: "?." }];
	return { changes, why: `\`?.\` was put after ${access.expression.getText()}, because it may be missing, and ${why}` };
}

type Access = ts.PropertyAccessExpression | ts.ElementAccessExpression | ts.CallExpression;

function isAccess(node: ts.Node): node is Access {
	return (
		(ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node) || ts.isCallExpression(node)) &&
		node.questionDotToken === undefined
	);
}

function coversOnly(expression: ts.Expression, { problem }: Place): boolean {
	return expression.getStart() === problem.start && expression.end === problem.start + problem.length;
}

/** What is read, called and indexed further on from there falls away with it. */
function chainFrom(access: ts.Expression): ts.Expression {
	const { parent } = access;
	return isAccess(parent) && parent.expression === access ? chainFrom(parent) : access;
}

function meaningOfMissing(chain: ts.Expression, { checker }: Place): string | undefined {
	const { parent, child } = parentOf(chain);
	if (
		ts.isBinaryExpression(parent) &&
		parent.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken &&
		parent.left === child
	)
		return "a default stands behind it";
	if (ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === child)) {
		const around = ancestor(parent, ts.isFunctionLike);
		if (around?.type === undefined || isAsync(around)) return undefined;
		return allowsUndefined(around.type, checker) ? "the function says that it may give nothing" : undefined;
	}
	if (ts.isVariableDeclaration(parent) && parent.type !== undefined && allowsUndefined(parent.type, checker))
		return "the variable is declared so that it may have no value";
	return undefined;
}

function allowsUndefined(node: ts.TypeNode, checker: ts.TypeChecker): boolean {
	const type = checker.getTypeFromTypeNode(node);
	const types = type.isUnion() ? type.types : [type];
	return types.some(({ flags }) => (flags & ts.TypeFlags.Undefined) !== 0);
}
