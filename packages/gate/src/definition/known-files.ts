/** What reading a base tells of its files, beyond their names. */
import type { Diff } from "../diff/diff.ts";
import type { Git } from "../git/git.ts";
import { fileKinds, type KnownFiles } from "../ratchet/file-kinds.ts";
import { baseFiles } from "./base-files.ts";
import { dataOfTests } from "./data-of-tests.ts";
import type { GateDefinition } from "./gate-definition.ts";
import { broughtProduct, productIn } from "./like-configuration.ts";
import { Places } from "./places.ts";
import { stickOf } from "./stick-of.ts";
import { broughtTests, testsIn } from "./tests-of.ts";
import { runsNode } from "./words-of.ts";

export interface KnowingOptions {
	readonly ran: readonly string[];
	readonly diff?: Diff;
}

export async function knownFiles(
	git: Git,
	base: string,
	definition: GateDefinition,
	{ ran, diff }: KnowingOptions,
): Promise<KnownFiles> {
	const key = JSON.stringify([git.place.gitDir, base, definition, ran]);
	if (last?.key !== key || !isCommit(base)) last = { key, known: readKnown(git, base, definition, ran) };
	const read = await last.known.catch((error: unknown) => {
		// What could not be read now may be read the next time.
		last = undefined;
		throw error;
	});
	if (diff === undefined) return read;
	const kinds = fileKinds(definition, read);
	const data = await dataOfTests(() => baseFiles(git, base), kinds, diff);
	return {
		...read,
		tests: new Set([...(read.tests ?? []), ...data]),
		product: new Set([...(read.product ?? []), ...broughtProduct(diff, kinds)]),
		both: new Set([...(read.both ?? []), ...broughtTests(diff, kinds)]),
	};
}

/** One change after the other is looked at on the same base, which a commit's name tells for good. */
let last: { readonly key: string; readonly known: Promise<KnownFiles> } | undefined;

async function readKnown(
	git: Git,
	base: string,
	definition: GateDefinition,
	ran: readonly string[],
): Promise<KnownFiles> {
	const files = await baseFiles(git, base);
	const places = await Places.of(files);
	const { manifests } = places;
	const stick = await stickOf(files, places, definition);
	// A package of the workspace is a tool where a runner's configuration uses it.
	const isOwn = (name: string) =>
		manifests.some((one) => one.name === name && !stick.stickFolders.includes(one.folder));
	const named: KnownFiles = {
		...stick,
		dependencies: [...new Set(manifests.flatMap(({ dependencies }) => dependencies))].filter((name) => !isOwn(name)),
		runsNode: runsNode(definition, manifests),
	};
	const product = await productIn(files, places, fileKinds(definition, named));
	const inBase = { ...named, product };
	const { tests, both } = await testsIn(files, places, fileKinds(definition, inBase), ran);
	return { ...inBase, tests, both };
}

function isCommit(name: string): boolean {
	return /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(name);
}
