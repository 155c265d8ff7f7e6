/** How much an assertion says. */
import ts from "typescript";
import { bare } from "./syntax.ts";

/** 3: one exact value; 2: a part or a range of it; 1: that something is there; 0: nothing. */
export type Strength = 0 | 1 | 2 | 3;

export function strengthOf(members: readonly string[], args: readonly ts.Expression[]): Strength {
	const matcher = members.at(-1) ?? "";
	const [first] = args;
	if (first !== undefined && /^expect\s*\.\s*anything\b/.test(first.getText())) return 0;
	if (first !== undefined && /^expect\s*\.\s*any\b/.test(first.getText())) return 1;
	if (members.includes("not")) return /^(toThrow|toThrowError|throw|throws)$/.test(matcher) ? 2 : 1;
	if (/^toThrow|^throws?$|^rejects$/.test(matcher)) return args.length === 0 ? 1 : 2;
	if (exact.test(matcher)) return 3;
	return existence.test(matcher) ? 1 : 2;
}

const exact =
	/^(toBe|toEqual|toStrictEqual|toHaveLength|toBeNull|toBeUndefined|toBeNaN|equal|equals|eql|eq|deep|strictEqual|deepStrictEqual|deepEqual|is|same|strictSame|toMatchInlineSnapshot|toMatchSnapshot|toMatchFileSnapshot|toHaveBeenCalledExactlyOnceWith|toHaveBeenCalledWith|toHaveBeenLastCalledWith|toHaveBeenNthCalledWith|toHaveBeenCalledTimes|toHaveBeenCalledOnce|toHaveReturnedWith|true|false|null|undefined|snapshot)$/;

const existence =
	/^(toBeDefined|toBeTruthy|toBeFalsy|toBeInstanceOf|toHaveBeenCalled|toHaveReturned|toBeTypeOf|toBeCalled|ok|exist|a|an|be|truthy|falsy|assert|notNull|isDefined|isOk|exists|instanceOf|instanceof|called|pass|doesNotThrow|notThrows|doesNotReject|isNotNull|isFunction|isObject|isString|isNumber|isArray|isBoolean)$/;

export function strengthOfAssert(matcher: string, subject: ts.Expression | undefined): Strength {
	if (/^(ok|assert|isOk|isTrue|true|truthy)$/.test(matcher)) return comparison(subject);
	if (/^not|^isNot|^doesNot/.test(matcher)) return 1;
	return strengthOf([matcher], []);
}

/** `assert(a === 1)` says as much as `assert.equal(a, 1)`. */
function comparison(subject: ts.Expression | undefined): Strength {
	const node = subject && bare(subject);
	if (node === undefined || !ts.isBinaryExpression(node)) return 1;
	return node.operatorToken.kind === ts.SyntaxKind.EqualsEqualsEqualsToken ? 3 : 2;
}

export function weightOf(matcher: string, args: readonly ts.Expression[]): number {
	if (/^toMatchInlineSnapshot$/.test(matcher)) return Math.max(1, (args[0]?.getText().split("\n").length ?? 1) - 2);
	const [first] = args;
	return Math.max(1, first === undefined ? 1 : leaves(first));
}

export function leaves(expression: ts.Expression): number {
	const node = bare(expression);
	if (ts.isArrayLiteralExpression(node)) return node.elements.reduce((sum, element) => sum + leaves(element), 0);
	if (ts.isObjectLiteralExpression(node))
		return node.properties.reduce(
			(sum, property) => sum + (ts.isPropertyAssignment(property) ? leaves(property.initializer) : 1),
			0,
		);
	return 1;
}
