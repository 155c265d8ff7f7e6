/** What a test asserts, in the libraries of the JavaScript world, and what each assertion is worth. */
import ts from "typescript";
import { type Aliases, type Chain, chainOf } from "./chain.ts";
import { climb } from "./climb.ts";
import { constantOf, declarationsIn } from "./constant.ts";
import { type Hollow, hollowAssert, hollowOf } from "./hollow.ts";
import { memberName } from "./names.ts";
import { type Reach, reachOf } from "./reach.ts";
import { leaves, type Strength, strengthOf, strengthOfAssert, weightOf } from "./strength.ts";
import { bare, inOneLine, lineOf, nodesOf, shown } from "./syntax.ts";

export interface Assertion {
	/** The same for two spellings of the same assertion. */
	readonly text: string;
	readonly shown: string;
	readonly line: number;
	readonly subject: string;
	readonly matcher: string;
	readonly expected: string;
	/** How many single things it asserts: the properties of an object that is compared as a whole count each. */
	readonly weight: number;
	readonly strength: Strength;
	/** Why it asserts nothing; undefined when it does. */
	readonly hollow?: Hollow;
	readonly conditions: readonly string[];
}

export interface AssertionsOf {
	readonly body: ts.Node;
	readonly aliases: Aliases;
	/** Names of the objects that a library hands to a test, as ava's `t`. */
	readonly contexts: ReadonlySet<string>;
	/** How many assertions a call of a function of the test's own is worth. */
	readonly helpers: ReadonlyMap<string, number>;
}

export function assertionsIn({ body, aliases, contexts, helpers }: AssertionsOf): readonly Assertion[] {
	const found: Assertion[] = [];
	for (const node of nodesOf(body)) {
		if (!ts.isCallExpression(node)) continue;
		const assertion =
			expectation(node, aliases) ?? assertCall(node, aliases, contexts) ?? helperCall(node, aliases, helpers);
		if (assertion !== null) found.push(graded(assertion, reachOf(assertion.node, body)));
	}
	return found;
}

interface Raw extends Omit<Assertion, "text" | "shown" | "line" | "conditions"> {
	readonly node: ts.Node;
}

function graded({ node, ...raw }: Raw, reach: Reach): Assertion {
	const why: Hollow | undefined = reach.dead
		? "never run"
		: reach.swallowed
			? "swallowed"
			: (raw.hollow ?? (reach.floating ? "not waited for" : undefined));
	return {
		...raw,
		...(why === undefined ? {} : { hollow: why }),
		// With the value of an expectation that only has a name there.
		text: inOneLine(node).includes(raw.expected) ? inOneLine(node) : `${inOneLine(node)} (${raw.expected})`,
		shown: shown(node),
		line: lineOf(node),
		conditions: reach.conditions,
	};
}

/** `expect(x).toBe(y)`, `expect(x).to.be.true`, `expect.soft(x).not.toEqual(y)`. */
function expectation(node: ts.CallExpression, aliases: Aliases): Raw | null {
	const callee = chainOf(node.expression, aliases);
	if (callee === null || callee.steps.some(({ args }) => args !== undefined)) return null;
	if (["expectTypeOf", "assertType"].includes(callee.root)) return typeAssertion(node);
	if (callee.root !== "expect") return supertest(node);
	const [kind] = callee.steps.map(({ name }) => name);
	if (kind === "fail" || kind === "unreachable") return { ...always(node), matcher: kind };
	if (kind !== undefined && !["soft", "poll", "element"].includes(kind)) return null;
	const { top, members, last } = climb(node);
	const subject = node.arguments[0];
	const matcher = members.at(-1) ?? "";
	const common = {
		node: top,
		subject: subject === undefined ? "" : inOneLine(subject),
		matcher: members.join("."),
		expected: (last?.arguments ?? []).map(expectedOf).join(" "),
		weight: weightOf(matcher, last?.arguments ?? []),
		strength: strengthOf(members, last?.arguments ?? []),
	};
	if (members.length === 0 || (last === undefined && /^to[A-Z]/.test(matcher)))
		return { ...common, strength: 0, hollow: "unfinished" };
	const isPromise = members.includes("resolves") || members.includes("rejects");
	if (isPromise && ts.isExpressionStatement(top.parent)) return { ...common, hollow: "not waited for" };
	const hollow = subject === undefined ? undefined : hollowOf(subject, matcher, last?.arguments ?? [], members);
	return hollow === undefined ? common : { ...common, hollow };
}

function expectedOf(argument: ts.Expression): string {
	const node = bare(argument);
	if (!ts.isIdentifier(node)) return inOneLine(argument);
	const [variable] = declarationsIn(node.getSourceFile()).get(node.text) ?? [];
	const value = variable?.initializer && bare(variable.initializer);
	if (value === undefined) return node.text;
	const isPlain =
		constantOf(value) !== undefined || ts.isObjectLiteralExpression(value) || ts.isArrayLiteralExpression(value);
	return isPlain ? inOneLine(value) : node.text;
}

function typeAssertion(node: ts.CallExpression): Raw | null {
	const { top, members, last } = climb(node);
	return {
		node: top,
		subject: node.arguments.map(inOneLine).join(" "),
		matcher: members.join(".") || "assertType",
		expected: (last?.arguments ?? []).map(inOneLine).join(" "),
		weight: 1,
		strength: 2,
	};
}

/** `request(app).get("/").expect(200)`. */
function supertest(node: ts.CallExpression): Raw | null {
	if (memberName(node.expression) !== "expect" || node.arguments.length === 0) return null;
	const callee = node.expression as ts.PropertyAccessExpression;
	return {
		node: node.arguments[0] ?? node,
		subject: "response",
		matcher: "expect",
		expected: node.arguments.map(inOneLine).join(" "),
		weight: 1,
		strength: 3,
		...(callee.expression.kind === ts.SyntaxKind.ThisKeyword ? { hollow: "unfinished" as const } : {}),
	};
}

/** `assert.equal(a, b)`, `assert(a)`, `strictEqual(a, b)`, ava's `t.is(a, b)`, `t.assert.ok(a)`. */
function assertCall(node: ts.CallExpression, aliases: Aliases, contexts: ReadonlySet<string>): Raw | null {
	const chain = chainOf(node.expression, aliases);
	if (chain === null || chain.steps.some(({ args }) => args !== undefined)) return null;
	const names = chain.steps.map(({ name }) => name).filter((name) => name !== "assert");
	const matcher = names.at(-1) ?? "ok";
	if (!isAssertRoot(chain, contexts, matcher)) return null;
	if (matcher === "fail" || matcher === "unreachable") return { ...always(node), matcher };
	const [first, second] = node.arguments;
	const single =
		/^(ok|notOk|true|false|truthy|falsy|pass|assert|isTrue|isFalse|isOk|isDefined|exists|isNull|isUndefined|ifError)$/;
	const args = single.test(matcher) || second === undefined ? [] : [second];
	return {
		node,
		subject: first === undefined ? "" : inOneLine(first),
		matcher,
		expected: args.map(expectedOf).join(" "),
		weight: weightOf(matcher, args),
		strength: strengthOfAssert(matcher, first),
		...hollowAssert(matcher, first, second, args.length === 0),
	};
}

function isAssertRoot({ root, steps }: Chain, contexts: ReadonlySet<string>, matcher: string): boolean {
	if (root === "assert") return !["CallTracker", "AssertionError", "setOptions"].includes(matcher);
	if (steps.some(({ name }) => name === "assert")) return true;
	return contexts.has(root) && steps.length > 0 && contextMatchers.test(matcher);
}

const contextMatchers =
	/^(is|not|isNot|deepEqual|notDeepEqual|like|true|false|truthy|falsy|throws|throwsAsync|notThrows|notThrowsAsync|regex|notRegex|snapshot|pass|fail|equal|equals|strictEqual|deepStrictEqual|notEqual|ok|notOk|match|same|notSame|strictSame|has|hasStrict|rejects|resolves|error|resolveMatch|matchSnapshot|type)$/;

/** A function of the test's own that asserts, or that is named as if it did. */
function helperCall(node: ts.CallExpression, aliases: Aliases, helpers: ReadonlyMap<string, number>): Raw | null {
	const callee = bare(node.expression);
	const name = ts.isIdentifier(callee) ? callee.text : memberName(callee);
	if (name === undefined || aliases.has(name)) return null;
	const weight = helpers.get(name) ?? (/^(expect|assert|verify|should|ensure)[A-Z_]/.test(name) ? 1 : 0);
	if (weight === 0 || isEmptyFunction(callee)) return null;
	return {
		node,
		subject: node.arguments.map(inOneLine).join(" "),
		matcher: name,
		expected: "",
		weight: Math.max(weight, ...node.arguments.map(leaves)),
		strength: 3,
	};
}

/** Named as if it asserted, and does nothing. */
function isEmptyFunction(callee: ts.Expression): boolean {
	if (!ts.isIdentifier(callee)) return false;
	const tree = callee.getSourceFile();
	const [variable] = declarationsIn(tree).get(callee.text) ?? [];
	const value = variable?.initializer && bare(variable.initializer);
	if (value !== undefined && ts.isArrowFunction(value))
		return ts.isBlock(value.body) && value.body.statements.length === 0;
	return tree.statements.some(
		(statement) =>
			ts.isFunctionDeclaration(statement) &&
			statement.name?.text === callee.text &&
			statement.body?.statements.length === 0,
	);
}

function always(node: ts.CallExpression): Raw {
	return { node, subject: "", matcher: "fail", expected: "", weight: 1, strength: 1 };
}
