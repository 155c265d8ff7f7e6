/** What can be changed at one place of a syntax tree. */
import ts from "typescript";
import type { Mutation } from "./mutant.ts";
import { afterDirectives, nameIn } from "./source-tree.ts";

export function mutationsAt(node: ts.Node, scope: number): readonly Mutation[] {
	if (isFunction(node)) return [...bodyEmptied(node, scope)];
	if (ts.isReturnStatement(node)) return [...returned(node, scope)];
	if (ts.isThrowStatement(node)) return [leftOut(node, scope, ranks.throw)];
	if (ts.isExpressionStatement(node)) return isRemovable(node, scope) ? [leftOut(node, scope, ranks.statement)] : [];
	if (ts.isIfStatement(node)) return decided(node.expression, scope);
	if (ts.isConditionalExpression(node)) return decided(node.condition, scope);
	if (ts.isWhileStatement(node) || ts.isDoStatement(node)) return neverTrue(node.expression, scope);
	if (ts.isForStatement(node)) return node.condition === undefined ? [] : neverTrue(node.condition, scope);
	if (ts.isBinaryExpression(node)) return [...ofOperator(node, scope)];
	if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) return [...ofUnary(node, scope)];
	return [...ofLiteral(node, scope)];
}

/** The most telling first: a test that does not see a function gone sees little of it. */
const ranks = { body: 0, condition: 1, throw: 2, operator: 3, statement: 4, returned: 5, literal: 6, counting: 7 };

function* bodyEmptied(node: FunctionNode, scope: number): Iterable<Mutation> {
	const { body } = node;
	if (body === undefined || ts.isClassStaticBlockDeclaration(node)) return;
	if (!ts.isBlock(body)) {
		if (!isUndefined(body)) yield value(body, "undefined", `${nameOf(node)} gives undefined`, scope, ranks.body);
		return;
	}
	// What is derived must call `super()` before anything else can be done with it.
	if (ts.isConstructorDeclaration(node) && (node.parent.heritageClauses ?? []).some(isExtends)) return;
	const first = afterDirectives(body.statements);
	if (first === body.statements.length) return;
	const at = body.statements[first - 1]?.end ?? body.getStart() + 1;
	yield {
		...{ start: body.getStart(), end: body.end, replacement: "{}", form: { kind: "body", at } },
		...{ what: `${nameOf(node)} does nothing`, scope, rank: ranks.body },
	};
}

function isExtends(clause: ts.HeritageClause): boolean {
	return clause.token === ts.SyntaxKind.ExtendsKeyword;
}

function* returned(node: ts.ReturnStatement, scope: number): Iterable<Mutation> {
	const { expression } = node;
	if (expression === undefined || isUndefined(expression)) return;
	const block = node.parent;
	// One that does nothing else gives undefined already when its body is emptied.
	const alone = ts.isBlock(block) && isFunction(block.parent) && block.statements.length === 1;
	if (!alone) yield value(expression, "undefined", `\`${short(node)}\` gives undefined`, scope, ranks.returned);
	// After the other: where both stand, the negation is the inner one, for it can only give true or false.
	if (isTruthValue(expression)) yield negated(expression, scope);
}

function isRemovable(node: ts.ExpressionStatement, scope: number): boolean {
	const { expression } = node;
	if (ts.isCallExpression(expression)) {
		if (expression.expression.kind === ts.SyntaxKind.SuperKeyword) return false;
		if (expression.expression.getText() === "require") return false;
	}
	// Without what a module exports, its importers fail whatever they test.
	return scope !== 0 || !/^(module\.)?exports\b|^Object\.defineProperty\(exports\b/.test(node.getText());
}

function leftOut(node: ts.Statement, scope: number, rank: number): Mutation {
	return {
		...{ start: node.getStart(), end: node.end, replacement: "{}", form: { kind: "statement" } },
		...{ what: `\`${short(node)}\` is left out`, scope, rank },
	};
}

function decided(condition: ts.Expression, scope: number): readonly Mutation[] {
	if (isTrueOrFalse(condition)) return [];
	return ["true", "false"].map((which) =>
		value(condition, which, `the condition \`${short(condition)}\` is always ${which}`, scope, ranks.condition),
	);
}

/** Not always true: that would be a loop without an end. */
function neverTrue(condition: ts.Expression, scope: number): readonly Mutation[] {
	if (isTrueOrFalse(condition)) return [];
	return [value(condition, "false", `the condition \`${short(condition)}\` is always false`, scope, ranks.condition)];
}

function* ofOperator(node: ts.BinaryExpression, scope: number): Iterable<Mutation> {
	const { left, right, operatorToken } = node;
	const operator = operatorToken.getText();
	const instead = skipping[operator];
	if (instead !== undefined)
		yield value(
			left,
			instead,
			`\`${short(left)}\` is taken as ${instead} before \`${operator}\``,
			scope,
			ranks.operator,
		);
	for (const other of others[operator] ?? []) {
		yield {
			...{ start: operatorToken.getStart(), end: operatorToken.end, replacement: other },
			form: { kind: "operator", operator, from: left.getStart(), to: right.end },
			...{ what: `\`${operator}\` becomes \`${other}\``, scope, rank: ranks.operator },
		};
	}
}

/** The left side's value with which the right side alone decides. */
const skipping: Readonly<Record<string, string>> = { "&&": "true", "||": "false", "??": "null" };

const others: Readonly<Record<string, readonly string[]>> = {
	...{ "<": ["<=", ">="], "<=": ["<", ">"], ">": [">=", "<="], ">=": [">", "<"] },
	...{ "===": ["!=="], "!==": ["==="], "==": ["!="], "!=": ["=="] },
	...{ "+": ["-"], "-": ["+"], "*": ["/"], "/": ["*"], "%": ["*"], "**": ["*"] },
	...{ "&": ["|"], "|": ["&"], "<<": [">>"], ">>": ["<<"] },
};

function* ofUnary(node: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression, scope: number): Iterable<Mutation> {
	if (node.operator === ts.SyntaxKind.ExclamationToken) yield negated(node, scope);
	const step = node.operator === ts.SyntaxKind.PlusPlusToken ? ["++", "--"] : ["--", "++"];
	const [mine = "", other = ""] = step;
	const text = node.getText();
	// It is written twice in a switchable copy, and must not bring further lines.
	if (!text.includes(mine) || text.includes("\n")) return;
	const turned = ts.isPrefixUnaryExpression(node)
		? `${other}${text.slice(mine.length)}`
		: `${text.slice(0, -mine.length)}${other}`;
	if (node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken)
		yield value(node, turned, `\`${text}\` becomes \`${turned}\``, scope, ranks.counting);
}

function* ofLiteral(node: ts.Node, scope: number): Iterable<Mutation> {
	const becomes = instead(node);
	if (becomes === undefined) return;
	const form = ts.isJsxAttribute(node.parent) ? ({ kind: "attribute" } as const) : ({ kind: "value" } as const);
	// Between the quotes of an element other rules hold than in a text of the language.
	if (form.kind === "attribute" && /[&\\\n]/.test(node.getText())) return;
	yield { ...value(node, becomes, `\`${short(node)}\` becomes \`${becomes}\``, scope, ranks.literal), form };
}

function instead(node: ts.Node): string | undefined {
	if (node.kind === ts.SyntaxKind.TrueKeyword) return "false";
	if (node.kind === ts.SyntaxKind.FalseKeyword) return "true";
	if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text === "" ? '"?"' : '""';
	if (ts.isTemplateExpression(node)) return ts.isTaggedTemplateExpression(node.parent) ? undefined : '""';
	if (ts.isNumericLiteral(node)) return Number(node.text) === 0 ? "1" : "0";
	if (ts.isArrayLiteralExpression(node)) return node.elements.length === 0 ? undefined : "[]";
	if (ts.isObjectLiteralExpression(node)) return node.properties.length === 0 ? undefined : "{}";
	return undefined;
}

function value(node: ts.Node, replacement: string, what: string, scope: number, rank: number): Mutation {
	return { start: node.getStart(), end: node.end, replacement, form: { kind: "value" }, what, scope, rank };
}

function negated(node: ts.Expression, scope: number): Mutation {
	return {
		...{ start: node.getStart(), end: node.end, replacement: `!(${node.getText()})`, form: { kind: "negation" } },
		...{ what: `\`${short(node)}\` is negated`, scope, rank: ranks.operator },
	};
}

/** Whether what it gives is certainly true or false and nothing else. */
function isTruthValue(node: ts.Expression): boolean {
	if (ts.isParenthesizedExpression(node)) return isTruthValue(node.expression);
	if (ts.isPrefixUnaryExpression(node)) return false;
	return ts.isBinaryExpression(node) && /^(<|>|<=|>=|===?|!==?|in|instanceof)$/.test(node.operatorToken.getText());
}

function isTrueOrFalse(node: ts.Expression): boolean {
	return node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword;
}

function isUndefined(node: ts.Node): boolean {
	return /^(undefined|void 0)$/.test(node.getText());
}

function nameOf(node: ts.Node): string {
	if (ts.isConstructorDeclaration(node)) return "the constructor";
	const name = nameIn(node) ?? nameIn(node.parent);
	return name === undefined ? "a function without a name" : `\`${short(name)}\``;
}

function short(node: ts.Node): string {
	const text = node.getText().replace(/\s+/g, " ").replaceAll("`", "'").replace(/;$/, "");
	return text.length <= shortMax ? text : `${text.slice(0, shortMax)}…`;
}

/** Enough to recognise a line by. */
const shortMax = 60;

type FunctionNode = ts.FunctionLikeDeclaration | ts.ClassStaticBlockDeclaration;

export function isFunction(node: ts.Node): node is FunctionNode {
	return (
		ts.isFunctionDeclaration(node) ||
		ts.isFunctionExpression(node) ||
		ts.isArrowFunction(node) ||
		ts.isMethodDeclaration(node) ||
		ts.isConstructorDeclaration(node) ||
		ts.isAccessor(node) ||
		ts.isClassStaticBlockDeclaration(node)
	);
}
