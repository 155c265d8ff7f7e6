/** What a configuration sets, in JSON with or without comments, in JavaScript and TypeScript. */
import ts from "typescript";
import type { ChangedFile } from "../rule.ts";
import { constantOf, declarationsIn } from "./constant.ts";
import { bare, inOneLine, isCode, lineOf, nodesOf, parse, type Side, syntaxFaults, treeOf } from "./syntax.ts";

export interface Property {
	/** Names from the outside in: `test.coverage.thresholds.lines`. */
	readonly path: string;
	readonly name: string;
	/** The same for two spellings of the same value. */
	readonly text: string;
	readonly value: unknown;
	/** Of a list, what each part says; null for what is no list. */
	readonly items: readonly string[] | null;
	readonly line: number;
}

/** By path; null where the file is not there or cannot be read. */
export function propertiesOf(file: ChangedFile, side: Side): ReadonlyMap<string, Property> | null {
	const tree = configTree(file, side);
	if (tree === null || syntaxFaults(tree).length > 0) return null;
	const found = new Map<string, Property>();
	for (const node of nodesOf(tree)) {
		const property = propertyAt(node);
		if (property !== null) found.set(property.path, property);
	}
	return found;
}

function configTree(file: ChangedFile, side: Side): ts.SourceFile | null {
	const path = side === "before" ? (file.from ?? file.path) : file.path;
	if (isCode(path)) return treeOf(file, side);
	const text = file[side];
	// As an expression JSON is JavaScript, comments and last commas included.
	return text === null ? null : parse("config.js", text.trim() === "" ? "" : `(${text}\n)`);
}

function propertyAt(node: ts.Node): Property | null {
	if (ts.isPropertyAssignment(node)) return property(node, nameOf(node.name), resolved(node.initializer));
	if (ts.isShorthandPropertyAssignment(node)) return property(node, node.name.text, resolved(node.name));
	if (
		ts.isBinaryExpression(node) &&
		node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
		(ts.isPropertyAccessExpression(node.left) || ts.isElementAccessExpression(node.left))
	) {
		const names = node.left
			.getText()
			.split(/\.|\[|\]/)
			.map((name) => name.replace(/["'`]/g, ""))
			.filter((name) => name !== "");
		return made(names.slice(1).join("."), names.at(-1) ?? "", resolved(node.right), lineOf(node));
	}
	return null;
}

function property(node: ts.Node, name: string, value: ts.Expression): Property {
	const names = [name];
	for (let { parent } = node; parent !== undefined; { parent } = parent)
		if (ts.isPropertyAssignment(parent)) names.unshift(nameOf(parent.name));
	return made(names.join("."), name, value, lineOf(node));
}

function made(path: string, name: string, value: ts.Expression, line: number): Property {
	const list = bare(value);
	return {
		path,
		name,
		text: inOneLine(value),
		value: constantOf(value)?.value,
		items: ts.isArrayLiteralExpression(list) ? list.elements.map(inOneLine) : null,
		line,
	};
}

function nameOf(name: ts.PropertyName): string {
	return ts.isIdentifier(name) || ts.isStringLiteralLike(name) || ts.isNumericLiteral(name)
		? name.text
		: name.getText();
}

function resolved(value: ts.Expression): ts.Expression {
	if (!ts.isIdentifier(value)) return value;
	const [variable] = declarationsIn(value.getSourceFile()).get(value.text) ?? [];
	return variable?.initializer ?? value;
}
