/** `sum / list.length` of an empty list is NaN; a test that hands in an empty one says what it is to be. */
import ts from "typescript";
import type { Proposal } from "../fixes/fix.ts";
import { isQuiet, ownDescendants } from "../fixes/nodes.ts";
import type { Behaviour, Scene } from "./scene.ts";

export const nanDivision: Behaviour = { name: "nan-division", propose };

function propose({ lead, body, parameters, checker }: Scene): Proposal | undefined {
	if (lead.received !== "NaN" || lead.expected === undefined || !ofNothing.has(lead.expected)) return undefined;
	const empty = parameters.filter((_, at) => isEmpty(lead.call.arguments[at]));
	const [parameter] = empty;
	if (parameter === undefined || empty.length !== 1 || !ts.isIdentifier(parameter.name)) return undefined;
	const name = parameter.name.text;
	const divisions = ownDescendants(body, isDivision);
	const [division] = divisions;
	if (division === undefined || divisions.length !== 1) return undefined;
	const size = sizeOf(division.right, name, body, checker);
	if (size === undefined) return undefined;
	const whole = division.getText();
	const text = `${size} === 0 ? ${lead.expected} : ${whole}`;
	const change = { start: division.getStart(), length: whole.length, text: standsAlone(division) ? text : `(${text})` };
	return {
		changes: [change],
		why: `${whole} gives ${lead.expected} where ${name} is empty, because the test "${lead.test.name}" says so, and 0 / 0 is NaN`,
	};
}

/** What a measure of nothing can be. Any other number would be made for the test. */
const ofNothing = new Set(["0", "null", "undefined"]);

function isEmpty(node: ts.Expression | undefined): boolean {
	if (node === undefined) return false;
	if (ts.isArrayLiteralExpression(node)) return node.elements.length === 0;
	return (
		ts.isNewExpression(node) &&
		/^(Set|Map|Array)$/.test(node.expression.getText()) &&
		(node.arguments?.length ?? 0) === 0
	);
}

function isDivision(node: ts.Node): node is ts.BinaryExpression {
	return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.SlashToken;
}

/** The divisor has to be the size of what is empty, by itself or by a constant of the function. */
function sizeOf(divisor: ts.Expression, name: string, body: ts.Node, checker: ts.TypeChecker): string | undefined {
	if (isSize(divisor, name)) return divisor.getText();
	if (!ts.isIdentifier(divisor)) return undefined;
	const declaration = checker.getSymbolAtLocation(divisor)?.valueDeclaration;
	const constant =
		declaration !== undefined &&
		ts.isVariableDeclaration(declaration) &&
		(ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0 &&
		declaration.pos >= body.pos &&
		declaration.end <= body.end;
	return constant && declaration.initializer !== undefined && isSize(declaration.initializer, name)
		? divisor.getText()
		: undefined;
}

function isSize(node: ts.Node, name: string): boolean {
	return (
		ts.isPropertyAccessExpression(node) &&
		(node.name.text === "length" || node.name.text === "size") &&
		node.expression.getText() === name &&
		isQuiet(node.expression)
	);
}

/** Where a conditional expression needs no brackets. */
function standsAlone({ parent }: ts.Node): boolean {
	return ts.isReturnStatement(parent) || ts.isVariableDeclaration(parent) || ts.isArrowFunction(parent);
}
