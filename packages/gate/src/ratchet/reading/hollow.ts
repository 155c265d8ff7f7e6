/** Assertions that hold whatever the code under test does. */
import ts from "typescript";
import { climb } from "./climb.ts";
import { constantOf } from "./constant.ts";
import { bare, inOneLine, nodesOf } from "./syntax.ts";

export type Hollow = "constant" | "itself" | "unfinished" | "never run" | "swallowed" | "not waited for";

export function hollowOf(
	subject: ts.Expression,
	matcher: string,
	args: readonly ts.Expression[],
	members: readonly string[],
): Hollow | undefined {
	const [first] = args;
	if (constantOf(subject) !== undefined && args.every((arg) => constantOf(arg) !== undefined || isAnything(arg)))
		return isReachMarker(subject, members) ? undefined : "constant";
	if (isAlwaysTrue(subject) && /^(toBeTruthy|toBeDefined|toBe|ok|true|toEqual|toStrictEqual|exist)$/.test(matcher))
		return "constant";
	if (first !== undefined && !members.includes("not") && isSameValue(subject, first)) return "itself";
	return undefined;
}

/** `expect(true).toBe(false)` can only fail: it says that the place must not be reached. */
function isReachMarker(subject: ts.Expression, members: readonly string[]): boolean {
	const value = constantOf(subject)?.value;
	const matcher = members.at(-1) ?? "";
	const climbed = subject.parent;
	const { last } = ts.isCallExpression(climbed) ? climb(climbed) : { last: undefined };
	const expected = last?.arguments[0] && constantOf(last.arguments[0])?.value;
	const holds = /^(toBeTruthy|ok|true)$/.test(matcher)
		? Boolean(value)
		: /^(toBeFalsy|false)$/.test(matcher)
			? !value
			: matcher === "toBeDefined"
				? value !== undefined
				: matcher === "toBeUndefined"
					? value === undefined
					: matcher === "toBeNull"
						? value === null
						: /^(toBe|toEqual|toStrictEqual|equal|eql|equals)$/.test(matcher)
							? value === expected
							: true;
	return holds === members.includes("not");
}

function isAlwaysTrue(subject: ts.Expression): boolean {
	const node = bare(subject);
	// `x || true`, `typeof x`, `[x]`, `{ x }`: something whatever x is.
	const known = constantOf(node);
	return (
		(known !== undefined && Boolean(known.value)) ||
		ts.isTypeOfExpression(node) ||
		(ts.isBinaryExpression(node) &&
			node.operatorToken.kind === ts.SyntaxKind.BarBarToken &&
			(isAlwaysTrue(node.right) || isAlwaysTrue(node.left)))
	);
}

/** Without a call in it: two calls may differ, and that they do not is worth a test. */
function isSameValue(one: ts.Expression, other: ts.Expression): boolean {
	if (inOneLine(one) !== inOneLine(other)) return false;
	return ![...nodesOf(one)].some((node) => ts.isCallExpression(node) || ts.isNewExpression(node));
}

function isAnything(node: ts.Expression): boolean {
	return /^expect\s*\.\s*(not\s*\.\s*)?any(thing)?\b/.test(node.getText());
}

export function hollowAssert(
	matcher: string,
	first: ts.Expression | undefined,
	second: ts.Expression | undefined,
	alone: boolean,
): { hollow?: Hollow } {
	if (first === undefined) return matcher === "pass" ? { hollow: "constant" } : {};
	const one = constantOf(first);
	const other = second && constantOf(second);
	if (alone && one !== undefined) {
		const wantsFalse = /^(notOk|false|falsy|isFalse)$/.test(matcher);
		return Boolean(one.value) === wantsFalse ? {} : { hollow: "constant" };
	}
	if (alone) return isAlwaysTrue(first) && !/^(notOk|false|falsy|isFalse)$/.test(matcher) ? { hollow: "constant" } : {};
	if (one !== undefined && other !== undefined && one.value === other.value) return { hollow: "constant" };
	if (second !== undefined && !/^not|^isNot/.test(matcher) && isSameValue(first, second)) return { hollow: "itself" };
	return {};
}
