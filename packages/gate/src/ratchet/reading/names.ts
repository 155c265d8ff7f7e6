/** Names in a file. */
import ts from "typescript";
import { constantOf } from "./constant.ts";
import { nodesOf } from "./syntax.ts";

/** `a.b` and `a["b"]`; undefined where the name is computed. */
export function memberName(node: ts.Node): string | undefined {
	if (ts.isPropertyAccessExpression(node)) return node.name.text;
	if (!ts.isElementAccessExpression(node)) return undefined;
	const name = constantOf(node.argumentExpression);
	return typeof name?.value === "string" ? name.value : undefined;
}

/** How often each name stands in a file. */
export function namesIn(tree: ts.SourceFile): ReadonlyMap<string, number> {
	const known = names.get(tree);
	if (known !== undefined) return known;
	const found = new Map<string, number>();
	for (const node of nodesOf(tree)) if (ts.isIdentifier(node)) found.set(node.text, (found.get(node.text) ?? 0) + 1);
	names.set(tree, found);
	return found;
}

const names = new WeakMap<ts.SourceFile, ReadonlyMap<string, number>>();
