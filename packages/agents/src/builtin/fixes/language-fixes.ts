/** The language service's fixes that leave a program doing what it did, or make it do what it says. */
import ts from "typescript";
import type { Fix, Left, Place } from "./fix.ts";
import { languageFix, type Offered } from "./language-fix.ts";
import { actsWhenLoaded, ancestor, everyChild, isAsync, parentOf } from "./nodes.ts";
import { isTypo } from "./typo.ts";
import { unlessTypesAreUnknown } from "./unknown-names.ts";

export const languageFixes: readonly Fix[] = [
	languageFix({
		name: "fixOverrideModifier",
		codes: [4114],
		why: "`override` was added, because the base class has this member",
	}),
	languageFix({
		name: "fixNaNEquality",
		codes: [2845],
		why: "the comparison was made with Number.isNaN, because nothing equals NaN",
	}),
	languageFix({
		name: "fixNoPropertyAccessFromIndexSignature",
		codes: [4111],
		why: (place) =>
			unlessTypesAreUnknown(place) ?? "the property is named in brackets, because only an index signature has it",
	}),
	languageFix({
		name: "extendsInterfaceBecomesImplements",
		codes: [2689],
		why: "`extends` became `implements`, because an interface is not there at run time",
	}),
	languageFix({
		name: "forgottenThisPropertyAccess",
		codes: [2663, 2662],
		why: "the member is reached through its class, because there is no variable of this name",
		api: "true-to-run-time",
	}),
	languageFix({
		name: "classSuperMustPrecedeThisAccess",
		codes: [17009],
		why: "super() was moved up, because there is no `this` before it",
	}),
	languageFix({
		name: "addMissingNewOperator",
		codes: [2348],
		why: "`new` was added, because a class cannot be called",
		api: "true-to-run-time",
	}),
	languageFix({
		name: "removeAccidentalCallParentheses",
		codes: [6234],
		why: "the brackets were removed, because a getter is read and not called",
	}),
	languageFix({ name: "fixPropertyAssignment", codes: [1312], why: "`=` became `:`, as object literals have it" }),
	// The whole import where it is of types only, else the one name.
	...[/^Use 'import type'$/, /^Use 'type /].map((description) =>
		languageFix({
			name: "convertToTypeOnlyImport",
			codes: [1484, 1485],
			description,
			why: "the import says that it is of a type, because nothing of it is there at run time",
		}),
	),
	languageFix({
		name: "convertToTypeOnlyExport",
		codes: [1205],
		why: "the export says that it is of a type, because nothing of it is there at run time",
		api: "true-to-run-time",
	}),
	languageFix({
		name: "fixReturnTypeInAsyncFunction",
		codes: [1064],
		why: "the return type names the promise that an async function always gives",
		api: "true-to-run-time",
	}),
	languageFix({ name: "addVoidToPromise", codes: [2794], why: "the promise says that it resolves with nothing" }),
	languageFix({
		name: "inferFromUsage",
		codes: [7005, 7006, 7019, 7031, 7034, 7044],
		why: inferred,
	}),
	languageFix({ name: "addMissingAwaitToInitializer", codes: missingAwaitCodes(), why: awaited }),
	languageFix({ name: "addMissingAwait", codes: missingAwaitCodes(), why: awaited }),
	languageFix({ name: "fixAwaitInSyncFunction", codes: [1308], why: asynchronous }),
	languageFix({ name: "import", codes: [2304, 2503, 2552], why: imported, api: "true-to-run-time" }),
	languageFix({ name: "spelling", codes: [2551, 2552, 2724], why: misspelt, api: "true-to-run-time" }),
	languageFix({ name: "fixUnreachableCode", codes: [7027], why: unreachable }),
	languageFix({ name: "returnValueCorrect", codes: [2355], description: /^Add a return statement$/, why: returned }),
];

/** Where a promise stands and its value is meant. */
function missingAwaitCodes(): number[] {
	return [2322, 2339, 2345, 2362, 2363, 2365, 2367, 2769, 2801];
}

function awaited({ node }: Place): string | Left {
	const around = ancestor(node, ts.isFunctionLike);
	if (around !== undefined && !isAsync(around))
		return { left: "a promise is used as its value, in a function that cannot wait" };
	return "`await` was added, because a promise stood where its value is meant";
}

function inferred(place: Place, { inserted }: Offered): string | Left {
	const type = inserted.trim().replace(/^:\s*/, "");
	return unlessTypesAreUnknown(place) ?? `a type was written down as all uses have it (${type})`;
}

/** Making a function asynchronous changes what its callers get. */
function asynchronous(place: Place): string | Left {
	const around = ancestor(place.node, ts.isFunctionLike);
	if (around === undefined) return { left: "there is no function around it" };
	const why = "the function became async, because it waits inside, and";
	if (around.type !== undefined && /^Promise</.test(around.type.getText()))
		return `${why} its return type is a promise already`;
	const name = around.name ?? (ts.isVariableDeclaration(around.parent) ? around.parent.name : undefined);
	if (name === undefined || !ts.isIdentifier(name))
		return { left: "nobody knows whether whoever calls this function would wait for it" };
	const uses = place
		.references(name.getStart())
		.filter((use) => use.getStart() !== name.getStart() || use.getSourceFile() !== place.source);
	const waitedFor = uses.every((use) => {
		const { parent } = parentOf(use);
		return ts.isCallExpression(parent) && parent.expression === use && ts.isAwaitExpression(parentOf(parent).parent);
	});
	return waitedFor && uses.length > 0 ? `${why} every caller awaits it` : { left: "its callers do not wait for it" };
}

/** A name that exactly one file of the project exports. One from a package may be another thing of the same name. */
function imported({ node, checker, program }: Place, { description }: Offered): string | Left {
	const [, from] = /^(?:Add|Update) import from "([^"]+)"$/.exec(description) ?? [];
	if (from === undefined) return { left: "the import would be of another kind than a plain one" };
	if (!from.startsWith(".")) return { left: `${node.getText()} may be meant from ${from}, or be another one` };
	if (checker.resolveName(node.getText(), undefined, ts.SymbolFlags.All, false) !== undefined)
		return { left: `${node.getText()} is also the name of something global` };
	if (modulesWithExport(node.getText(), program).some(actsWhenLoaded))
		return { left: `loading ${from} does something` };
	return `an import was added, because only ${from} exports ${node.getText()}`;
}

function modulesWithExport(name: string, program: ts.Program): ts.SourceFile[] {
	const checker = program.getTypeChecker();
	return program.getSourceFiles().filter((source) => {
		const module = source.isDeclarationFile ? undefined : checker.getSymbolAtLocation(source);
		return module?.exports?.has(ts.escapeLeadingUnderscores(name)) === true;
	});
}

function misspelt({ problem, node }: Place, { inserted }: Offered): string | Left {
	const was = node.getText().replace(/^["']|["']$/g, "");
	const becomes = inserted.replace(/^["']|["']$/g, "");
	if (!isTypo(was, becomes)) return { left: `${becomes} is a similar name to ${was}, but may be another thing` };
	return `${was} became ${becomes}, because ${problem.code === 2724 ? "the module exports" : "there is"} only that, and the difference is a slip of the fingers`;
}

/** A bare `return` with a value on the next line is a statement that its author did not mean to end. */
function unreachable({ node }: Place): string | Left {
	const statement = ancestor(node, ts.isStatement);
	const block = statement?.parent;
	if (statement === undefined || block === undefined || !ts.isBlock(block))
		return { left: "it is not plain where the dead code ends" };
	const before = block.statements[block.statements.indexOf(statement) - 1];
	if (before !== undefined && ts.isReturnStatement(before) && before.expression === undefined)
		return { left: "after a bare `return` on the line before, the value may be meant" };
	if (before === undefined) return { left: "it is not plain why the code is never reached" };
	return "statements were removed, because nothing ever reaches them";
}

function returned({ node }: Place): string | Left {
	const body = (ancestor(node, ts.isFunctionLike) as ts.FunctionLikeDeclaration | undefined)?.body;
	const only = body !== undefined && ts.isBlock(body) && body.statements.length === 1 ? body.statements[0] : undefined;
	if (only === undefined || !ts.isExpressionStatement(only)) return { left: "it is not plain what is to be returned" };
	if (hasEffect(only.expression)) return { left: "the statement may be meant for what it does, and not for its value" };
	return "`return` was added, because the value that is worked out is what the function says it gives";
}

function hasEffect(node: ts.Node): boolean {
	return doesSomething(node) || !everyChild(node, (child) => !hasEffect(child));
}

function doesSomething(node: ts.Node): boolean {
	if (ts.isBinaryExpression(node)) {
		const { kind } = node.operatorToken;
		return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
	}
	if (ts.isPostfixUnaryExpression(node)) return true;
	if (ts.isPrefixUnaryExpression(node))
		return node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken;
	return (
		ts.isCallExpression(node) ||
		ts.isNewExpression(node) ||
		ts.isAwaitExpression(node) ||
		ts.isYieldExpression(node) ||
		ts.isDeleteExpression(node) ||
		ts.isTaggedTemplateExpression(node)
	);
}
