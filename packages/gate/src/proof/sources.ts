/** The sources that a test file covers, found by following its imports; nearest first. */
import { posix } from "node:path";
import ts from "typescript";
import { testRangesOf } from "../ratchet/reading/in-source.ts";
import type { FileKinds } from "../ratchet/rule.ts";
import { isSource } from "./code-files.ts";
import { treeOf } from "./source-tree.ts";

/** The files of the head. Paths are relative to the repository. */
export interface Sources {
	/** Undefined for what is not there or no text. */
	read(path: string): Promise<string | undefined>;
	/** Where an import that is no relative path leads within the repository: aliases, packages of a workspace. */
	resolve?(from: string, specifier: string): Promise<string | undefined>;
}

export interface Covered {
	readonly sources: readonly CoveredSource[];
	/** What the test uses that cannot be watched, in words; a test that shows nothing else may be about that. */
	readonly unseen: readonly string[];
}

interface CoveredSource {
	readonly path: string;
	readonly text: string;
	/** How many imports lie between it and the test. */
	readonly distance: number;
}

export async function coveredBy(testFile: string, sources: Sources, kinds: FileKinds): Promise<Covered> {
	const covered: CoveredSource[] = [];
	const unseen = new Set<string>();
	const seen = new Set([testFile]);
	const open: { path: string; distance: number }[] = [{ path: testFile, distance: 0 }];
	for (const { path, distance } of open) {
		const text = await sources.read(path);
		if (text === undefined || text.length > charsMax) {
			unseen.add(`${path} cannot be read`);
			continue;
		}
		const byTests = path === testFile || !kinds.isProduct(path);
		if (!byTests || (kinds.isProduct(path) && testRangesOf(path, text).length > 0))
			covered.push({ path, text, distance });
		else if (path !== testFile) unseen.add(`it uses ${path}, which stands by the tests`);
		if (byTests && aboutTypes.test(text)) unseen.add("it says something about types");
		for (const specifier of importsOf(path, text)) {
			const found = await whereTo(path, specifier, sources);
			if (found === undefined || !isSource(found)) {
				if (byTests && !isHarmless(specifier)) unseen.add(`it uses ${specifier}, which cannot be watched`);
			} else if (!seen.has(found) && !kinds.isMeasuringStick(found)) {
				seen.add(found);
				if (open.length < filesMax) open.push({ path: found, distance: distance + 1 });
				else unseen.add("it imports more files than are followed");
			}
		}
	}
	// A helper alone is no excuse: what it does with the code is seen.
	return {
		sources: covered,
		unseen: [...unseen].filter((why) => covered.length === 0 || !why.endsWith("by the tests")),
	};
}

/** Of one test file. Those further away are seldom what a test is about. */
const filesMax = 200;
/** Sources above this are generated. */
const charsMax = 300_000;

const aboutTypes = /\b(expectTypeOf|assertType|expectType|expectAssignable)\b|@ts-expect-error/;

/** What is imported for types alone is not there when a test runs. */
export function importsOf(path: string, text: string): readonly string[] {
	const tree = treeOf(path, text);
	if (tree === undefined) return [];
	const found: string[] = [];
	const visit = (node: ts.Node): void => {
		const specifier = specifierOf(node);
		if (specifier !== undefined && ts.isStringLiteralLike(specifier)) found.push(specifier.text);
		ts.forEachChild(node, visit);
	};
	visit(tree);
	return [...new Set(found)];
}

function specifierOf(node: ts.Node): ts.Node | undefined {
	if (ts.isImportDeclaration(node)) return isForTypes(node.importClause) ? undefined : node.moduleSpecifier;
	if (ts.isExportDeclaration(node)) return node.isTypeOnly ? undefined : node.moduleSpecifier;
	if (ts.isExternalModuleReference(node)) return node.expression;
	if (ts.isNewExpression(node) && node.expression.getText() === "URL")
		return /^import\.meta\.url$/.test(node.arguments?.[1]?.getText() ?? "") ? node.arguments?.[0] : undefined;
	if (!ts.isCallExpression(node)) return undefined;
	const callee = node.expression;
	return callee.kind === ts.SyntaxKind.ImportKeyword ||
		/^(require(\.resolve)?|(vi|jest)\.(importActual|requireActual))$/.test(callee.getText())
		? node.arguments[0]
		: undefined;
}

function isForTypes(clause: ts.ImportClause | undefined): boolean {
	if (clause === undefined) return false;
	if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
	const { name, namedBindings } = clause;
	if (name !== undefined || namedBindings === undefined || !ts.isNamedImports(namedBindings)) return false;
	return namedBindings.elements.length > 0 && namedBindings.elements.every(({ isTypeOnly }) => isTypeOnly);
}

async function whereTo(from: string, specifier: string, sources: Sources): Promise<string | undefined> {
	if (!/^\.\.?(\/|$)/.test(specifier)) return sources.resolve?.(from, specifier);
	const plain = posix.join(posix.dirname(from), specifier.replace(/[?#].*$/, ""));
	for (const candidate of candidatesFor(plain)) {
		if (!candidate.startsWith("../") && (await sources.read(candidate)) !== undefined) return candidate;
	}
	return undefined;
}

/** As compilers and bundlers look for it: as it is written, `./x.js` for `./x.ts`, with an ending, as a folder. */
function candidatesFor(path: string): readonly string[] {
	const endings = ["ts", "tsx", "mts", "cts", "js", "jsx", "mjs", "cjs"];
	const written = /\.([cm]?)jsx?$/.exec(path);
	const asTyped =
		written === null ? [] : [`${path.slice(0, written.index)}.${written[1]}ts`, `${path.slice(0, written.index)}.tsx`];
	return [
		path,
		...asTyped,
		...endings.map((each) => `${path}.${each}`),
		...endings.map((each) => `${path}/index.${each}`),
	];
}

/** With these a test does nothing that could be what it is about. */
function isHarmless(specifier: string): boolean {
	return harmless.test(specifier.replace(/^node:/, ""));
}

const harmless =
	/^(vitest|@vitest\/.*|@jest\/globals|jest-.*|test|test\/reporters|assert|assert\/strict|mocha|chai|chai-.*|sinon|sinon-.*|ava|tap|tape|uvu|uvu\/.*|expect|should|fast-check|@fast-check\/.*|@testing-library\/.*|@faker-js\/faker|path|path\/posix|util|url|os|events|timers|timers\/promises|buffer|react|react-dom|react\/.*)$/;
