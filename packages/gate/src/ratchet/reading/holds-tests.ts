/**
 * Whether a source holds tests, or asserts something for them, by what is written in it: runners take whatever a
 * configuration names, and a helper may lie anywhere.
 */
import ts from "typescript";
import { isLoad } from "./chain.ts";
import { inSourceOf } from "./in-source.ts";
import { nodesOf, parse } from "./syntax.ts";
import { helpersOf } from "./test-calls.ts";

/** Tests in the source of what they test; tests or what only tests need; helpers that assert with Node's own means. */
export type Holding = "in-source" | "tests" | "assertions" | "nothing";

/** Lines of which a file that holds any of that has at least one. Read by git and by JavaScript. */
export const mayHoldTests = [
	`["'](node:test|vitest|@vitest/[a-z-]+|@jest/globals|bun:test|mocha|ava|tape|tap|@tapjs/[a-z-]+|uvu|uvu/assert|zora)["']`,
	`["'](@playwright/test|@japa/[a-z-]+|jasmine|chai|expect|should|power-assert|unexpected|supertest)["']`,
	`["'](node:)?assert(/strict)?["']`,
	"import\\.meta\\.vitest",
	"(export (async )?(function|const) |exports\\.)(assert|expect|should|must|verify|ensure|check|same|equals?)",
	"(^|[^.A-Za-z0-9_$])expect(\\.[a-z]+)?\\(",
	"(^|[^.A-Za-z0-9_$])(test|it|describe)(\\.[a-z]+)* *\\( *[\"'`]",
].join("|");

const libraries =
	/^(node:test|vitest|@vitest\/[a-z-]+|@jest\/globals|bun:test|mocha|ava|tape|tap|@tapjs\/[a-z-]+|uvu(\/assert)?|zora|@playwright\/test|@japa\/[a-z-]+|jasmine|chai|expect|should|power-assert|unexpected|supertest)$/;

export function holdingOf(path: string, text: string): Holding {
	const tree = parse(path, text);
	const nodes = [...nodesOf(tree)];
	if (inSourceOf(tree).used) return "in-source";
	const declared = new Set(nodes.flatMap(declaredName));
	const isTests = nodes.some(
		(node) =>
			isTestLibrary(loadedBy(node)) ||
			(ts.isCallExpression(node) && (isTestCall(node, declared) || isExpectation(node, declared))),
	);
	if (isTests) return "tests";
	const isHelper = nodes.some((node) => asserts.test(loadedBy(node)) && onlyAsserts(tree)) || onlyDemands(tree);
	return isHelper ? "assertions" : "nothing";
}

/** One that only tests need; Node's assertions are for code as well. */
export function isTestLibrary(specifier: string): boolean {
	return libraries.test(specifier);
}

/** Whether what judges is at hand in a file: then it can be changed from there. */
export function loadsJudges(tree: ts.SourceFile): boolean {
	const known =
		judged.get(tree) ??
		[...nodesOf(tree)].some((node) => isTestLibrary(loadedBy(node)) || asserts.test(loadedBy(node)));
	judged.set(tree, known);
	return known;
}

const judged = new WeakMap<ts.SourceFile, boolean>();
const asserts = /^(node:)?assert(\/strict)?$/;

/** The module that is loaded there; types alone are of no module. */
export function loadedBy(node: ts.Node): string {
	if (ts.isImportDeclaration(node)) {
		const { importClause: clause, moduleSpecifier } = node;
		const isForTypes =
			clause?.phaseModifier === ts.SyntaxKind.TypeKeyword ||
			(clause?.namedBindings !== undefined &&
				clause.name === undefined &&
				ts.isNamedImports(clause.namedBindings) &&
				clause.namedBindings.elements.length > 0 &&
				clause.namedBindings.elements.every(({ isTypeOnly }) => isTypeOnly));
		return !isForTypes && ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : "";
	}
	if (!ts.isCallExpression(node)) return "";
	const [first] = node.arguments;
	return isLoad(node.expression) && first !== undefined && ts.isStringLiteralLike(first) ? first.text : "";
}

/** By the names that runners put everywhere. */
function isTestCall({ expression, arguments: given }: ts.CallExpression, declared: ReadonlySet<string>): boolean {
	const root = rootOf(expression);
	return (
		["test", "it", "describe"].includes(root) &&
		!declared.has(root) &&
		given[0] !== undefined &&
		(ts.isStringLiteralLike(given[0]) || ts.isTemplateExpression(given[0])) &&
		given.slice(1).some((one) => ts.isArrowFunction(one) || ts.isFunctionExpression(one))
	);
}

/** `expect(x).toBe(y)`, and not a parser's `expect(token)`. */
function isExpectation({ expression }: ts.CallExpression, declared: ReadonlySet<string>): boolean {
	if (declared.has("expect") || rootOf(expression) !== "expect" || !ts.isPropertyAccessExpression(expression))
		return false;
	for (let part: ts.Expression = expression; ts.isPropertyAccessExpression(part); part = part.expression)
		if (ts.isCallExpression(part.expression)) return true;
	return false;
}

function rootOf(expression: ts.Expression): string {
	let part = expression;
	while (ts.isPropertyAccessExpression(part) || ts.isCallExpression(part)) part = part.expression;
	return ts.isIdentifier(part) ? part.text : "";
}

function declaredName(node: ts.Node): string[] {
	const isOne =
		ts.isVariableDeclaration(node) ||
		ts.isFunctionDeclaration(node) ||
		ts.isParameter(node) ||
		ts.isBindingElement(node) ||
		ts.isImportSpecifier(node) ||
		ts.isImportClause(node);
	return isOne && node.name !== undefined && ts.isIdentifier(node.name) ? [node.name.text] : [];
}

/** Everything that it hands out is a function that asserts: code with an invariant in it hands out more than that. */
function onlyAsserts(tree: ts.SourceFile): boolean {
	const helpers = helpersOf(tree);
	const names = tree.statements.flatMap(exportedNames);
	return names.length > 0 && names.every((name) => helpers.has(name));
}

/** Everything that it hands out throws, and is called like an assertion. */
function onlyDemands(tree: ts.SourceFile): boolean {
	const names = tree.statements.flatMap(exportedNames);
	const throwing = new Set(
		[...nodesOf(tree)]
			.filter((node) => ts.isFunctionDeclaration(node) || ts.isVariableDeclaration(node))
			.filter((node) => [...nodesOf(node)].some(ts.isThrowStatement))
			.map((node) => node.name?.getText() ?? ""),
	);
	return names.length > 0 && names.every((name) => throwing.has(name) && calledSo.test(name));
}

const calledSo = /^(assert|expect|should|must|verify|ensure|check|same|equals?)([A-Z_\d]|$)/;

/** "" for what has no name to look for. */
function exportedNames(statement: ts.Statement): string[] {
	const isExported =
		ts.canHaveModifiers(statement) &&
		ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;
	if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) return [];
	if (ts.isVariableStatement(statement))
		return isExported ? statement.declarationList.declarations.map(({ name }) => name.getText()) : [];
	if (ts.isFunctionDeclaration(statement)) return isExported ? [statement.name?.text ?? ""] : [];
	if (ts.isExportDeclaration(statement))
		return statement.exportClause !== undefined && ts.isNamedExports(statement.exportClause)
			? statement.exportClause.elements.map(({ name, propertyName }) => (propertyName ?? name).text)
			: [""];
	if (ts.isExpressionStatement(statement)) return handedOut(statement.expression);
	return isExported || ts.isExportAssignment(statement) ? [""] : [];
}

/** `module.exports = { same }`, `exports.same = same`. */
function handedOut(expression: ts.Expression): string[] {
	if (!ts.isBinaryExpression(expression) || expression.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return [];
	const { left, right } = expression;
	if (/^(module\.)?exports\.\w+$/.test(left.getText())) return [ts.isIdentifier(right) ? right.text : ""];
	if (left.getText() !== "module.exports") return [];
	return ts.isObjectLiteralExpression(right) ? right.properties.map(({ name }) => name?.getText() ?? "") : [""];
}
