/**
 * Tests in the source of what they test: `if (import.meta.vitest) { … }` at the top of a file, which only vitest runs.
 */
import ts from "typescript";
import { isAssignment } from "./constant.ts";
import { bare, nodesOf, parse } from "./syntax.ts";

export interface InSource {
	/** Whether `import.meta.vitest` stands anywhere in it. */
	readonly used: boolean;
	readonly blocks: readonly ts.IfStatement[];
}

export function inSourceOf(tree: ts.SourceFile): InSource {
	const used = tree.text.includes("import.meta.vitest") && [...nodesOf(tree)].some(isInSourceApi);
	return { used, blocks: used ? tree.statements.filter(isBlock) : [] };
}

export function isInSourceApi(node: ts.Node): node is ts.PropertyAccessExpression {
	return ts.isPropertyAccessExpression(node) && node.name.text === "vitest" && ts.isMetaProperty(node.expression);
}

/** Without another branch: what runs only outside of tests is no test. */
function isBlock(statement: ts.Statement): statement is ts.IfStatement {
	return (
		ts.isIfStatement(statement) &&
		statement.elseStatement === undefined &&
		[...nodesOf(statement.expression)].some(isInSourceApi)
	);
}

/** A block whose tests have their functions from the runner that it asks for: that is no condition, it is how they are run. */
export function isOwnRunners(node: ts.Node): boolean {
	return (
		ts.isIfStatement(node) &&
		ts.isSourceFile(node.parent) &&
		isBlock(node) &&
		[...nodesOf(node.thenStatement)].some((part) => isInSourceApi(part) && ts.isVariableDeclaration(part.parent))
	);
}

/** Where the tests of a file stand that has all of them in such blocks; what lies around them is code. */
export function testRangesOf(path: string, text: string): readonly { readonly from: number; readonly to: number }[] {
	const tree = parse(path, text);
	const { blocks } = inSourceOf(tree);
	const isInBlock = (node: ts.Node) => blocks.some((block) => node.pos >= block.pos && node.end <= block.end);
	const others = [...nodesOf(tree)].filter((node) => !isInBlock(node)).some(isOfTests);
	return others ? [] : blocks.map(({ pos, end }) => ({ from: pos, to: end }));
}

function isOfTests(node: ts.Node): boolean {
	if (ts.isImportDeclaration(node))
		return /^["'](vitest|@vitest\/\w+|node:test|chai)["']$/.test(node.moduleSpecifier.getText());
	return ts.isCallExpression(node) && /^(test|it|describe|expect)\b/.test(node.expression.getText());
}

/** The code of one file with the tests of another; undefined where the tests are the same, or are written otherwise. */
export function withTestsOf(code: ts.SourceFile, tests: ts.SourceFile): string | undefined {
	const own = inSourceOf(code).blocks;
	const wanted = inSourceOf(tests).blocks;
	const texts = wanted.map((block) => block.getText(tests));
	if (wanted.length === 0 || texts.join("\n") === own.map((block) => block.getText(code)).join("\n")) return undefined;
	const left = [...own]
		.reverse()
		.reduce((text, block) => text.slice(0, block.getStart(code)) + text.slice(block.end), code.text);
	return `${left.trimEnd()}\n${texts.join("\n")}\n`;
}

/** Where a block of tests writes to something that is not its own: what it tests is then not what others use. */
export function writesAround(block: ts.IfStatement): readonly ts.Node[] {
	const nodes = [...nodesOf(block.thenStatement)];
	const own = new Set(
		nodes.flatMap((node) =>
			(ts.isVariableDeclaration(node) || ts.isBindingElement(node) || ts.isParameter(node)) &&
			ts.isIdentifier(node.name)
				? [node.name.text]
				: [],
		),
	);
	return nodes.filter((node) => {
		const target = writtenBy(node);
		return target !== undefined && !(ts.isIdentifier(target) && own.has(target.text));
	});
}

/** What a node assigns to, without the members that lead there. */
function writtenBy(node: ts.Node): ts.Expression | undefined {
	const isUpdate =
		(ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) &&
		[ts.SyntaxKind.PlusPlusToken, ts.SyntaxKind.MinusMinusToken].includes(node.operator);
	let target: ts.Expression | undefined;
	if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind)) target = bare(node.left);
	else if (isUpdate) target = bare(node.operand);
	while (target !== undefined && (ts.isPropertyAccessExpression(target) || ts.isElementAccessExpression(target)))
		target = bare(target.expression);
	return target;
}
