/**
 * What the change takes away from the code under test. Tests of a thing that is gone may go with it; a thing that only
 * got another name is not gone.
 */
import ts from "typescript";
import type { ChangedFile, FileKinds, Sight } from "../rule.ts";
import { namesIn } from "./names.ts";
import { likeness, nodesOf, tokensOf, treeOf } from "./syntax.ts";

export interface GoneCode {
	/** Functions, classes, methods, variables, fields. */
	readonly names: ReadonlySet<string>;
	/** Files, by their path in the base. */
	readonly files: ReadonlySet<string>;
}

export function goneCode(sight: Sight): GoneCode {
	const known = kept.get(sight);
	if (known !== undefined) return known;
	const sources = sight.diff.files.filter((file) => isSource(file, sight.kinds));
	const left = new Set(sources.flatMap((file) => [...(namesOf(file, "after")?.keys() ?? [])]));
	const before = sources.flatMap((file) => declarationsOf(file, "before"));
	const after = sources.flatMap((file) => declarationsOf(file, "after"));
	const namesBefore = new Set(before.map(({ name }) => name));
	const fresh = after.filter(({ name }) => !namesBefore.has(name));
	const missing = before.filter(({ name }) => !left.has(name));
	// The cost is in the product. Above this nothing counts as gone, so that no test may go either.
	const canCompare = missing.length * fresh.length <= comparesMax;
	const gone: GoneCode = {
		names: new Set(
			(canCompare ? missing : [])
				.filter(({ body }) => !fresh.some((other) => likeness(body, other.body) >= sameBody))
				.map(({ name }) => name),
		),
		files: new Set(
			sources
				.filter(({ status, before }) => status === "deleted" && before !== null)
				.filter((file) => !isElsewhere(file, sources))
				.map(({ path }) => path),
		),
	};
	kept.set(sight, gone);
	return gone;
}

const kept = new WeakMap<Sight, GoneCode>();

const comparesMax = 250_000;
/** Files that come, among which a deleted one is looked for. */
const filesComparedMax = 100;
/** Two bodies that share this much are one thing with another name. */
const sameBody = 0.6;

function isSource({ path, from }: ChangedFile, kinds: FileKinds): boolean {
	return [path, from ?? path].every((name) => kinds.isProduct(name));
}

function namesOf(file: ChangedFile, side: "before" | "after"): ReadonlyMap<string, number> | undefined {
	const tree = treeOf(file, side);
	return tree === null ? undefined : namesIn(tree);
}

interface Declared {
	readonly name: string;
	readonly body: readonly string[];
}

function declarationsOf(file: ChangedFile, side: "before" | "after"): Declared[] {
	const tree = treeOf(file, side);
	if (tree === null) return [];
	return [...nodesOf(tree)].flatMap((node) => {
		if (!isDeclaration(node) || node.name === undefined || !ts.isIdentifier(node.name)) return [];
		const name = node.name.text;
		return [{ name, body: tokensOf(node).filter((word) => word !== name) }];
	});
}

function isDeclaration(node: ts.Node): node is ts.NamedDeclaration {
	return (
		ts.isFunctionDeclaration(node) ||
		ts.isClassDeclaration(node) ||
		ts.isMethodDeclaration(node) ||
		ts.isPropertyDeclaration(node) ||
		ts.isPropertySignature(node) ||
		ts.isPropertyAssignment(node) ||
		ts.isShorthandPropertyAssignment(node) ||
		ts.isEnumMember(node) ||
		(ts.isVariableDeclaration(node) && isTopLevel(node))
	);
}

function isTopLevel(node: ts.VariableDeclaration): boolean {
	return ts.isSourceFile(node.parent.parent.parent);
}

/** Its text came back under another name, too changed for git to see. */
function isElsewhere(file: ChangedFile, sources: readonly ChangedFile[]): boolean {
	const tree = treeOf(file, "before");
	if (tree === null) return false;
	const added = sources.filter(({ status }) => status === "added");
	if (added.length > filesComparedMax) return true;
	return added.some((other) => {
		const otherTree = treeOf(other, "after");
		return otherTree !== null && likeness(tokensOf(tree), tokensOf(otherTree)) >= sameBody;
	});
}
