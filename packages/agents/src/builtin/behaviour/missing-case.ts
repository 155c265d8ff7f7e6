/**
 * A switch that is a table, one answer for every member of a union, with a row missing. The test names the member and
 * the answer. It has to be a member by the declared type, and all other rows have to be of the same form.
 */
import ts from "typescript";
import type { Proposal } from "../fixes/fix.ts";
import { literalText, ownDescendants } from "../fixes/nodes.ts";
import { newLineOf } from "../language/formatting.ts";
import type { Behaviour, Scene } from "./scene.ts";

export const missingCase: Behaviour = { name: "missing-case", propose };

function propose({ lead, body, parameters, checker, source }: Scene): Proposal | undefined {
	if (lead.received !== "undefined" || lead.expected === undefined) return undefined;
	const tables = ownDescendants(body, ts.isSwitchStatement);
	const [table] = tables;
	if (table === undefined || tables.length !== 1) return undefined;
	const at = parameters.findIndex(({ name }) => name.getText() === table.expression.getText());
	const rows = table.caseBlock.clauses;
	const last = rows.at(-1);
	if (at < 0 || last === undefined || !rows.every(isRow)) return undefined;
	const members = membersOf(checker.getTypeAtLocation(table.expression));
	const has = new Set(rows.map((row) => literalText((row as ts.CaseClause).expression)));
	const missing = members.filter((member) => !has.has(member));
	const [member] = missing;
	const handed = literalText(lead.call.arguments[at]) === member;
	if (member === undefined || missing.length !== 1 || !handed || !isOfTheirKind(lead.expected, rows)) return undefined;
	const row = source.text.slice(last.getStart(), last.end);
	const answer = (last.statements[0] as ts.ReturnStatement).expression?.getText() ?? "";
	const text = row.replace((last as ts.CaseClause).expression.getText(), () => member);
	const from = text.lastIndexOf(answer);
	const indent = /[ \t]*$/.exec(source.text.slice(0, last.getStart()))?.[0] ?? "";
	const inserted = `${newLineOf(source.text)}${indent}${text.slice(0, from)}${lead.expected}${text.slice(from + answer.length)}`;
	return {
		changes: [{ start: last.end, length: 0, text: inserted }],
		why: `the row ${member} was added with ${lead.expected}, because the union has it and the test "${lead.test.name}" says what it gives`,
	};
}

function isRow(clause: ts.CaseOrDefaultClause): boolean {
	const [only, ...more] = clause.statements;
	return (
		ts.isCaseClause(clause) &&
		ts.isLiteralExpression(clause.expression) &&
		only !== undefined &&
		more.length === 0 &&
		ts.isReturnStatement(only) &&
		only.expression !== undefined &&
		ts.isLiteralExpression(only.expression)
	);
}

function membersOf(type: ts.Type): string[] {
	if (!type.isUnion() || !type.types.every((each) => each.isStringLiteral() || each.isNumberLiteral())) return [];
	return type.types.map((each) => JSON.stringify((each as ts.LiteralType).value));
}

function isOfTheirKind(expected: string, rows: readonly ts.CaseOrDefaultClause[]): boolean {
	const isText = /^"[^"\\\n]*"$/.test(expected);
	if (!isText && !/^-?\d+(\.\d+)?$/.test(expected)) return false;
	return rows.every((row) => {
		const answer = (row.statements[0] as ts.ReturnStatement).expression;
		return answer !== undefined && (isText ? ts.isStringLiteral(answer) : ts.isNumericLiteral(answer));
	});
}
