/** What a repository is measured by when it does not say so: read off the files of its base. */
import { z } from "zod";
import type { CheckDefinition } from "../checks/check.ts";
import type { Git } from "../git/git.ts";
import { readBlob } from "../git/objects.ts";

const Manifest = z.looseObject({
	scripts: z.record(z.string(), z.string()).default({}),
	dependencies: z.record(z.string(), z.string()).default({}),
	devDependencies: z.record(z.string(), z.string()).default({}),
});
type Manifest = z.infer<typeof Manifest>;

type Detected = Pick<CheckDefinition, "name" | "run" | "reports"> & Partial<Pick<CheckDefinition, "reads">>;

export async function detectChecks(git: Git, base: string): Promise<Detected[]> {
	const manifest = await manifestOf(git, base);
	if (manifest === undefined) return [];
	const tsconfig = (await readBlob(git, base, "tsconfig.json"))?.toString("utf8");
	return [compiler(manifest, tsconfig), tests(manifest)].filter((check) => check !== undefined);
}

async function manifestOf(git: Git, base: string): Promise<Manifest | undefined> {
	const text = (await readBlob(git, base, "package.json"))?.toString("utf8");
	if (text === undefined) return undefined;
	try {
		return Manifest.parse(JSON.parse(text));
	} catch {
		// Not a manifest: then nothing is known about the project, and nothing lands before a person says what to check.
		return undefined;
	}
}

function compiler(manifest: Manifest, tsconfig: string | undefined): Detected | undefined {
	if (tsconfig === undefined || !uses(manifest, "typescript")) return undefined;
	// A file that only refers to others checks nothing without -b.
	const solution = /"references"\s*:/.test(tsconfig) && /"files"\s*:\s*\[\s*\]/.test(tsconfig);
	const run = solution ? "tsc -b --noEmit" : "tsc --noEmit";
	return { name: "types", run, reports: "tsc", reads: ["**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,json}"] };
}

/** The runner of the test script goes first: a repository may hold several. */
function tests(manifest: Manifest): Detected | undefined {
	const script = manifest.scripts["test"] ?? "";
	const named = runners.find(({ word }) => new RegExp(`(^|[\\s;&|])${word}(\\s|$)`).test(script));
	const used = named ?? runners.find(({ program }) => uses(manifest, program));
	return used === undefined ? undefined : { name: "tests", run: used.run, reports: used.reports };
}

const runners = [
	{ word: "vitest", program: "vitest", run: "vitest run", reports: "vitest" },
	{ word: "mocha", program: "mocha", run: "mocha --reporter tap", reports: "tap" },
	{ word: "ava", program: "ava", run: "ava --tap", reports: "tap" },
	{ word: "node --test", program: "", run: "node --test --test-reporter=tap", reports: "tap" },
] as const;

function uses(manifest: Manifest, name: string): boolean {
	return name in manifest.dependencies || name in manifest.devDependencies;
}
