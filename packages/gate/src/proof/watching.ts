/** A change's new tests made ready to be watched: all they cover as switchable copies, and what can be told of each. */
import type { TestResult } from "../checks/check.ts";
import { testRangesOf } from "../ratchet/reading/in-source.ts";
import type { FileKinds } from "../ratchet/rule.ts";
import { isSource } from "./code-files.ts";
import { instrumentSource, instrumentTests } from "./instrument.ts";
import type { Mutant } from "./mutant.ts";
import { mutantsOf } from "./mutants.ts";
import { type Covered, coveredBy, type Sources } from "./sources.ts";
import { sitesNamed, sitesOf, type TestFile } from "./test-sites.ts";
import { entered, outside, type Recorded, type Watch } from "./watch.ts";

export interface Watching {
	readonly overlay: ReadonlyMap<string, string>;
	readonly tests: ReadonlyMap<string, WatchedTest>;
	readonly mutants: ReadonlyMap<string, Mutant>;
}

export interface WatchedTest {
	readonly test: TestResult;
	readonly files: readonly string[];
	readonly fileTokens: readonly string[];
	readonly line?: number;
	/** Of the places where it begins; none when it is not known which of the file's tests it is. */
	readonly contexts: readonly string[];
	/** Of all tests of its files, for one without a context of its own. */
	readonly neighbours: readonly string[];
	readonly distances: ReadonlyMap<string, number>;
	/** Tokens of the sources it covers. */
	readonly sources: readonly string[];
	readonly unseen: readonly string[];
}

export interface WatchRequest {
	readonly tests: readonly { readonly test: TestResult; readonly files: readonly string[] }[];
	readonly sources: Sources;
	readonly kinds: FileKinds;
	readonly watch: Watch;
	/** Code of the change: covered by its tests in whatever way. */
	readonly changed: readonly string[];
}

export async function watchTests({ tests, sources, kinds, watch, changed }: WatchRequest): Promise<Watching> {
	const overlay = new Map<string, string>();
	const mutants = new Map<string, Mutant>();
	const files = new Map<string, ReadFile>();
	const add = (path: string, text: string): void => {
		if (overlay.has(path)) return;
		const copy = instrumentSource(path, text, mutantsOf(path, text), watch);
		overlay.set(path, copy.text);
		for (const mutant of copy.mutants) mutants.set(watch.tokenOf("mutant", mutant.id), mutant);
	};
	for (const path of new Set(tests.flatMap((each) => each.files))) {
		const covered = await coveredBy(path, sources, kinds);
		const isBoth = covered.sources.some((source) => source.path === path);
		for (const source of covered.sources) if (source.path !== path) add(source.path, source.text);
		const text = (await sources.read(path)) ?? "";
		const code = isBoth ? codeOf(path, text) : text;
		const read = sitesOf(path, code);
		files.set(path, { read, covered });
		overlay.set(path, instrumentTests(path, code, read.sites, watch));
	}
	/** Of a file with tests in its source: all around them can be mutated, and they themselves are left as they are. */
	function codeOf(path: string, text: string): string {
		const tests = testRangesOf(path, text);
		const around = mutantsOf(path, text).filter(
			({ start }) => !tests.some(({ from, to }) => start >= from && start < to),
		);
		const copy = instrumentSource(path, text, around, watch);
		for (const mutant of copy.mutants) mutants.set(watch.tokenOf("mutant", mutant.id), mutant);
		// It is put before the whole file once its tests are marked as well.
		return copy.text.replace(watch.prelude(path), "");
	}
	for (const path of changed.filter(isSource)) {
		const text = await sources.read(path);
		if (text !== undefined) add(path, text);
	}
	return {
		overlay,
		mutants,
		tests: new Map(tests.map((each) => [each.test.id, watched(each, { files, changed, watch })])),
	};
}

interface ReadFile {
	readonly read: TestFile;
	readonly covered: Covered;
}

function watched(
	{ test, files }: WatchRequest["tests"][number],
	known: { files: ReadonlyMap<string, ReadFile>; changed: readonly string[]; watch: Watch },
): WatchedTest {
	const mine = files.flatMap((path) => known.files.get(path) ?? []);
	const sites = mine.flatMap(({ read }) => sitesNamed(test.name, read));
	const covered = mine.flatMap(({ covered }) => covered.sources);
	const contextOf = ({ id }: { id: string }) => known.watch.tokenOf("test", id);
	// Where a hook is out of sight, what it runs would count for the test before.
	const whole = mine.every(({ read }) => read.whole);
	return {
		test,
		files,
		fileTokens: files.map((path) => known.watch.tokenOf("file", path)),
		...(sites[0] === undefined ? {} : { line: sites[0].line }),
		contexts: whole ? sites.map(contextOf) : [],
		neighbours: mine.flatMap(({ read }) => read.sites.map(contextOf)),
		distances: new Map([
			...known.changed.map((path) => [path, 1] as const),
			...covered.map(({ path, distance }) => [path, distance] as const),
		]),
		sources: covered.map(({ path }) => known.watch.tokenOf("file", path)),
		unseen: mine.flatMap(({ covered }) => covered.unseen),
	};
}

export interface Reach {
	/** Run by the test itself; the order is that in which they are to be tried. */
	readonly own: readonly Mutant[];
	/** Run by hooks and while files were loaded; by anything in its files, for one without a context. */
	readonly around: readonly Mutant[];
	/** Whether its file was run as the copy it was given. */
	readonly begun: boolean;
	/** Whether any source it covers was run as the copy it was given. */
	readonly loaded: boolean;
}

export function reachOf(test: WatchedTest, recorded: Recorded, { mutants }: Pick<Watching, "mutants">): Reach {
	const begun = test.contexts.filter((context) => recorded.reached.get(context)?.has(entered));
	const known = begun.length > 0;
	const own = known ? reachedIn(begun) : [];
	const around = reachedIn(known ? [outside] : [outside, ...test.neighbours]);
	const all = new Set([...recorded.reached.values()].flatMap((tokens) => [...tokens]));
	return {
		own: ordered(own, test.distances),
		around: ordered(
			around.filter((mutant) => test.distances.has(mutant.file) && !own.includes(mutant)),
			test.distances,
		),
		begun: known || test.fileTokens.some((token) => all.has(token)),
		loaded: test.sources.some((token) => all.has(token)),
	};

	function reachedIn(contexts: readonly string[]): Mutant[] {
		const tokens = new Set(contexts.flatMap((context) => [...(recorded.reached.get(context) ?? [])]));
		return [...tokens].flatMap((token) => mutants.get(token) ?? []);
	}
}

/**
 * Nearest files first; in a file, the functions in the order in which they were called, for what a test calls itself
 * tells most. Spread over functions and deeper into each at once, so that a few tries see both.
 */
function ordered(mutants: readonly Mutant[], distances: ReadonlyMap<string, number>): readonly Mutant[] {
	const functions = new Map<string, Mutant[]>();
	for (const mutant of mutants) {
		const key = `${mutant.file} ${mutant.scope}`;
		functions.set(key, [...(functions.get(key) ?? []), mutant]);
	}
	const far = ([first]: readonly Mutant[]) => distances.get(first?.file ?? "") ?? Number.MAX_SAFE_INTEGER;
	return [...functions.values()]
		.sort((one, other) => far(one) - far(other))
		.flatMap((group, across) =>
			[...group]
				.sort((one, other) => one.rank - other.rank || one.start - other.start)
				.map((mutant, deep) => ({ mutant, place: across + deep, across })),
		)
		.sort((one, other) => one.place - other.place || one.across - other.across)
		.map(({ mutant }) => mutant);
}
