import ts from "typescript";
import { isAdded } from "../lines.ts";
import { isTestAlone } from "../of-tests.ts";
import { bare, isTypeScript, lineOf, nodesOf, type Side, shown, treeOf } from "../reading/syntax.ts";
import type { ChangedFile, Rule, Sight } from "../rule.ts";

const plain = { "a.ts": "export const a = one();\n" };

export const anyCasts: Rule = {
	name: "any-casts",
	severity: "ask",
	reason: "A value of any type passes every check of types, whatever it is.",
	*look(sight) {
		const files = sight.diff.files.filter((file) => isTypeScript(file.path) || isTypeScript(file.from ?? file.path));
		for (const isTest of [false, true]) {
			const some = files.filter(({ path }) => isTestAlone(sight.kinds, path) === isTest);
			yield* told(some, castsIn, isTest ? testSteps : sourceSteps, "lets a value pass as any type", sight);
			yield* told(some, assumptionsIn, isTest ? noSteps : assumptionSteps, "assumes that a value is there", sight);
		}
	},
	examples: {
		caught: [
			{ name: "as any", before: plain, after: { "a.ts": "export const a = one() as any;\n" } },
			{ name: "by way of unknown", before: plain, after: { "a.ts": "export const a = one() as unknown as string;\n" } },
			{ name: "as never", before: plain, after: { "a.ts": "export const a: string = one() as never;\n" } },
			{ name: "in angle brackets", before: plain, after: { "a.ts": "export const a = <any>one();\n" } },
			{
				name: "a parameter",
				before: plain,
				after: { "a.ts": "export const a = one();\nexport function b(c: any) { return c.d; }\n" },
			},
			{
				name: "under another name",
				before: plain,
				after: { "a.ts": "type Loose = any;\nexport const a = one() as Loose;\n" },
			},
			{ name: "a module without types", before: plain, after: { ...plain, "b.d.ts": 'declare module "c";\n' } },
			{
				name: "a flood of assumptions",
				before: plain,
				after: { "a.ts": "export const a = one()!.b!.c![0]!.d!.e!.f!.g!;\n" },
			},
		],
		passed: [
			{ name: "the word", before: plain, after: { "a.ts": 'export const any = "as any"; // as any\n' } },
			{ name: "as a constant", before: plain, after: { "a.ts": "export const a = [1] as const;\n" } },
			{
				name: "in another file than before",
				before: { "a.ts": "export const a = one() as any;\n" },
				after: { "b/c.ts": "export const a = one() as any;\nexport const b = 1;\n" },
			},
			{ name: "in a test", after: { "a.test.ts": "it('a', () => { expect(f(1 as any)).toBe(2); });\n" } },
			{ name: "one assumption", before: plain, after: { "a.ts": "export const a = one()!;\n" } },
		],
	},
};

interface Limits {
	readonly note: number;
	readonly ask: number;
	readonly block: number;
}
const sourceSteps: Limits = { note: 1, ask: 1, block: 8 };
/** A test hands over wrong values on purpose. */
const testSteps: Limits = { note: 1, ask: 15, block: Number.POSITIVE_INFINITY };
const assumptionSteps: Limits = { note: 3, ask: 6, block: Number.POSITIVE_INFINITY };
const noSteps: Limits = { note: 6, ask: Number.POSITIVE_INFINITY, block: Number.POSITIVE_INFINITY };

type Look = (file: ChangedFile, side: Side) => readonly ts.Node[];

/** All files are counted together, as casts move with the code. */
function* told(files: readonly ChangedFile[], look: Look, limits: Limits, what: string, _sight: Sight) {
	const before = files.reduce((sum, file) => sum + look(file, "before").length, 0);
	const after = files.reduce((sum, file) => sum + look(file, "after").length, 0);
	const more = after - before;
	if (more < limits.note) return;
	const severity = more >= limits.block ? "block" : more >= limits.ask ? "ask" : "note";
	let left = Math.min(more, shownMax);
	for (const file of files) {
		for (const node of look(file, "after")) {
			if (left === 0 || !isAdded(file, lineOf(node))) continue;
			left -= 1;
			yield {
				path: file.path,
				line: lineOf(node),
				what: `${what}: \`${shown(node)}\` (one of ${more})`,
				severity,
			} as const;
		}
	}
}

const shownMax = 10;

function castsIn(file: ChangedFile, side: Side): readonly ts.Node[] {
	const tree = treeOf(file, side);
	if (tree === null) return [];
	return [...nodesOf(tree)].filter((node) => {
		if (node.kind === ts.SyntaxKind.AnyKeyword) return true;
		if (ts.isModuleDeclaration(node)) return ts.isStringLiteral(node.name) && node.body === undefined;
		if (!ts.isAsExpression(node) && !ts.isTypeAssertionExpression(node)) return false;
		return node.type.kind === ts.SyntaxKind.NeverKeyword || isDouble(node);
	});
}

function isDouble(node: ts.AsExpression | ts.TypeAssertion): boolean {
	const inner = ts.isParenthesizedExpression(node.expression) ? node.expression.expression : node.expression;
	const isCast = ts.isAsExpression(inner) || ts.isTypeAssertionExpression(inner);
	return isCast && inner.type.kind === ts.SyntaxKind.UnknownKeyword && bare(inner) !== inner;
}

function assumptionsIn(file: ChangedFile, side: Side): readonly ts.Node[] {
	const tree = treeOf(file, side);
	return tree === null ? [] : [...nodesOf(tree)].filter((node) => ts.isNonNullExpression(node));
}
