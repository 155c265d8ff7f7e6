/** Where the tests of a file stand, which of them a result is of, and where each begins to run. */
import ts from "typescript";
import { aliasesOf, type Chain, chainOf, hookNames, suiteNames, testNames } from "../ratchet/reading/chain.ts";
import { afterDirectives, lineAt, treeOf } from "./source-tree.ts";

export interface TestSite {
	/** The same for the same text of the same file. */
	readonly id: string;
	readonly kind: "test" | "hook";
	readonly line: number;
	/** The pieces of its suites' titles and its own, between which a run may put anything. */
	readonly suites: readonly string[];
	readonly title: readonly string[];
	/** All of it but its title, whatever its white space. */
	readonly body: string;
	readonly entry: Entry;
}

/** Where code can be put that runs when the function begins. */
type Entry =
	| { readonly kind: "block"; readonly at: number }
	| { readonly kind: "expression"; readonly from: number; readonly to: number };

export interface TestFile {
	readonly sites: readonly TestSite[];
	/** Whether no test or hook is given by a name alone, so that what runs between the tests is known to. */
	readonly whole: boolean;
}

export function sitesOf(file: string, text: string): TestFile {
	const tree = treeOf(file, text);
	if (tree === undefined) return { sites: [], whole: false };
	const walk: Walk = { file, tree, aliases: aliasesOf(tree), sites: [], hidden: { count: 0 } };
	visit(tree, { suites: [], inTest: false }, walk);
	return { sites: walk.sites, whole: walk.hidden.count === 0 };
}

/** More than one where several tests could have this name; none where no title fits. */
export function sitesNamed(name: string, { sites }: TestFile): readonly TestSite[] {
	const tests = sites.filter(({ kind }) => kind === "test");
	// Where a runner has several projects, it says first which one.
	const plain = name.replace(/^\|[^|]*\| /, "");
	const scores = tests.map((site) => scoreOf(plain, site));
	const best = Math.max(0, ...scores);
	return best === 0 ? [] : tests.filter((_, index) => scores[index] === best);
}

/** Higher for a name that fits as a whole, and for more letters that are the same. */
function scoreOf(name: string, { suites, title }: TestSite): number {
	const letters = title.join("").length + 1;
	if (fits(name, [...suites, ...title], true)) return wholeName + suites.join("").length + letters;
	return fits(name, title, false) ? letters : 0;
}

/** More than any title has letters. */
const wholeName = 1_000_000;

/** Piece by piece from the left, for a pattern made of many wildcards can take for ever. */
function fits(name: string, pieces: readonly string[], fromStart: boolean): boolean {
	const last = pieces.at(-1) ?? "";
	if (!name.endsWith(last)) return false;
	let at = 0;
	for (const [index, piece] of pieces.slice(0, -1).entries()) {
		const found = name.indexOf(piece, at);
		if (found === -1 || (index === 0 && fromStart && found !== 0)) return false;
		at = found + piece.length;
	}
	return at + last.length <= name.length && !(pieces.length === 1 && fromStart && name !== last);
}

interface Walk {
	readonly file: string;
	readonly tree: ts.SourceFile;
	readonly aliases: ReadonlyMap<string, Chain>;
	readonly sites: TestSite[];
	readonly hidden: { count: number };
}

interface Around {
	readonly suites: readonly string[];
	readonly inTest: boolean;
}

function visit(node: ts.Node, around: Around, walk: Walk): void {
	const inner = ts.isCallExpression(node) ? visitCall(node, around, walk) : around;
	ts.forEachChild(node, (child) => visit(child, inner, walk));
}

function visitCall(node: ts.CallExpression, around: Around, walk: Walk): Around {
	const kind = kindOf(node, around, walk);
	if (kind === undefined) return around;
	const suites = kind === "hook" ? around.suites : [...around.suites, ...titleOf(node)];
	if (kind === "suite") return { suites, inTest: false };
	const callback = node.arguments.find((arg) => ts.isArrowFunction(arg) || ts.isFunctionExpression(arg));
	if (callback !== undefined && (ts.isArrowFunction(callback) || ts.isFunctionExpression(callback))) {
		walk.sites.push(siteOf(node, callback, kind, around.suites, walk));
		return { suites, inTest: kind === "test" || around.inTest };
	}
	// `test.todo("…")` has nothing that runs; `beforeEach(prepare)` has.
	if (node.arguments.some((arg) => ts.isIdentifier(arg) || ts.isCallExpression(arg))) walk.hidden.count++;
	return around;
}

function kindOf(node: ts.CallExpression, { inTest }: Around, walk: Walk): "test" | "hook" | "suite" | undefined {
	const chain = chainOf(node.expression, walk.aliases);
	if (chain === null || !node.arguments.some(mayRun)) return undefined;
	const names = chain.steps.map(({ name }) => name);
	const last = names.at(-1) ?? "";
	const rooted = [...testNames, ...suiteNames].includes(chain.root);
	if (hookNames.includes(names.length === 0 ? chain.root : last) && (rooted || names.length === 0)) return "hook";
	if (suiteNames.includes(chain.root) || (rooted && names.some((name) => suiteNames.includes(name)))) return "suite";
	if (rooted) return makers.includes(last) && !ts.isCallExpression(calleeOf(node)) ? undefined : "test";
	if (testNames.includes(last) && isTitle(node.arguments[0])) return "test";
	// A wrapper of the project's own; within a test it is more likely to be something else.
	const isWrapper = names.length === 0 && /^(test|it)[A-Z]|Test$/.test(chain.root);
	return isWrapper && !inTest && isTitle(node.arguments[0]) ? "test" : undefined;
}

function mayRun(node: ts.Expression): boolean {
	return (
		ts.isArrowFunction(node) || ts.isFunctionExpression(node) || ts.isIdentifier(node) || ts.isCallExpression(node)
	);
}

/** `test.each(rows)` only makes the function that is called next. */
const makers = ["each", "for", "extend", "skipIf", "runIf", "if", "todoIf", "failsIf", "bind"];

function calleeOf(node: ts.CallExpression): ts.Expression {
	return ts.isTaggedTemplateExpression(node.expression) ? node : node.expression;
}

function siteOf(
	node: ts.CallExpression,
	callback: ts.ArrowFunction | ts.FunctionExpression,
	kind: TestSite["kind"],
	suites: readonly string[],
	{ file, tree, sites }: Walk,
): TestSite {
	const rest = [node.expression, ...node.arguments.slice(isTitle(node.arguments[0]) ? 1 : 0)];
	return {
		id: `${file}:${sites.length}`,
		kind,
		line: lineAt(tree, node.getStart()),
		suites,
		title: titleOf(node),
		body: rest.map((part) => part.getText().replace(/\s+/g, " ")).join(" "),
		entry: entryOf(callback),
	};
}

function entryOf({ body }: ts.ArrowFunction | ts.FunctionExpression): Entry {
	if (!ts.isBlock(body)) return { kind: "expression", from: body.getStart(), to: body.end };
	const first = afterDirectives(body.statements);
	return { kind: "block", at: body.statements[first - 1]?.end ?? body.getStart() + 1 };
}

function isTitle(node: ts.Node | undefined): boolean {
	return node !== undefined && (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node));
}

/** What a table or a variable puts into a title is not known; two empty pieces mean any title. */
function titleOf(node: ts.CallExpression): readonly string[] {
	const [first] = node.arguments;
	if (first === undefined) return ["", ""];
	if (ts.isTemplateExpression(first))
		return [first.head.text, ...first.templateSpans.map(({ literal }) => literal.text)].flatMap(withoutPlaces);
	if (!ts.isStringLiteralLike(first)) return ["", ""];
	return ts.isCallExpression(node.expression) || ts.isTaggedTemplateExpression(node.expression)
		? withoutPlaces(first.text)
		: [first.text];
}

/** `%s adds %i`, `$name adds $one.two`. */
function withoutPlaces(title: string): readonly string[] {
	return title.split(/%[a-zA-Z#$%]|\$[\w.#]+/);
}
