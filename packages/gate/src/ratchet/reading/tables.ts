/** Tests that are made of a table or in a loop. */
import ts from "typescript";
import type { Chain } from "./chain.ts";
import { declarationsIn } from "./constant.ts";
import { memberName } from "./names.ts";
import { bare, inOneLine, tokensOf } from "./syntax.ts";

export function rowsOf({ args, table }: Chain["steps"][number]): number | "unknown" {
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

export function rowTextsOf({ args, table }: Chain["steps"][number]): string[] {
	if (table !== undefined && ts.isTemplateExpression(table)) {
		const columns = table.head.text.split("|").length;
		const values = table.templateSpans.map(({ expression }) => inOneLine(expression));
		return values.flatMap((_, at) => (at % columns === 0 ? [values.slice(at, at + columns).join(" ")] : []));
	}
	const list = args?.[0] === undefined ? null : listOf(args[0]);
	return list === null ? [] : list.elements.map(inOneLine);
}

/** Of loops around a test: `for (const row of [1, 2])`, `[1, 2].forEach(…)`. */
export function loopRows(node: ts.Node): string[] {
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

export function tableTokens(table: Chain["steps"][number] | undefined): readonly string[] {
	if (table === undefined) return [];
	if (table.table !== undefined) return tokensOf(table.table);
	return (table.args ?? []).flatMap((arg) => tokensOf(listOf(arg) ?? arg));
}

function listOf(arg: ts.Expression): ts.ArrayLiteralExpression | null {
	const node = bare(arg);
	if (ts.isArrayLiteralExpression(node)) return node;
	if (!ts.isIdentifier(node)) return null;
	const [variable] = declarationsIn(node.getSourceFile()).get(node.text) ?? [];
	const value = variable?.initializer && bare(variable.initializer);
	return value !== undefined && ts.isArrayLiteralExpression(value) ? value : null;
}
