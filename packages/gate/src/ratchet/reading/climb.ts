/** An expectation as a whole, from its first call. */
import ts from "typescript";
import { memberName } from "./names.ts";

/** The whole of `expect(x).not.toBe(y)`, from its first call. */
export function climb(first: ts.CallExpression): {
	readonly top: ts.Node;
	readonly members: readonly string[];
	readonly last: ts.CallExpression | undefined;
} {
	const members: string[] = [];
	let top: ts.Expression = first;
	let last: ts.CallExpression | undefined;
	for (;;) {
		const parent: ts.Node = top.parent;
		const name = memberName(parent);
		if (name !== undefined && (parent as ts.PropertyAccessExpression).expression === top) {
			if (["then", "catch", "finally"].includes(name)) break;
			members.push(name);
			last = undefined;
			top = parent as ts.PropertyAccessExpression;
		} else if (ts.isCallExpression(parent) && parent.expression === top) {
			last = parent;
			top = parent;
		} else if (ts.isParenthesizedExpression(parent) || ts.isNonNullExpression(parent)) top = parent;
		else break;
	}
	return { top, members, last };
}
