/**
 * The tests of a file as its text tells them, for vitest, jest, mocha, node:test, ava and their like. What only a run
 * can tell (a skip decided by a function of another file) is the business of the test identities that a run reports.
 */
import ts from "typescript";
import { type Assertion, assertionsIn } from "./assertions.ts";
import { type Aliases, aliasesOf, type Chain, chainOf, hookNames, suiteNames, testNames } from "./chain.ts";
import { reachOf } from "./reach.ts";
import { bare, constantOf, declarationsIn, inOneLine, lineOf, memberName, nodesOf, shown, tokensOf } from "./syntax.ts";

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

export interface Skip {
	readonly how: string;
	readonly line: number;
	/** `never`: by no means run; `in-ci`: not where it counts; `sometimes`: under another condition. */
	readonly runs: "never" | "in-ci" | "sometimes";
	/** What is written beside it. */
	readonly reason: string;
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

/** A place that marks a test, whether or not what is marked could be read as one. */
export interface Mark {
	readonly how: string;
	readonly kind: "skip" | "focus";
	readonly line: number;
}

export function marksOf(tree: ts.SourceFile): readonly Mark[] {
	const aliases = aliasesOf(tree);
	const marks: Mark[] = [];
	for (const node of nodesOf(tree)) {
		if (ts.isIdentifier(node) && /^(x|f|p)(it|test|describe|context|suite|specify)$/.test(node.text)) {
			const kind = node.text.startsWith("f") ? "focus" : "skip";
			if (node.text !== "pit" && !isDeclared(node)) marks.push({ how: node.text, kind, line: lineOf(node) });
		}
		const name = memberName(node);
		if (name === undefined || !(name === "only" || skipSteps.includes(name))) continue;
		const chain = chainOf(node as ts.Expression, aliases);
		if (chain === null || !(testNames.includes(chain.root) || suiteNames.includes(chain.root))) continue;
		marks.push({ how: `${chain.root}.${name}`, kind: name === "only" ? "focus" : "skip", line: lineOf(node) });
	}
	return marks;
}

function isDeclared(node: ts.Identifier): boolean {
	return ts.isPropertyAccessExpression(node.parent) && node.parent.name === node;
}

interface Call {
	readonly node: ts.CallExpression;
	readonly kind: "test" | "suite";
	readonly chain: Chain;
	readonly title: string;
	readonly options: ts.ObjectLiteralExpression | null;
	/** A number after the function: its time limit. */
	readonly limit: ts.Expression | null;
	readonly callback: ts.SignatureDeclaration | null;
}

const modifiers = ["skip", "only", "todo", "fails", "failing", "skipIf", "runIf", "if", "todoIf", "fixme", "slow"]
	.concat(["concurrent", "sequential", "shuffle", "each", "for", "serial", "parallel", "extend", "override", "scoped"])
	.concat(["describe", "suite", "context", "it", "test", "call", "apply", "bind", "failsIf", "?", "cb", "configure"]);
const makers = ["each", "for", "skipIf", "runIf", "if", "todoIf", "extend", "bind", "override", "scoped"];
const skipSteps = ["skip", "todo", "fixme"];

function testCall(node: ts.CallExpression, aliases: Aliases): Call | null {
	const chain = chainOf(node.expression, aliases);
	if (chain === null || !(testNames.includes(chain.root) || suiteNames.includes(chain.root))) return null;
	if (!chain.steps.every(({ name }) => modifiers.includes(name) || name === "()")) return null;
	const last = chain.steps.at(-1);
	if (last !== undefined && makers.includes(last.name) && last.args === undefined && last.table === undefined)
		return null;
	const kind = suiteNames.includes(chain.root) || chain.steps.some(({ name }) => suiteNames.includes(name));
	const isTest = !kind || chain.steps.some(({ name }) => name === "it" || name === "test");
	return callOf(node, chain, isTest ? "test" : "suite");
}

/** node:test's `t.test("…")`, where `t` was handed to the test around it. */
function subtest(node: ts.CallExpression, contexts: ReadonlySet<string>, aliases: Aliases): Call | null {
	const chain = chainOf(node.expression, aliases);
	if (chain === null || !contexts.has(chain.root) || chain.steps[0]?.name !== "test") return null;
	return callOf(node, chain, "test");
}

function callOf(node: ts.CallExpression, chain: Chain, kind: Call["kind"]): Call | null {
	const viaCall = chain.steps.some(({ name }) => name === "call");
	const args = viaCall ? node.arguments.slice(1) : [...node.arguments];
	const functions = args.map((arg) => functionOf(arg));
	const at = functions.findIndex((found) => found !== null);
	const [first] = args;
	if (first === undefined) return null;
	// Without a function it may be anything, save what says that it is to be written.
	const marked = chain.steps.some(({ name }) => skipSteps.includes(name)) || chain.root.startsWith("x");
	if (at === -1 && !(ts.isStringLiteralLike(bare(first)) || ts.isTemplateExpression(bare(first)))) return null;
	if (at === -1 && !marked && args.length > 1 && kind === "test" && !args.slice(1).some(isNameOrOptions)) return null;
	const options = args.map((arg) => objectOf(arg)).find((found) => found !== null) ?? null;
	const after = at === -1 ? undefined : args[at + 1];
	return {
		node,
		kind,
		chain,
		title: titleOf(first, at === 0),
		options,
		limit: after === undefined || objectOf(after) !== null ? null : after,
		callback: functions[at] ?? null,
	};
}

function isNameOrOptions(arg: ts.Expression): boolean {
	return ts.isIdentifier(bare(arg)) || ts.isObjectLiteralExpression(bare(arg)) || ts.isCallExpression(bare(arg));
}

function titleOf(first: ts.Expression, isFunction: boolean): string {
	const node = bare(first);
	if (isFunction) return (ts.isFunctionExpression(node) && node.name?.text) || "(no name)";
	const known = constantOf(node);
	if (typeof known?.value === "string") return known.value;
	if (ts.isTemplateExpression(node)) return node.getText().slice(1, -1);
	return node.getText();
}

function functionOf(arg: ts.Expression): ts.SignatureDeclaration | null {
	const node = bare(arg);
	if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) return node;
	// `it("…", fakeAsync(() => {}))`, `it("…", Effect.gen(function* () {}))`
	if (ts.isCallExpression(node))
		return node.arguments.map((inner) => functionOf(inner)).find((found) => found !== null) ?? null;
	if (!ts.isIdentifier(node)) return null;
	const tree = node.getSourceFile();
	const [variable] = declarationsIn(tree).get(node.text) ?? [];
	if (variable?.initializer !== undefined && !ts.isIdentifier(variable.initializer))
		return functionOf(variable.initializer);
	const declared = tree.statements.find(
		(statement) => ts.isFunctionDeclaration(statement) && statement.name?.text === node.text,
	);
	return declared !== undefined && ts.isFunctionDeclaration(declared) ? declared : null;
}

function objectOf(arg: ts.Expression): ts.ObjectLiteralExpression | null {
	const node = bare(arg);
	if (ts.isObjectLiteralExpression(node)) return node;
	if (!ts.isIdentifier(node)) return null;
	const [variable] = declarationsIn(node.getSourceFile()).get(node.text) ?? [];
	const value = variable?.initializer && bare(variable.initializer);
	return value !== undefined && ts.isObjectLiteralExpression(value) ? value : null;
}

function contextOf(callback: ts.SignatureDeclaration | null): string[] {
	const name = callback?.parameters[0]?.name;
	return name !== undefined && ts.isIdentifier(name) ? [name.text] : [];
}

interface Scope {
	readonly tree: ts.SourceFile;
	readonly aliases: Aliases;
	readonly contexts: ReadonlySet<string>;
	readonly helpers: ReadonlyMap<string, number>;
	readonly byNode: ReadonlyMap<ts.Node, Call>;
	readonly hooks: readonly { readonly around: ts.Node; readonly skip: Skip }[];
}

function testCase(call: Call, scope: Scope): TestCase {
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

function bodyOf(callback: ts.SignatureDeclaration | null): ts.Node | null {
	return (callback as { readonly body?: ts.Node } | null)?.body ?? null;
}

/** Suites and tests that it stands in, from the inside out. */
function callsAround(call: Call, byNode: ReadonlyMap<ts.Node, Call>): Call[] {
	const around: Call[] = [];
	for (let node: ts.Node = call.node.parent; node !== undefined; node = node.parent) {
		const known = byNode.get(node);
		if (known !== undefined) around.push(known);
	}
	return around;
}

function skipOf(call: Call, around: readonly Call[], scope: Scope, assertions: readonly Assertion[]): Skip | null {
	const found = [
		...[call, ...around].map((one) => ownSkip(one)),
		registration(call, scope.tree),
		...scope.hooks.filter(({ around: place }) => isWithin(call.node, place)).map(({ skip }) => skip),
		call.callback === null ? null : skipInside(call, scope, assertions),
	].filter((skip): skip is Skip => skip !== null);
	const order: readonly Skip["runs"][] = ["never", "in-ci", "sometimes"];
	return found.sort((one, other) => order.indexOf(one.runs) - order.indexOf(other.runs))[0] ?? null;
}

function ownSkip(call: Call): Skip | null {
	const { chain, node } = call;
	if (/^x/.test(chain.root)) return skip(node, chain.root, "never");
	for (const { name, args, condition, table } of chain.steps) {
		const how = `${chain.root}.${name}`;
		if (skipSteps.includes(name)) {
			if (condition !== undefined) return skip(node, `${how} (${condition})`, runsUnder(condition));
			return skip(node, how, "never");
		}
		if (["skipIf", "todoIf"].includes(name)) return byCondition(node, how, args?.[0], true);
		if (["runIf", "if"].includes(name)) return byCondition(node, how, args?.[0], false);
		if (
			(name === "each" || name === "for") &&
			rowsOf({ name, ...(args ? { args } : {}), ...(table ? { table } : {}) }) === 0
		)
			return skip(node, `${how} over an empty table`, "never");
		if (name === "?") return skip(node, `${chain.root}[${condition ?? "computed"}]`, runsUnder(condition ?? ""));
	}
	for (const option of ["skip", "todo"]) {
		const value = optionOf(call, option);
		if (value === undefined) continue;
		const known = constantOf(value);
		if (known !== undefined && !known.value) continue;
		const how = `{ ${option}: ${shown(value)} }`;
		return skip(node, how, known === undefined ? runsUnder(value.getText()) : "never");
	}
	if (
		call.options?.properties.some((property) => ts.isSpreadAssignment(property)) &&
		/skip/i.test(call.options.getText())
	)
		return skip(node, shown(call.options), "sometimes");
	return null;
}

function byCondition(node: ts.Node, how: string, condition: ts.Expression | undefined, skips: boolean): Skip | null {
	const known = condition && constantOf(condition);
	if (known !== undefined)
		return Boolean(known.value) === skips ? skip(node, `${how}(${condition?.getText()})`, "never") : null;
	const text = condition?.getText() ?? "";
	return skip(node, `${how}(${text})`, runsUnder(text));
}

/** A test in a branch, a function nobody calls or a loop over nothing is not there for the runner. */
function registration(call: Call, tree: ts.SourceFile): Skip | null {
	const { dead, conditions } = reachOf(call.node, tree);
	if (dead) return skip(call.node, "a place that is never reached", "never");
	const [condition] = conditions;
	return condition === undefined ? null : skip(call.node, `the condition ${short(condition)}`, runsUnder(condition));
}

/** `this.skip()`, `t.skip()`, `ctx.skip()`, `test.skip()` in a test, a return before it asserts. */
function skipInside(call: Call, { aliases, contexts, byNode }: Scope, assertions: readonly Assertion[]): Skip | null {
	const body = bodyOf(call.callback);
	if (body === null) return null;
	for (const node of nodesOf(body)) {
		if (!ts.isCallExpression(node) || byNode.has(node)) continue;
		const how = callSkips(node, aliases, contexts, call.callback);
		if (how === null) continue;
		const { dead, conditions } = reachOf(node, body);
		if (dead) continue;
		const given = node.arguments[0];
		const own = given !== undefined && how.startsWith("test") && !ts.isStringLiteralLike(given) ? given : undefined;
		if (own !== undefined) return byCondition(node, how, own, true);
		return skip(node, how, conditions[0] === undefined ? "never" : runsUnder(conditions.join(" ")));
	}
	const live = assertions.filter(({ hollow }) => hollow === undefined);
	const returns = ts.isBlock(body) ? body.statements.find((statement) => ts.isReturnStatement(statement)) : undefined;
	if (
		returns !== undefined &&
		live.length === 0 &&
		assertions.some(({ line, hollow }) => hollow === "never run" && line >= lineOf(returns))
	)
		return skip(call.node, "a return before its assertions", "never");
	const guard =
		live.length > 0 && live.every(({ conditions }) => conditions.length > 0) ? live[0]?.conditions[0] : undefined;
	return guard === undefined ? null : skip(call.node, `the condition ${short(guard)}`, runsUnder(guard));
}

function callSkips(
	node: ts.CallExpression,
	aliases: Aliases,
	contexts: ReadonlySet<string>,
	callback: ts.SignatureDeclaration | null,
): string | null {
	const callee = bare(node.expression);
	if (ts.isIdentifier(callee)) {
		if (callee.text === "pending") return "pending()";
		const parameter = callback?.parameters[0]?.name;
		const names =
			parameter !== undefined && ts.isObjectBindingPattern(parameter)
				? parameter.elements.filter((element) => /^(skip|todo)$/.test((element.propertyName ?? element.name).getText()))
				: [];
		return names.some((element) => element.name.getText() === callee.text) ? `${callee.text}()` : null;
	}
	const method = memberName(callee);
	if (method === undefined || !skipSteps.includes(method)) return null;
	const root = chainOf(callee, aliases)?.root ?? "";
	if (root === "this" || contexts.has(root)) return `${root}.${method}()`;
	return testNames.includes(root) && functionOf(node.arguments[1] ?? callee) === null ? `test.${method}()` : null;
}

/** A hook that skips does so for every test of its suite. */
function skipsInHooks(tree: ts.SourceFile, aliases: Aliases): Scope["hooks"] {
	return [...nodesOf(tree)].flatMap((node) => {
		if (!ts.isCallExpression(node)) return [];
		const chain = chainOf(node.expression, aliases);
		const name = chain?.steps.at(-1)?.name ?? chain?.root ?? "";
		if (!hookNames.includes(name)) return [];
		const callback = node.arguments.map((arg) => functionOf(arg)).find((found) => found !== null) ?? null;
		const body = bodyOf(callback);
		if (body === null) return [];
		for (const inner of nodesOf(body)) {
			if (!ts.isCallExpression(inner)) continue;
			const how = callSkips(inner, aliases, new Set(contextOf(callback)), callback);
			if (how === null) continue;
			const { dead, conditions } = reachOf(inner, body);
			const runs = conditions[0] === undefined ? "never" : runsUnder(conditions.join(" "));
			if (!dead) return [{ around: suiteAround(node), skip: skip(inner, `${how} in ${name}`, runs) }];
		}
		return [];
	});
}

function suiteAround(node: ts.Node): ts.Node {
	for (let around: ts.Node = node.parent; around !== undefined; around = around.parent)
		if (ts.isFunctionLike(around) || ts.isSourceFile(around)) return around;
	return node.getSourceFile();
}

function isWithin(node: ts.Node, place: ts.Node): boolean {
	return node.pos >= place.pos && node.end <= place.end;
}

function focusOf({ chain, options }: Call): string | null {
	if (/^f(it|test|describe|context|suite|specify)$/.test(chain.root)) return chain.root;
	if (chain.steps.some(({ name }) => name === "only")) return `${chain.root}.only`;
	const value = options && property(options, "only");
	if (value == null) return null;
	const known = constantOf(value);
	return known === undefined || known.value ? "{ only: true }" : null;
}

function runsUnder(condition: string): Skip["runs"] {
	return /\bCI\b|GITHUB_ACTIONS|VITEST|JEST_WORKER_ID|isCI\b/i.test(condition) ? "in-ci" : "sometimes";
}

function skip(node: ts.Node, how: string, runs: Skip["runs"]): Skip {
	return { how, runs, line: lineOf(node), reason: writtenBeside(node) };
}

/** Comments on its line and in front of it, and texts that are given as a reason. */
function writtenBeside(node: ts.Node): string {
	const tree = node.getSourceFile();
	const { text } = tree;
	let statement: ts.Node = node;
	while (statement.parent !== undefined && !ts.isStatement(statement)) statement = statement.parent;
	const start = statement.getFullStart();
	const own = text.slice(start, statement.getStart(tree));
	const end = text.indexOf("\n", node.getStart(tree));
	const line = text.slice(node.getStart(tree), end === -1 ? undefined : end);
	return `${own} ${line}`;
}

function rowsOf({ args, table }: Chain["steps"][number]): number | "unknown" {
	if (table !== undefined) {
		if (!ts.isTemplateExpression(table)) return 0;
		const columns = table.head.text.split("|").length;
		return Math.floor(table.templateSpans.length / columns);
	}
	const [first] = args ?? [];
	const list = first === undefined ? null : listOf(first);
	if (list === null || list.elements.some((element) => ts.isSpreadElement(element))) return "unknown";
	return list.elements.length;
}

function rowTextsOf({ args, table }: Chain["steps"][number]): string[] {
	if (table !== undefined && ts.isTemplateExpression(table)) {
		const columns = table.head.text.split("|").length;
		const values = table.templateSpans.map(({ expression }) => inOneLine(expression));
		return values.flatMap((_, at) => (at % columns === 0 ? [values.slice(at, at + columns).join(" ")] : []));
	}
	const list = args?.[0] === undefined ? null : listOf(args[0]);
	return list === null ? [] : list.elements.map(inOneLine);
}

/** Of loops around a test: `for (const row of [1, 2])`, `[1, 2].forEach(…)`. */
function loopRows(node: ts.Node): string[] {
	const rows: string[] = [];
	for (let around: ts.Node = node.parent; around !== undefined; around = around.parent) {
		const looped = ts.isForOfStatement(around)
			? around.expression
			: ts.isCallExpression(around) && /^(forEach|map)$/.test(memberName(around.expression) ?? "")
				? (around.expression as ts.PropertyAccessExpression).expression
				: undefined;
		const list = looped === undefined ? null : listOf(looped);
		if (list !== null) rows.push(...list.elements.map(inOneLine));
	}
	return rows;
}

function listOf(arg: ts.Expression): ts.ArrayLiteralExpression | null {
	const node = bare(arg);
	if (ts.isArrayLiteralExpression(node)) return node;
	if (!ts.isIdentifier(node)) return null;
	const [variable] = declarationsIn(node.getSourceFile()).get(node.text) ?? [];
	const value = variable?.initializer && bare(variable.initializer);
	return value !== undefined && ts.isArrayLiteralExpression(value) ? value : null;
}

function tableTokens(table: Chain["steps"][number] | undefined): readonly string[] {
	if (table === undefined) return [];
	if (table.table !== undefined) return tokensOf(table.table);
	return (table.args ?? []).flatMap((arg) => tokensOf(listOf(arg) ?? arg));
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

function optionOf({ options }: Call, name: string): ts.Expression | undefined {
	return (options && property(options, name)) ?? undefined;
}

function property(object: ts.ObjectLiteralExpression, name: string): ts.Expression | null {
	for (const part of object.properties) {
		if (ts.isPropertyAssignment(part) && part.name.getText().replace(/^["']|["']$/g, "") === name)
			return part.initializer;
		if (ts.isShorthandPropertyAssignment(part) && part.name.text === name) return part.name;
	}
	return null;
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

function short(text: string): string {
	const line = text.replace(/\s+/g, " ");
	return line.length > 60 ? `${line.slice(0, 57)}...` : line;
}
