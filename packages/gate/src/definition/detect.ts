/**
 * What a repository is measured by when it does not say so: read off the files of its base. Tests that it has and that
 * nobody knows how to run are not left out in silence: then nothing is measured, and a person is told what to write.
 */
import { posix } from "node:path";
import { z } from "zod";
import type { CheckDefinition } from "../checks/check.ts";
import type { Git } from "../git/git.ts";
import { listTree, readBlob } from "../git/objects.ts";
import { fileKinds } from "../ratchet/file-kinds.ts";
import { runs, testScript } from "./test-script.ts";
import { testsUnknown } from "./tests-unknown.ts";

const Manifest = z.looseObject({
	scripts: z.record(z.string(), z.string()).default({}),
	dependencies: z.record(z.string(), z.string()).default({}),
	devDependencies: z.record(z.string(), z.string()).default({}),
	"jest-junit": z.looseObject({ outputDirectory: z.string(), outputName: z.string() }).partial().default({}),
});
type Manifest = z.infer<typeof Manifest>;

type Detected = Pick<CheckDefinition, "name" | "run" | "reports"> & Partial<Pick<CheckDefinition, "reads" | "report">>;

export interface Detection {
	readonly checks: readonly Detected[];
	/** Which tests nobody knows how to run, and what to write; undefined where that is none. */
	readonly missing: string | undefined;
}

export async function detectChecks(git: Git, base: string): Promise<Detection> {
	const manifest = await manifestOf(git, base);
	if (manifest === undefined) return { checks: [], missing: undefined };
	const types = compiler(manifest, (await readBlob(git, base, "tsconfig.json"))?.toString("utf8"));
	const script = testScript(manifest.scripts);
	const tests = runners(manifest).find(({ program }) =>
		script === undefined ? uses(manifest, program) : runs(script, program),
	);
	const checks = [types, tests?.check].filter((check) => check !== undefined);
	const files = tests === undefined && script === undefined ? await testFiles(git, base) : [];
	if (tests !== undefined || (script === undefined && files.length === 0)) return { checks, missing: undefined };
	return { checks, missing: testsUnknown({ script, files, checks, uses: (program) => uses(manifest, program) }) };
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

interface KnownRunner {
	readonly program: string;
	readonly check: Detected;
}

/** Those that can tell their tests from each other; the one that the script names goes first. */
function runners(manifest: Manifest): KnownRunner[] {
	const tests = (check: Omit<Detected, "name">): Detected => ({ name: "tests", ...check });
	const all: KnownRunner[] = [
		{ program: "vitest", check: tests({ run: "vitest run", reports: "vitest" }) },
		{ program: "mocha", check: tests({ run: "mocha --reporter tap", reports: "tap" }) },
		{ program: "ava", check: tests({ run: "ava --tap", reports: "tap" }) },
		{ program: "jest", check: tests({ run: jest, reports: "junit", report: jestReport(manifest) }) },
		{ program: "node --test", check: tests({ run: "node --test --test-reporter=tap", reports: "tap" }) },
	];
	// By itself jest writes no report that others read.
	return all.filter(({ program }) => program !== "jest" || uses(manifest, "jest-junit"));
}

/** What it writes by default shows that it is at work. */
const jest = "jest --ci --reporters=default --reporters=jest-junit";

function jestReport({ "jest-junit": { outputDirectory = ".", outputName = "junit.xml" } }: Manifest): string {
	return posix.join(outputDirectory, outputName);
}

function uses(manifest: Manifest, name: string): boolean {
	return name in manifest.dependencies || name in manifest.devDependencies;
}

async function testFiles(git: Git, base: string): Promise<string[]> {
	const { isTest } = fileKinds();
	return (await listTree(git, base))
		.filter(({ type, path }) => type === "blob" && isTest(path) && /\.[cm]?[jt]sx?$/.test(path))
		.map(({ path }) => path);
}
