/**
 * What becomes of the tests of a change: each test of the base is one of the head, or has vanished. A test that moved to
 * another file, got another name, became a row of a table or was taken apart is still there.
 */
import { posix } from "node:path";
import ts from "typescript";
import type { ChangedFile, Sight } from "../rule.ts";
import type { Assertion } from "./assertions.ts";
import { goneCode } from "./gone-code.ts";
import { isCode, likeness, nodesOf, type Side, treeOf } from "./syntax.ts";
import { helpersOf, type TestCase, testsOf } from "./test-calls.ts";

export interface TestChange {
	readonly kept: readonly { readonly before: PlacedTest; readonly after: PlacedTest }[];
	readonly vanished: readonly Vanished[];
	readonly fresh: readonly PlacedTest[];
}

export interface PlacedTest extends TestCase {
	readonly file: ChangedFile;
	readonly path: string;
}

export interface Vanished {
	readonly test: PlacedTest;
	/** What it tested went too. */
	readonly subjectGone: boolean;
}

export function testChange(sight: Sight): TestChange {
	const known = kept.get(sight);
	if (known !== undefined) return known;
	const before = placedTests(sight, "before");
	const after = placedTests(sight, "after");
	const matching = match(before, after);
	const vanished = matching.lost
		.filter((test) => !after.some((other) => isSameTest(test, other)))
		.filter((test) => !becameTests(test, matching.fresh))
		.filter((test) => !wasTakenApart(test, before, after))
		.map((test) => ({ test, subjectGone: isSubjectGone(test, sight) }));
	const change = { kept: matching.pairs, vanished, fresh: matching.fresh };
	kept.set(sight, change);
	return change;
}

const kept = new WeakMap<Sight, TestChange>();

/** Where a name of what is gone stands in it. */
export function mentionsGone(words: readonly string[], sight: Sight): boolean {
	const { names } = goneCode(sight);
	return words.some((word) => names.has(word) || names.has(word.replace(/^"|"$/g, "")));
}

/** Of the assertions that hold, those that the tests of the head hold less often than those of the base. */
export function lostAssertions(sight: Sight, before: TestCase, after: TestCase): readonly Assertion[] {
	const left = new Map<string, number>();
	const count = (text: string, by: number) => left.set(text, (left.get(text) ?? 0) + by);
	for (const { text } of holding(after)) count(text, 1);
	const elsewhere = surplus(sight);
	return holding(before).filter(({ text }) => {
		if ((left.get(text) ?? 0) > 0) {
			count(text, -1);
			return false;
		}
		return (elsewhere.get(text) ?? 0) < 0;
	});
}

/** Rows of its tables that no test of the head has, neither as a row nor, taken out of it, as a test of its own. */
export function lostRows(sight: Sight, before: TestCase): readonly string[] {
	if (before.rowTexts.length === 0) return [];
	const tests = placedTests(sight, "after");
	const there = new Set(tests.flatMap(({ rowTexts }) => rowTexts));
	const missing = before.rowTexts.filter((row) => !there.has(row));
	if (missing.length === 0) return [];
	const { fresh } = testChange(sight);
	return missing.filter((row) => !fresh.some((test) => holdsRow(test, row)));
}

export function holding({ assertions }: TestCase): readonly Assertion[] {
	return assertions.filter(({ hollow }) => hollow === undefined);
}

/** How many more of each assertion the head has than the base, in all tests together. */
function surplus(sight: Sight): ReadonlyMap<string, number> {
	const known = surpluses.get(sight);
	if (known !== undefined) return known;
	const counts = differences(placedTests(sight, "before"), placedTests(sight, "after"));
	surpluses.set(sight, counts);
	return counts;
}

const surpluses = new WeakMap<Sight, ReadonlyMap<string, number>>();

function differences(before: readonly TestCase[], after: readonly TestCase[]): Map<string, number> {
	const counts = new Map<string, number>();
	const add = (tests: readonly TestCase[], by: number) => {
		for (const { text } of tests.filter(({ skip }) => skip === null).flatMap(holding))
			counts.set(text, (counts.get(text) ?? 0) + by);
	};
	add(after, 1);
	add(before, -1);
	return counts;
}

function placedTests(sight: Sight, side: Side): readonly PlacedTest[] {
	const known = placed.get(sight) ?? {};
	placed.set(sight, known);
	known[side] ??= testsOn(sight, side);
	return known[side];
}

const placed = new WeakMap<Sight, { before?: readonly PlacedTest[]; after?: readonly PlacedTest[] }>();

function testsOn(sight: Sight, side: Side): readonly PlacedTest[] {
	const files = sight.diff.files.filter((file) => {
		const path = side === "before" ? (file.from ?? file.path) : file.path;
		return sight.kinds.isTest(path) && isCode(path);
	});
	const trees = files.flatMap((file) => {
		const tree = treeOf(file, side);
		return tree === null ? [] : [{ file, tree }];
	});
	const helpers = new Map<string, number>();
	for (const { tree } of trees)
		for (const [name, weight] of helpersOf(tree)) helpers.set(name, Math.max(weight, helpers.get(name) ?? 0));
	return trees.flatMap(({ file, tree }) => {
		const path = side === "before" ? (file.from ?? file.path) : file.path;
		return testsOf(tree, helpers).map((test) => ({ ...test, file, path }));
	});
}

interface Matching {
	readonly pairs: { readonly before: PlacedTest; readonly after: PlacedTest }[];
	readonly lost: readonly PlacedTest[];
	readonly fresh: readonly PlacedTest[];
}

function match(before: readonly PlacedTest[], after: readonly PlacedTest[]): Matching {
	const pairs: Matching["pairs"] = [];
	let lost = [...before];
	const fresh = [...after];
	const take = (like: (one: PlacedTest, other: PlacedTest) => boolean) => {
		lost = lost.filter((one) => {
			const at = fresh.findIndex((other) => like(one, other));
			const [other] = at === -1 ? [] : fresh.splice(at, 1);
			if (other !== undefined) pairs.push({ before: one, after: other });
			return other === undefined;
		});
	};
	take((one, other) => one.file === other.file && one.name === other.name);
	take((one, other) => one.name === other.name && likeness(one.traits, other.traits) >= sameTest);
	take((one, other) => one.title === other.title && (one.file === other.file || isAlike(one, other)));
	// The cost is in the product: above this, a change rewrote its tests, and each that has another name counts as gone.
	if (lost.length * fresh.length <= comparesMax) {
		take((one, other) => likeness(one.traits, other.traits) > nearlySame && one.traits.length > 0);
		take(isAlike);
	}
	const rows = new Map(after.filter(({ rows }) => rows !== null).map((test) => [test, rowsLeft(test)]));
	lost = lost.filter((test) => !becameRow(test, rows));
	return { pairs, lost, fresh };
}

const comparesMax = 250_000;
const nearlySame = 0.95;
const sameTest = 0.4;
const renamed = 0.7;

function isAlike(one: PlacedTest, other: PlacedTest): boolean {
	return one.traits.length > 0 && likeness(one.traits, other.traits) >= renamed;
}

/** Of two equal tests, one may go. */
function isSameTest(one: PlacedTest, other: PlacedTest): boolean {
	return (
		other.skip === null &&
		one.traits.length > 0 &&
		one.tokens.length === other.tokens.length &&
		one.tokens.join(" ") === other.tokens.join(" ")
	);
}

function rowsLeft({ rows }: PlacedTest): number {
	return rows === "unknown" ? Number.POSITIVE_INFINITY : (rows ?? 0);
}

/** Each of its rows is a test of its own, that calls what it called. */
function becameTests(table: PlacedTest, fresh: readonly PlacedTest[]): boolean {
	const left = fresh.filter(({ skip, rows }) => skip === null && rows === null);
	return (
		table.rowTexts.length > 0 &&
		table.rowTexts.every((row) => {
			const at = left.findIndex((test) => holdsRow(test, row) && holding(test).length > 0);
			if (at !== -1) left.splice(at, 1);
			return at !== -1;
		})
	);
}

function holdsRow({ tokens }: PlacedTest, row: string): boolean {
	const words = new Set(tokens);
	return row.split(" ").every((word) => words.has(word));
}

/** What the test calls is called by the table's test, and its values stand in the table. */
function becameRow(test: PlacedTest, tables: Map<PlacedTest, number>): boolean {
	for (const [table, left] of tables) {
		if (left <= 0 || table.skip !== null || holding(table).length === 0) continue;
		const words = new Set(table.tokens);
		const values = test.traits.filter(isValue);
		const names = test.traits.filter((word) => /^[A-Za-z_$][\w$]*$/.test(word) && !isValue(word));
		const valuesThere = table.rows === "unknown" || share(values, words) >= 0.6;
		if (share(names, words) < 0.6 || !valuesThere) continue;
		tables.set(table, left - 1);
		return true;
	}
	return false;
}

function isValue(word: string): boolean {
	return /^["'`\d-]/.test(word) || /^(true|false|null|undefined)$/.test(word);
}

function share(words: readonly string[], there: ReadonlySet<string>): number {
	return words.length === 0 ? 1 : words.filter((word) => there.has(word)).length / words.length;
}

/** All that it asserts is asserted by other tests of the head that did not assert it before. */
function wasTakenApart(test: PlacedTest, before: readonly PlacedTest[], after: readonly PlacedTest[]): boolean {
	const texts = holding(test).map(({ text }) => text);
	if (texts.length === 0) return false;
	const more = differences(
		before.filter((other) => other !== test),
		after,
	);
	return texts.every((text) => (more.get(text) ?? 0) > 0);
}

function isSubjectGone(test: PlacedTest, sight: Sight): boolean {
	const { files } = goneCode(sight);
	const tree = treeOf(test.file, "before");
	const imports = tree === null ? [] : importsOf(tree, test.path);
	const subjects = imports.filter((path) => sight.diff.files.some((file) => sameModule(path, file.from ?? file.path)));
	const allGone = imports.length > 0 && subjects.length > 0 && imports.every((path) => isGone(path, files, sight));
	return (allGone && test.file.status === "deleted") || mentionsGone(test.traits, sight);
}

function isGone(path: string, files: ReadonlySet<string>, sight: Sight): boolean {
	// Helpers of tests may stay or go.
	return [...files].some((file) => sameModule(path, file)) || !sight.kinds.isProduct(path);
}

/** Where its relative imports lead, without extensions. */
function importsOf(tree: ts.SourceFile, path: string): readonly string[] {
	return [...nodesOf(tree)].flatMap((node) => {
		const specifier = ts.isImportDeclaration(node) ? node.moduleSpecifier : required(node);
		if (specifier === undefined || !ts.isStringLiteralLike(specifier) || !specifier.text.startsWith(".")) return [];
		return [posix.join(posix.dirname(path), specifier.text)];
	});
}

function required(node: ts.Node): ts.Expression | undefined {
	if (!ts.isCallExpression(node)) return undefined;
	const isImport = node.expression.kind === ts.SyntaxKind.ImportKeyword || node.expression.getText() === "require";
	return isImport ? node.arguments[0] : undefined;
}

export function sameModule(specifier: string, file: string): boolean {
	const plain = (path: string) => path.replace(/\.[cm]?[jt]sx?$/, "").replace(/\/index$/, "");
	return plain(specifier) === plain(file);
}
