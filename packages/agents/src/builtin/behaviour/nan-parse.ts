/** A text that is no number gives NaN; a test that hands one in says what is to be taken instead. */
import ts from "typescript";
import type { Proposal } from "../fixes/fix.ts";
import { literalText, ownDescendants } from "../fixes/nodes.ts";
import { newLineOf } from "../language/formatting.ts";
import type { Behaviour, Scene } from "./scene.ts";

export const nanParse: Behaviour = { name: "nan-parse", propose };

function propose(scene: Scene): Proposal | undefined {
	const { lead, body, source } = scene;
	if (lead.received !== "NaN" || lead.expected === undefined) return undefined;
	const parses = ownDescendants(body, isParse);
	const [parse] = parses;
	if (parse === undefined || parses.length !== 1) return undefined;
	const instead = insteadOf(scene, parse);
	if (instead === undefined) return undefined;
	const statement = parse.parent;
	if (!ts.isReturnStatement(statement) || statement.parent !== body || isTaken("parsed", scene)) return undefined;
	const indent = /[ \t]*$/.exec(source.text.slice(0, statement.getStart()))?.[0] ?? "";
	const text = [
		`const parsed = ${parse.getText()};`,
		`${indent}return Number.isNaN(parsed) ? ${instead} : parsed;`,
	].join(newLineOf(source.text));
	return {
		changes: [{ start: statement.getStart(), length: statement.getWidth(), text }],
		why: `where ${parse.getText()} is no number it gives ${instead}, because the test "${lead.test.name}" says so`,
	};
}

function isParse(node: ts.Node): node is ts.CallExpression {
	return (
		ts.isCallExpression(node) &&
		/^(Number|Number\.parseInt|Number\.parseFloat|parseInt|parseFloat)$/.test(node.expression.getText())
	);
}

/** A parameter that was handed this value, or nothing's own values where a text was handed in that is no number. */
function insteadOf({ lead, parameters }: Scene, parse: ts.CallExpression): string | undefined {
	const [read] = parse.arguments;
	const at = parameters.findIndex(({ name }) => read !== undefined && name.getText() === read.getText());
	if (!isNoNumber(lead.call.arguments[at], parse)) return undefined;
	const handed = parameters.filter((_, i) => i !== at && literalText(lead.call.arguments[i]) === lead.expected);
	const [only] = handed;
	if (only !== undefined) return handed.length === 1 && ts.isIdentifier(only.name) ? only.name.text : undefined;
	return lead.expected !== undefined && ofNothing.has(lead.expected) ? lead.expected : undefined;
}

const ofNothing = new Set(["0", "null", "undefined"]);

/** Worked out as the function would. */
function isNoNumber(argument: ts.Expression | undefined, parse: ts.CallExpression): boolean {
	if (argument === undefined || !ts.isStringLiteralLike(argument)) return false;
	const name = parse.expression.getText();
	if (name === "Number") return Number.isNaN(Number(argument.text));
	if (/Float/.test(name)) return Number.isNaN(Number.parseFloat(argument.text));
	const radix = parse.arguments[1]?.getText();
	return (radix === undefined || radix === "10") && Number.isNaN(Number.parseInt(argument.text, 10));
}

function isTaken(name: string, { declaration, checker }: Scene): boolean {
	return checker
		.getSymbolsInScope(declaration.body ?? declaration, ts.SymbolFlags.Value)
		.some((symbol) => symbol.name === name);
}
