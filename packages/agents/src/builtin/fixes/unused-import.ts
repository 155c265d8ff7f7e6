/**
 * Imports that nobody uses go. Where importing is kept in what runs (`verbatimModuleSyntax`), a module that does
 * something when it is loaded goes on being loaded.
 */
import ts from "typescript";
import type { Fix, Left, Place, Proposal } from "./fix.ts";
import { ancestor, isQuiet, lineSpan } from "./nodes.ts";
import { unlessUseIsUnknown } from "./unknown-names.ts";

export const unusedImport: Fix = { name: "unused-import", codes: [6133, 6192, 6196], api: "same", propose };

function propose(place: Place): Proposal | Left | undefined {
	const declaration = ancestor(place.node, ts.isImportDeclaration);
	const clause = declaration?.importClause;
	if (declaration === undefined || clause === undefined) return undefined;
	const unknown = unlessUseIsUnknown(place);
	if (unknown !== undefined) return unknown;
	const names = namesOf(clause);
	const unused = place.problem.code === 6192 ? names : names.filter((name) => coversName(name, place));
	const [only] = unused;
	if (only === undefined) return undefined;
	if (unused.length === names.length) return whole(declaration, place);
	if (unused.length > 1) return undefined;
	const why = `the import of ${nameOf(only)} was removed, because nothing uses it`;
	return { changes: [changeWithout(only, clause)], why };
}

type Imported = ts.ImportClause | ts.NamespaceImport | ts.ImportSpecifier;

function namesOf(clause: ts.ImportClause): Imported[] {
	const { namedBindings: bindings } = clause;
	const named = bindings === undefined ? [] : ts.isNamespaceImport(bindings) ? [bindings] : [...bindings.elements];
	return clause.name === undefined ? named : [clause, ...named];
}

/** The compiler points at the name, or at the whole declaration where it has one name only. */
function coversName(name: Imported, { problem }: Place): boolean {
	const at = name.name?.getStart() ?? -1;
	return problem.start <= at && at < problem.start + problem.length;
}

function nameOf({ name }: Imported): string {
	return name?.getText() ?? "";
}

function whole(declaration: ts.ImportDeclaration, place: Place): Proposal {
	const from = declaration.moduleSpecifier.getText();
	const names = namesOf(declaration.importClause as ts.ImportClause)
		.map(nameOf)
		.join(", ");
	const span = lineSpan(place.source, declaration);
	const why = `the import of ${names} was removed, because nothing uses it`;
	if (!isLoaded(declaration, place) || isIdle(declaration.moduleSpecifier, place))
		return { changes: [{ ...span, text: "" }], why };
	const start = declaration.importClause?.getStart() ?? 0;
	const change = { start, length: declaration.moduleSpecifier.getStart() - start, text: "" };
	return { changes: [change], why: `${why}; ${from} goes on being loaded, for what it does` };
}

/** Without that option a module of which nothing is used is not in the output anyway. */
function isLoaded({ importClause }: ts.ImportDeclaration, { options }: Place): boolean {
	return options.verbatimModuleSyntax === true && importClause?.phaseModifier !== ts.SyntaxKind.TypeKeyword;
}

/** A module of the project that imports nothing and only declares. */
function isIdle(specifier: ts.Expression, { checker }: Place): boolean {
	const module = checker.getSymbolAtLocation(specifier)?.valueDeclaration;
	if (module === undefined || !ts.isSourceFile(module) || module.isDeclarationFile) return false;
	return module.statements.every(
		(statement) =>
			ts.isFunctionDeclaration(statement) ||
			ts.isTypeAliasDeclaration(statement) ||
			ts.isInterfaceDeclaration(statement) ||
			(ts.isVariableStatement(statement) &&
				statement.declarationList.declarations.every(
					({ initializer }) => initializer === undefined || isQuiet(initializer),
				)),
	);
}

function changeWithout(name: Imported, clause: ts.ImportClause): Proposal["changes"][number] {
	const bindings = clause.namedBindings;
	// `x, { y }` without x.
	if (ts.isImportClause(name)) return from(name.getStart(), bindings?.getStart() ?? name.end);
	if (
		bindings === undefined ||
		ts.isNamespaceImport(name) ||
		ts.isNamespaceImport(bindings) ||
		bindings.elements.length === 1
	)
		return from(clause.name?.end ?? clause.getStart(), clause.end);
	const at = bindings.elements.indexOf(name);
	const next = bindings.elements[at + 1];
	const before = bindings.elements[at - 1];
	return next === undefined ? from(before?.end ?? name.getStart(), name.end) : from(name.getStart(), next.getStart());

	function from(start: number, end: number) {
		return { start, length: end - start, text: "" };
	}
}
