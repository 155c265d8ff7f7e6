/**
 * What a base's files are for measuring: by globs, with a default for every kind, and by what is known of single files
 * (`kindsOf`). A file is of the measuring stick, of the tests, or product; code with tests in its own source is both of
 * the last two.
 */
import { anyOf } from "./any-of.ts";
import type { FileKinds } from "./rule.ts";
import { isGenericConfiguration, loadedByRunners, toolOf, usualMeasuringStick } from "./stick-names.ts";
import { fixtureFolders, namedTests, nodeTests, testsAndHelpers } from "./test-names.ts";

export interface FileGlobs {
	/** Beside the usual ones. */
	readonly tests?: readonly string[];
	readonly measuringStick?: readonly string[];
}

/** What reading a base, and running it, told of files that no name tells. */
export interface KnownFiles {
	/** Of the measuring stick: what its configuration names. */
	readonly stick?: ReadonlySet<string>;
	/** All that lies in them is of the stick, also what comes new. */
	readonly stickFolders?: readonly string[];
	/** What a compiler's configuration is made of. */
	readonly compilers?: ReadonlySet<string>;
	/** Of the tests alone. */
	readonly tests?: ReadonlySet<string>;
	/** Product that holds tests. */
	readonly both?: ReadonlySet<string>;
	/** Product that is called like configuration. */
	readonly product?: ReadonlySet<string>;
	/** What the base depends on; undefined when nobody looked. */
	readonly dependencies?: readonly string[];
	/** Whether node's own runner looks for tests, by its names. */
	readonly runsNode?: boolean;
}

export function fileKinds({ tests = [], measuringStick = [] }: FileGlobs = {}, known: KnownFiles = {}): FileKinds {
	const isNamed = anyOf([...namedTests, ...(known.runsNode ? nodeTests : []), ...tests]);
	const isHelper = anyOf(testsAndHelpers);
	const isFixture = anyOf(fixtureFolders);
	const isCalledStick = anyOf([...usualMeasuringStick, ...loadedByRunners, ...measuringStick]);
	const isKnownStick = (path: string) =>
		known.stick?.has(path) === true || known.stickFolders?.some((folder) => path.startsWith(`${folder}/`)) === true;
	const isLikeStick = (path: string) => isGenericConfiguration(path) && known.product?.has(path) !== true;
	const isMeasuringStick = (path: string) => isCalledStick(path) || isKnownStick(path) || isLikeStick(path);
	const isTestAlone = (path: string) => isNamed(path) || known.tests?.has(path) === true;
	const isReadAsTest = (path: string) =>
		isTestAlone(path) || known.both?.has(path) === true || (isHelper(path) && !isFixture(path));
	return {
		isTest: (path) => isReadAsTest(path) && !isMeasuringStick(path),
		isProduct: (path) => !isMeasuringStick(path) && !isTestAlone(path) && !isHelper(path) && !isFixture(path),
		isMeasuringStick,
		isCompilerConfiguration: (path) => isCompiler(path) || known.compilers?.has(path) === true,
		isOfNoTool: (path) =>
			isLikeStick(path) && !isCalledStick(path) && !isKnownStick(path) && !isDependedOn(path, known.dependencies),
	};
}

/** Files that are tests alone, whatever they are called: a runner ran them. */
export function withTests(kinds: FileKinds, paths: ReadonlySet<string>): FileKinds {
	if (paths.size === 0) return kinds;
	const isRun = (path: string) => paths.has(path) && !kinds.isMeasuringStick(path);
	return {
		...kinds,
		isTest: (path) => kinds.isTest(path) || isRun(path),
		isProduct: (path) => kinds.isProduct(path) && !isRun(path),
	};
}

const isCompiler = (path: string) => /(^|\/)([tj]sconfig[^/]*|[^/]*\.tsconfig)\.json$/i.test(path);

function isDependedOn(path: string, dependencies: readonly string[] | undefined): boolean {
	const tool = toolOf(path);
	if (dependencies === undefined || tool === "") return true;
	return dependencies.some((name) => name.split(/[@/._-]+/).some((word) => isOf(word, tool)));
}

/** `tailwindcss` is of `tailwind`; `apps` is not of `app`. */
function isOf(word: string, tool: string): boolean {
	return word === tool || (tool.length > 3 && word.startsWith(tool));
}
