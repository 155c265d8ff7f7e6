import { posix } from "node:path";
import ts from "typescript";
import { isAdded } from "../lines.ts";
import { isTestAlone } from "../of-tests.ts";
import { constantOf } from "../reading/constant.ts";
import { holdingOf, isTestLibrary, loadedBy } from "../reading/holds-tests.ts";
import { inSourceOf, isInSourceApi, writesAround } from "../reading/in-source.ts";
import { memberName } from "../reading/names.ts";
import { bare, isCode, lineOf, nodesOf, type Side, shown, treeOf } from "../reading/syntax.ts";
import type { ChangedFile, FileKinds, Rule } from "../rule.ts";

const plain = { "src/a.ts": "export const a = () => compute();\n" };

export const testEnvironment: Rule = {
	name: "test-environment",
	severity: "ask",
	reason: "Code that behaves differently under test is not the code that was tested.",
	*look({ diff, kinds }) {
		for (const file of diff.files) {
			if (!isCode(file.path) || !kinds.isProduct(file.path)) continue;
			const before = looks(file, "before", kinds).length;
			const after = looks(file, "after", kinds);
			if (after.length <= before) continue;
			for (const line of new Set(after.map(({ node }) => lineOf(node)))) {
				const look = after.find(({ node }) => lineOf(node) === line);
				if (look !== undefined && isAdded(file, line))
					yield { path: file.path, line, what: `${look.what}: \`${shown(look.node)}\`` };
			}
		}
	},
	examples: {
		caught: [
			{
				name: "VITEST",
				before: plain,
				after: { "src/a.ts": "export const a = () => (process.env.VITEST ? 3 : compute());\n" },
			},
			{
				name: "in brackets",
				before: plain,
				after: { "src/a.ts": "export const a = () => (process.env['JEST_' + 'WORKER_ID'] ? 3 : compute());\n" },
			},
			{
				name: "NODE_ENV",
				before: plain,
				after: {
					"src/a.ts": "export const a = () => { if (process.env.NODE_ENV === 'test') return 3; return compute(); };\n",
				},
			},
			{
				name: "taken out first",
				before: plain,
				after: { "src/a.ts": "const { VITEST } = process.env;\nexport const a = () => (VITEST ? 3 : compute());\n" },
			},
			{
				name: "import.meta",
				before: plain,
				after: { "src/a.ts": "export const a = () => (import.meta.vitest ? 3 : compute());\n" },
			},
			{
				name: "a block of tests that puts something else in the place of what it tests",
				before: plain,
				after: {
					"src/a.ts":
						"export let a = () => compute();\nif (import.meta.vitest) {\n\tconst { test } = import.meta.vitest;\n\ta = () => 3;\n\ttest('a', () => {});\n}\n",
				},
			},
			{
				name: "the library's names",
				before: plain,
				after: { "src/a.ts": "export const a = () => (typeof describe === 'function' ? 3 : compute());\n" },
			},
			{
				name: "on the global object",
				before: plain,
				after: { "src/a.ts": "export const a = () => ('expect' in globalThis ? 3 : compute());\n" },
			},
			{
				name: "the stack",
				before: plain,
				after: { "src/a.ts": "export const a = () => (new Error().stack?.includes('.test.') ? 3 : compute());\n" },
			},
			{
				name: "how it was started",
				before: plain,
				after: {
					"src/a.js":
						"export const a = () => (process.argv.some((arg) => /vitest|jest|mocha/.test(arg)) ? 3 : compute());\n",
				},
			},
			{
				name: "a helper of the tests",
				before: { ...plain, "src/testing/same.ts": "export const same = 1;\n" },
				after: { ...plain, "src/a.ts": 'import "./testing/same.js";\nexport const a = () => compute();\n' },
			},
			{
				name: "a library of the tests",
				before: plain,
				after: { "src/a.ts": 'import { expect } from "vitest";\nexport const a = () => compute(expect);\n' },
			},
		],
		passed: [
			{
				name: "a new file of tests that is not called so",
				after: { "checks/a.ts": 'import { test } from "vitest";\ntest("a", () => { a(); });\n' },
			},
			{ name: "types of a runner", before: plain, after: { "src/a.ts": 'import type { Test } from "vitest";\n' } },
			{
				name: "production",
				before: plain,
				after: { "src/a.ts": "export const a = () => (process.env.NODE_ENV === 'production' ? fast() : compute());\n" },
			},
			{ name: "a word", before: plain, after: { "src/a.ts": "export const a = () => compute('vitest');\n" } },
			{
				name: "tests in the source",
				before: plain,
				after: {
					"src/a.ts":
						"export const a = () => compute();\nif (import.meta.vitest) {\n\tconst { expect, test } = import.meta.vitest;\n\tlet was = 0;\n\twas = a();\n\ttest('a', () => expect(was).toBe(3));\n}\n",
				},
			},
			{
				name: "in a test",
				after: { "src/a.test.ts": "it('a', () => { expect(process.env.VITEST).toBe('true'); });\n" },
			},
		],
	},
};

interface Look {
	readonly node: ts.Node;
	readonly what: string;
}

/** Tests in their subject's source may look for the runner, but not change what they are about. */
function looks(file: ChangedFile, side: Side, kinds: FileKinds): readonly Look[] {
	const tree = treeOf(file, side);
	if (tree === null) return [];
	const { blocks } = inSourceOf(tree);
	const isOfTests = (node: ts.Node) =>
		blocks.some((block) => isWithin(node, block) && writesAround(block).length === 0);
	const code = [...nodesOf(tree)].filter((node) => !isOfTests(node));
	// A new file with tests in it is one of the tests, whatever it is called.
	const mayLoad = file.from === null && holdingOf(file.path, tree.text) === "tests";
	const loads = code.filter((node) => !mayLoad && loadsTests(loadedBy(node), file.path, kinds));
	return [
		...code.filter(isLook).map((node) => ({ node, what: "looks whether it is being tested" })),
		...loads.map((node) => ({ node, what: "loads what is there for tests" })),
		...blocks.flatMap(writesAround).map((node) => ({ node, what: "is changed where it is being tested" })),
	];
}

/** Code that does is taken for a helper of the tests from then on, and they are no longer run against it. */
function loadsTests(specifier: string, from: string, kinds: FileKinds): boolean {
	if (isTestLibrary(specifier)) return true;
	if (!specifier.startsWith(".")) return false;
	const path = posix.join(posix.dirname(from), specifier);
	const written = [path, ...["js", "ts", "mjs", "mts", "cjs", "cts", "jsx", "tsx"].flatMap(withEnding)];
	return written.some((one) => isTestAlone(kinds, one));

	function withEnding(ending: string): string[] {
		return [`${path}.${ending}`, `${path.replace(/\.[cm]?jsx?$/, "")}.${ending}`, `${path}/index.${ending}`];
	}
}

function isWithin(node: ts.Node, block: ts.Node): boolean {
	return node.pos >= block.pos && node.end <= block.end;
}

function isLook(node: ts.Node): boolean {
	const member = memberName(node);
	if (member !== undefined && variables.test(member)) return true;
	if (isInSourceApi(node)) return true;
	if (ts.isBindingElement(node)) return variables.test((node.propertyName ?? node.name).getText());
	if (ts.isTypeOfExpression(node))
		return (
			library.test(bare(node.expression).getText()) ||
			(/^(globalThis|global|window)\./.test(node.expression.getText()) &&
				library.test(memberName(bare(node.expression)) ?? ""))
		);
	if (member !== undefined && /^(globalThis|global)$/.test((node as ts.PropertyAccessExpression).expression.getText()))
		return library.test(member) || /^__(vitest|jest)/.test(member);
	if (ts.isBinaryExpression(node)) return comparesEnvironment(node);
	if (ts.isStringLiteralLike(node) || ts.isRegularExpressionLiteral(node)) return isLookedUp(node);
	return ts.isIdentifier(node) && /^__vitest_/.test(node.text);
}

const variables = /^(VITEST(_\w+)?|JEST_WORKER_ID|NODE_TEST_CONTEXT|MOCHA_\w+|PLAYWRIGHT_TEST\w*|TEST_WORKER_INDEX)$/;
const library = /^(describe|it|test|expect|vi|jest|vitest|mocha|beforeEach|afterEach)$/;

function comparesEnvironment(node: ts.BinaryExpression): boolean {
	if (node.operatorToken.kind === ts.SyntaxKind.InKeyword)
		return (
			/^(globalThis|global|window)$/.test(node.right.getText()) &&
			library.test(String(constantOf(node.left)?.value ?? ""))
		);
	const sides = [node.left, node.right];
	return (
		sides.some((side) => constantOf(side)?.value === "test") &&
		sides.some((side) => /NODE_ENV|\bMODE\b|\bmode\b|APP_ENV|environment\b/.test(side.getText()))
	);
}

/** A word for tests where the code looks at its stack or its arguments. */
function isLookedUp(node: ts.StringLiteralLike | ts.RegularExpressionLiteral): boolean {
	if (!/\.test\\?\.|\.spec\\?\.|__tests__|vitest|jest|mocha/i.test(node.text)) return false;
	for (let around: ts.Node = node.parent; around !== undefined && !ts.isStatement(around); around = around.parent)
		if (
			/\.stack\b|process\.(argv|execArgv|title|env)|require\.main|import\.meta\.(url|filename)|module\.parent|npm_lifecycle/.test(
				around.getText(),
			)
		)
			return true;
	return false;
}
