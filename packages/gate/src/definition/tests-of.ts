/**
 * Which files of a base hold tests, or are there for tests alone, whatever they are called: those that a runner ran, those
 * that import a runner or a library of assertions, those with tests in their own source, and what stands among the tests
 * as a link.
 *
 * One of them that the product imports as well is both: rules read its tests, and it stays code. So does one of which a
 * manifest says that the package begins with it.
 *
 * Out of reach: a helper outside of the tests' folders that compares and throws by itself under a name that does not say
 * so. Nothing in its text tells it from the product.
 */
import { posix } from "node:path";
import type { Diff } from "../diff/diff.ts";
import { isSource } from "../proof/code-files.ts";
import { isOfTests } from "../ratchet/of-tests.ts";
import { holdingOf, mayHoldTests } from "../ratchet/reading/holds-tests.ts";
import type { FileKinds } from "../ratchet/rule.ts";
import type { BaseFiles } from "./base-files.ts";
import { importersOf, stemOf } from "./importers.ts";
import type { Places } from "./places.ts";

export interface Tests {
	readonly tests: ReadonlySet<string>;
	readonly both: ReadonlySet<string>;
}

/** `kinds`: by names alone. */
export async function testsIn(
	files: BaseFiles,
	places: Places,
	kinds: FileKinds,
	ran: readonly string[],
): Promise<Tests> {
	const isOpen = (path: string) => files.modes.has(path) && isSource(path) && kinds.isProduct(path);
	const mentioning = (await files.matching(mayHoldTests)).filter(isOpen).slice(0, readMax);
	const wasRun = new Set(ran.filter(isOpen));
	const linked = new Set(
		[...places.links.keys()]
			.filter((path) => isOfTests(kinds, path))
			.map((path) => places.real(path).path)
			.filter(isOpen),
	);
	const texts = await files.read(new Set([...mentioning, ...wasRun, ...linked]));
	const tests = new Set<string>();
	const both = new Set<string>();
	const asserting = new Set<string>();
	for (const [path, text] of texts) {
		const holding = holdingOf(path, text);
		if (holding === "in-source") both.add(path);
		else if (holding === "tests" || wasRun.has(path) || linked.has(path)) tests.add(path);
		else if (holding === "assertions") asserting.add(path);
	}
	const imported = await importedByOthers(files, places, kinds, [...tests, ...asserting], (path) => tests.has(path));
	for (const path of [...tests]) {
		if (!imported.byProduct.has(path)) continue;
		tests.delete(path);
		both.add(path);
	}
	for (const path of asserting) if (imported.byTests.has(path) && !imported.byProduct.has(path)) tests.add(path);
	for (const path of imported.barrels) tests.add(path);
	return { tests, both };
}

/** Files that a change brings, or that begin to hold tests with it. That makes none of them less of a product. */
export function broughtTests({ files }: Diff, kinds: FileKinds): string[] {
	const may = new RegExp(mayHoldTests, "m");
	return files
		.filter(({ path, from, after, modeAfter }) => {
			if (after === null || !modeAfter?.startsWith("100") || !isSource(path) || !kinds.isProduct(path)) return false;
			if (from !== null && kinds.isTest(from)) return true;
			return may.test(after) && ["in-source", "tests"].includes(holdingOf(path, after));
		})
		.map(({ path }) => path);
}

/** More of them are no exceptions, and the names of tests are to be set in the definition. */
const readMax = 1_000;

interface Imported {
	readonly byProduct: ReadonlySet<string>;
	readonly byTests: ReadonlySet<string>;
	/** Files that only hand on what is the tests', and that only tests import. */
	readonly barrels: ReadonlySet<string>;
}

async function importedByOthers(
	files: BaseFiles,
	places: Places,
	kinds: FileKinds,
	paths: readonly string[],
	isTest: (path: string) => boolean,
): Promise<Imported> {
	const direct = await importersOf(files, places, paths);
	const isOfProduct = (path: string) => kinds.isProduct(path) && !isTest(path);
	const others = new Set([...direct.values()].flat().filter(isOfProduct));
	const barrels = [...(await files.read(others))].filter(([, text]) => isBarrel(text)).map(([path]) => path);
	const further = await importersOf(files, places, barrels);
	const ofTests = new Set(
		barrels.filter((path) => !isEntry(path, places) && !further.get(path)?.some((one) => isOfProduct(one))),
	);
	const some = (path: string, is: (importer: string) => boolean) => direct.get(path)?.some(is) === true;
	return {
		byProduct: new Set(
			paths.filter((path) => isEntry(path, places) || some(path, (one) => isOfProduct(one) && !ofTests.has(one))),
		),
		byTests: new Set(paths.filter((path) => some(path, (one) => !kinds.isProduct(one) || isTest(one)))),
		barrels: ofTests,
	};
}

/** A file of exports from elsewhere. */
function isBarrel(text: string): boolean {
	const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
	return (
		code.replace(/export\s+(type\s+)?(\*(\s+as\s+\w+)?|\{[^}]*\})\s+from\s+(["'])[^"']*\4\s*;?/g, "").trim() === ""
	);
}

/** What a package begins with, by its manifest; what it was before it was built lies in another folder. */
function isEntry(path: string, { manifests }: Places): boolean {
	return manifests.some(({ folder, entries }) => {
		if (folder !== "" && !path.startsWith(`${folder}/`)) return false;
		const own = folder === "" ? path : path.slice(folder.length + 1);
		return entries
			.map((entry) => posix.normalize(entry))
			.some((entry) => entry === own || afterFolder(entry) === afterFolder(own));
	});
}

function afterFolder(path: string): string {
	return stemOf(path.slice(path.indexOf("/") + 1));
}
