/** Words that skip or focus a test, wherever they stand: for what could not be read as a test. */
import ts from "typescript";
import { skipSteps } from "./calls.ts";
import { aliasesOf, chainOf, suiteNames, testNames } from "./chain.ts";
import { memberName } from "./names.ts";
import { lineOf, nodesOf } from "./syntax.ts";

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
