/** A number in quotes where a number is declared, and a number without them where a text is. Its value stays. */
import ts from "typescript";
import type { Fix, Place, Proposal } from "./fix.ts";
import { nodeOf, unwrapped } from "./nodes.ts";

export const numericLiteral: Fix = { name: "numeric-literal", codes: [2322, 2345], api: "same", propose };

function propose(place: Place): Proposal | undefined {
	const literal = literalAt(place);
	if (literal === undefined) return undefined;
	const target = place.checker.getContextualType(literal);
	if (target === undefined) return undefined;
	const text = ts.isStringLiteral(literal) ? asNumber(literal.text, target) : asText(literal.getText(), target);
	if (text === undefined) return undefined;
	const was = literal.getText();
	const change = { start: literal.getStart(), length: was.length, text };
	return {
		changes: [change],
		why: `${was} became ${text}, because a ${place.checker.typeToString(target)} is declared there`,
	};
}

type Literal = ts.StringLiteral | ts.NumericLiteral;

/** The compiler points at the literal, or at the name of what is declared or assigned. */
function literalAt({ source, problem }: Place): Literal | undefined {
	const node = nodeOf(source, problem.start, problem.length);
	const { parent } = node;
	const value = isLiteral(node)
		? node
		: ts.isVariableDeclaration(node) || ts.isPropertyAssignment(node)
			? node.initializer
			: ts.isVariableDeclaration(parent) ||
					ts.isPropertyDeclaration(parent) ||
					ts.isPropertyAssignment(parent) ||
					ts.isParameter(parent)
				? parent.initializer
				: ts.isBinaryExpression(parent) &&
						parent.left === node &&
						parent.operatorToken.kind === ts.SyntaxKind.EqualsToken
					? parent.right
					: ts.isReturnStatement(node)
						? node.expression
						: undefined;
	if (value === undefined) return undefined;
	const inner = unwrapped(value);
	return isLiteral(inner) ? inner : undefined;
}

function isLiteral(node: ts.Node): node is Literal {
	return ts.isStringLiteral(node) || ts.isNumericLiteral(node);
}

/** Only in the one way in which a number is written: "007" and "1e3" may be more than their value. */
function asNumber(text: string, target: ts.Type): string | undefined {
	if (!isJust(target, ts.TypeFlags.Number)) return undefined;
	const value = Number(text);
	return Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER && String(value) === text
		? text
		: undefined;
}

function asText(text: string, target: ts.Type): string | undefined {
	if (!isJust(target, ts.TypeFlags.String)) return undefined;
	return String(Number(text)) === text ? `"${text}"` : undefined;
}

/** Exactly that, or that and nothing. */
function isJust(type: ts.Type, flag: ts.TypeFlags): boolean {
	const types = type.isUnion() ? type.types.filter(({ flags }) => (flags & ts.TypeFlags.Undefined) === 0) : [type];
	return types.length === 1 && ((types[0]?.flags ?? 0) & flag) !== 0;
}
