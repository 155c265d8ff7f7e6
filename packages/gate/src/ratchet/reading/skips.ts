/** The ways in which a test is not run, or only sometimes. */
import ts from "typescript";
import type { Assertion } from "./assertions.ts";
import { bodyOf, type Call, contextOf, functionOf, optionOf, skipSteps } from "./calls.ts";
import { type Aliases, chainOf, hookNames, testNames } from "./chain.ts";
import { constantOf } from "./constant.ts";
import { memberName } from "./names.ts";
import { reachOf } from "./reach.ts";
import { bare, lineOf, nodesOf, shown } from "./syntax.ts";
import { rowsOf } from "./tables.ts";

export interface Skip {
	readonly how: string;
	readonly line: number;
	/** `never`: by no means run; `in-ci`: not where it counts; `sometimes`: under another condition. */
	readonly runs: "never" | "in-ci" | "sometimes";
	/** What is written beside it. */
	readonly reason: string;
}

export interface Scope {
	readonly tree: ts.SourceFile;
	readonly aliases: Aliases;
	/** Names of what a library hands to a test. */
	readonly contexts: ReadonlySet<string>;
	readonly byNode: ReadonlyMap<ts.Node, Call>;
	readonly hooks: readonly HookSkip[];
}

export interface HookSkip {
	readonly around: ts.Node;
	readonly skip: Skip;
}

export function skipOf(
	call: Call,
	around: readonly Call[],
	scope: Scope,
	assertions: readonly Assertion[],
): Skip | null {
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
export function skipsInHooks(tree: ts.SourceFile, aliases: Aliases): readonly HookSkip[] {
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

function short(text: string): string {
	const line = text.replace(/\s+/g, " ");
	return line.length > 60 ? `${line.slice(0, 57)}...` : line;
}
