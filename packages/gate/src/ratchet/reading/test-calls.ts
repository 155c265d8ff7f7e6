/**
 * The tests of a file as its text tells them, for vitest, jest, mocha, node:test, ava and their like. What only a run
 * can tell (a skip decided by a function of another file) is the business of the test identities that a run reports.
 */
import ts from "typescript";
import { type Assertion, assertionsIn } from "./assertions.ts";
import { bodyOf, type Call, contextOf, optionOf, property, subtest, testCall } from "./calls.ts";
import { aliasesOf } from "./chain.ts";
import { constantOf } from "./constant.ts";
import { type Scope, type Skip, skipOf, skipsInHooks } from "./skips.ts";
import { bare, lineOf, nodesOf, tokensOf } from "./syntax.ts";
import { loopRows, rowsOf, rowTextsOf, tableTokens } from "./tables.ts";

export interface TestCase {
	/** With the names of its suites: `cart > adds`. */
	readonly name: string;
	readonly title: string;
	readonly line: number;
	readonly skip: Skip | null;
	/** How, as in `it.only`; null when it is not the one that is run alone. */
	readonly focus: string | null;
	/** It counts as passed when it fails. */
	readonly inverted: boolean;
	/** How many tests are made of it by a table; null for one that is no table, "unknown" when the table is made elsewhere. */
	readonly rows: number | null | "unknown";
	/** Each row of the tables and loops that it is made of. */
	readonly rowTexts: readonly string[];
	/** Words and values of the body and of the table. */
	readonly tokens: readonly string[];
	/** Without what any test has: `expect`, matchers, suite functions. */
	readonly traits: readonly string[];
	readonly assertions: readonly Assertion[];
	/** The text of a function with nothing in it. */
	readonly empty: boolean;
	readonly retries: number;
	readonly timeoutMs: number | null;
}

/** `helpers`: what a call of a function of the tests' own is worth in assertions, by its name. */
export function testsOf(tree: ts.SourceFile, helpers: ReadonlyMap<string, number>): readonly TestCase[] {
	const aliases = aliasesOf(tree);
	const calls = [...nodesOf(tree)].flatMap((node) => {
		const call = ts.isCallExpression(node) ? testCall(node, aliases) : null;
		return call === null ? [] : [call];
	});
	const byNode = new Map(calls.map((call) => [call.node, call]));
	const contexts = new Set(calls.flatMap(({ callback }) => contextOf(callback)));
	const inContext = [...nodesOf(tree)].flatMap((node) => {
		const call = ts.isCallExpression(node) ? subtest(node, contexts, aliases) : null;
		return call === null ? [] : [call];
	});
	for (const call of inContext) {
		byNode.set(call.node, call);
		for (const name of contextOf(call.callback)) contexts.add(name);
	}
	const hooks = skipsInHooks(tree, aliases);
	return [...calls, ...inContext]
		.filter(({ kind }) => kind === "test")
		.map((call) => testCase(call, { tree, aliases, contexts, helpers, byNode, hooks }))
		.sort((one, other) => one.line - other.line);
}

/** How many assertions each function has that is no test. */
export function helpersOf(tree: ts.SourceFile): ReadonlyMap<string, number> {
	const aliases = aliasesOf(tree);
	const found = new Map<string, number>();
	const none = { aliases, contexts: new Set<string>(), helpers: new Map<string, number>() };
	for (const node of nodesOf(tree)) {
		const [name, body] = namedFunction(node);
		if (name === undefined || body === undefined) continue;
		const assertions = assertionsIn({ ...none, body }).filter(({ hollow }) => hollow === undefined);
		const weight = assertions.reduce((sum, assertion) => sum + assertion.weight, 0);
		if (weight > 0) found.set(name, Math.max(weight, found.get(name) ?? 0));
	}
	return found;
}

interface CaseScope extends Scope {
	readonly helpers: ReadonlyMap<string, number>;
}

function testCase(call: Call, scope: CaseScope): TestCase {
	const around = callsAround(call, scope.byNode);
	const all = [call, ...around];
	const body = bodyOf(call.callback);
	const assertions =
		body === null
			? []
			: assertionsIn({ body, aliases: scope.aliases, contexts: scope.contexts, helpers: scope.helpers });
	const table = call.chain.steps.find(({ name }) => name === "each" || name === "for");
	const words = [...(body === null ? [] : tokensOf(body)), ...tableTokens(table)];
	const names = all.map(({ title }) => title).reverse();
	return {
		name: names.join(" > "),
		title: call.title,
		line: lineOf(call.node),
		skip: skipOf(call, around, scope, assertions),
		focus: firstOf(all, (one) => focusOf(one)),
		inverted:
			call.chain.steps.some(({ name }) => ["fails", "failing", "failsIf"].includes(name)) || hasOption(call, "fails"),
		rows: table === undefined ? null : rowsOf(table),
		rowTexts: [...all.flatMap(({ chain }) => chain.steps.flatMap(rowTextsOf)), ...loopRows(call.node)],
		tokens: words,
		traits: words.filter((word) => !common.test(word)),
		assertions,
		empty: body !== null && ts.isBlock(body) && body.statements.every((statement) => ts.isEmptyStatement(statement)),
		retries: numberOption(all, "retry") ?? numberOption(all, "retries") ?? 0,
		timeoutMs: limitOf(call) ?? numberOption(all, "timeout") ?? null,
	};
}

const common =
	/^(?:expect|assert|t|it|test|await|async|const|let|return|new|=>|=|\.|\?\.|!|to[A-Z]\w*|equal|strictEqual|deepEqual|deepStrictEqual|ok|is|not|to|be|function|vi|jest|import|[:?|&]+)$/;

/** Suites and tests that it stands in, from the inside out. */
function callsAround(call: Call, byNode: ReadonlyMap<ts.Node, Call>): Call[] {
	const around: Call[] = [];
	for (let node: ts.Node = call.node.parent; node !== undefined; node = node.parent) {
		const known = byNode.get(node);
		if (known !== undefined) around.push(known);
	}
	return around;
}

function focusOf({ chain, options }: Call): string | null {
	if (/^f(it|test|describe|context|suite|specify)$/.test(chain.root)) return chain.root;
	if (chain.steps.some(({ name }) => name === "only")) return `${chain.root}.only`;
	const value = options && property(options, "only");
	if (value == null) return null;
	const known = constantOf(value);
	return known === undefined || known.value ? "{ only: true }" : null;
}

function limitOf({ limit }: Call): number | undefined {
	const value = limit === null ? undefined : constantOf(limit)?.value;
	return typeof value === "number" ? value : undefined;
}

function numberOption(calls: readonly Call[], name: string): number | undefined {
	for (const call of calls) {
		const value = optionOf(call, name);
		const known = value === undefined ? undefined : constantOf(value)?.value;
		if (typeof known === "number") return known;
	}
	return undefined;
}

function hasOption(call: Call, name: string): boolean {
	const value = optionOf(call, name);
	return value !== undefined && constantOf(value)?.value !== false;
}

function namedFunction(node: ts.Node): [string | undefined, ts.Node | undefined] {
	if (ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node)) return [node.name?.getText(), node.body];
	if (ts.isVariableDeclaration(node) && node.initializer !== undefined && ts.isIdentifier(node.name)) {
		const value = bare(node.initializer);
		if (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) return [node.name.text, value.body];
	}
	return [undefined, undefined];
}

function firstOf<T, R>(items: readonly T[], look: (item: T) => R | null): R | null {
	for (const item of items) {
		const found = look(item);
		if (found !== null) return found;
	}
	return null;
}
