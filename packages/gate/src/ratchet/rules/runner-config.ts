import { addedLines } from "../lines.ts";
import { type Property, propertiesOf } from "../reading/properties.ts";
import type { ChangedFile, Found, Rule, Severity } from "../rule.ts";

const config = (test: string) => ({
	"vitest.config.ts": `import { defineConfig } from "vitest/config";\nexport default defineConfig({ test: { ${test} } });\n`,
});

export const runnerConfig: Rule = {
	name: "runner-config",
	severity: "ask",
	reason: "A runner that finds fewer tests, repeats them or counts failures as passed is green whatever the code does.",
	*look({ diff }) {
		for (const file of diff.files) {
			if (!isRunnerConfig(file)) continue;
			if (/\.(ya?ml|toml)$|mocharc$|\.(opts)$/.test(file.path)) yield* ofText(file);
			else yield* ofProperties(file);
		}
	},
	examples: {
		caught: [
			{ name: "no tests are fine", before: config(""), after: config("passWithNoTests: true") },
			{ name: "retries", before: config(""), after: config("retry: 3") },
			{
				name: "a file is left out",
				before: config('exclude: ["dist"]'),
				after: config('exclude: ["dist", "src/cart.test.ts"]'),
			},
			{
				name: "by a name",
				before: config(""),
				after: { "vitest.config.ts": 'const exclude = ["src/**"];\nexport default { test: { exclude } };\n' },
			},
			{
				name: "fewer are looked for",
				before: { "jest.config.js": "module.exports = { testMatch: ['**/*.test.js'] };\n" },
				after: { "jest.config.js": "module.exports = { testMatch: ['**/ok.test.js'] };\n" },
			},
			{
				name: "coverage",
				before: config("coverage: { thresholds: { lines: 90 } }"),
				after: config("coverage: { thresholds: { lines: 10 } }"),
			},
			{ name: "coverage is gone", before: config("coverage: { thresholds: { lines: 90 } }"), after: config("") },
			{ name: "a setup file", before: config(""), after: config('setupFiles: ["./setup.ts"]') },
			{ name: "a reporter", before: config(""), after: config('reporters: ["./mine.ts"]') },
			{
				name: "jest in package.json",
				before: { "package.json": '{ "jest": { "bail": true } }' },
				after: { "package.json": '{ "jest": { "bail": true, "testPathIgnorePatterns": ["cart"] } }' },
			},
			{
				name: "mocha",
				before: { ".mocharc.yml": "spec: test\n" },
				after: { ".mocharc.yml": "spec: test\nignore: test/cart.js\n" },
			},
			{ name: "errors outside of tests", before: config(""), after: config("dangerouslyIgnoreUnhandledErrors: true") },
			{ name: "a limit of an hour", before: config("testTimeout: 5000"), after: config("testTimeout: 3600000") },
			{
				name: "a setting that is assigned",
				before: { "vitest.config.mjs": "const c = {};\nexport default c;\n" },
				after: { "vitest.config.mjs": "const c = {};\nc.passWithNoTests = true;\nexport default c;\n" },
			},
		],
		passed: [
			{
				name: "a higher threshold",
				before: config("coverage: { thresholds: { lines: 80 } }"),
				after: config("coverage: { thresholds: { lines: 90 } }"),
			},
			{ name: "formatting", before: config("retry: 2"), after: config("\n\t\tretry: 2,\n\t") },
			{
				name: "another field of package.json",
				before: { "package.json": '{ "name": "a", "jest": { "bail": true } }' },
				after: { "package.json": '{ "name": "b", "jest": { "bail": true } }' },
			},
		],
	},
};

function isRunnerConfig({ path, from }: ChangedFile): boolean {
	return [path, from ?? path].some(
		(name) =>
			/(^|\/)((vitest|vite|jest|mocha|ava|playwright|cypress|karma|wtr|web-test-runner|tap|c8|nyc|stryker)[.\w-]*\.(config|workspace|conf)[^/]*|(vitest|jest|vite|playwright)\.[\w.-]+|\.(mocharc|c8rc|nycrc|taprc)[^/]*|mocha\.opts|package\.json|bunfig\.toml)$/.test(
				name,
			) && !/\.(test|spec)\./.test(name),
	);
}

interface Watched {
	readonly name: RegExp;
	severity(before: Property | undefined, after: Property | undefined): Severity | null;
	readonly what: string;
}

const isOn: Watched["severity"] = (before, after) =>
	after !== undefined && after.value !== false && before?.text !== after.text ? "block" : null;
const isOther: Watched["severity"] = (before, after) => (before?.text === after?.text ? null : "ask");

/** The first that fits a name counts. */
const watched: readonly Watched[] = [
	{
		name: /^(passWithNoTests|allowOnly|dangerouslyIgnoreUnhandledErrors|updateSnapshot|passWithNoSpecs|allowUncaught|failZero|ignoreUnhandledRejections)$/i,
		severity: isOn,
		what: "counts as passed what is not",
	},
	{ name: /^update$/, severity: isOn, what: "rewrites snapshots while it runs" },
	{
		name: /^(retry|retries|repeats|flakes)$/,
		severity: (before, after) =>
			Number(after?.value ?? 0) > Number(before?.value ?? 0) ||
			(after !== undefined && after.value === undefined && before?.text !== after.text)
				? "ask"
				: null,
		what: "runs failing tests again",
	},
	{
		name: /(timeout|Timeout)$/,
		severity: (before, after) => (isMuchLonger(before, after) ? "ask" : null),
		what: "waits much longer",
	},
	{
		name: /^(exclude|testPathIgnorePatterns|ignore|coveragePathIgnorePatterns|testIgnore|modulePathIgnorePatterns|testNamePattern|testNameRegex|grep|invert|fgrep|shard|project|onlyChanged|changed|related)$/,
		severity: (before, after) => (isLongerList(before, after) ? "block" : isOther(before, after)),
		what: "leaves out tests",
	},
	{
		name: /^(include|includeSource|testMatch|testRegex|spec|files|roots|projects|testDir|dir|root|rootDir|extension|workspace)$/,
		severity: (before, after) => (isShorterList(before, after) ? "block" : isOther(before, after)),
		what: "looks for tests elsewhere",
	},
	{
		name: /^(lines|branches|functions|statements|perFile|thresholdAutoUpdate|autoUpdate|break|high|low|check-coverage|checkCoverage|100)$/,
		severity: (before, after) => (isLower(before, after) ? "block" : null),
		what: "lowers what must be covered",
	},
	{
		name: /^(setupFiles|setupFilesAfterEnv|globalSetup|globalTeardown|require|file|setupTestFrameworkScriptFile|import|preload|loader|nodeOption|node-option|execArgv|testEnvironment|environment|environmentMatchGlobs|runner|testRunner|pool|poolOptions|sequencer|snapshotSerializers|snapshotEnvironment|resolveSnapshotPath|transform|moduleNameMapper|alias|plugins|preset|globals|mockReset|onUnhandledError|onConsoleLog|isolate|env|css|deps|server|hideSkippedTests|snapshotResolver|resolver|testResultsProcessor|prettierPath|sequence|bail|maxConcurrency|typecheck|forbidOnly|forbidPending)$/,
		severity: isOther,
		what: "changes how tests are run",
	},
	{
		name: /^(reporters?|outputFile|reporter-option|reporterOptions)$/,
		severity: isOther,
		what: "changes how tests are reported",
	},
];

function* ofProperties(file: ChangedFile): Generator<Found> {
	const isPackage = /(^|\/)package\.json$/.test(file.path);
	const before = propertiesOf(file, "before");
	const after = propertiesOf(file, "after");
	if (file.after !== null && after === null) {
		yield { path: file.path, what: "cannot be parsed", severity: "block" };
		return;
	}
	const isOurs = (path: string) => !isPackage || /^(jest|vitest|mocha|ava|tap|c8|nyc|stryker)\b/.test(path);
	for (const path of new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])) {
		if (!isOurs(path)) continue;
		const was = before?.get(path);
		const is = after?.get(path);
		const rule = watched.find(({ name }) => name.test(path.split(".").at(-1) ?? ""));
		const severity = rule?.severity(was, is) ?? null;
		if (rule === undefined || severity === null) continue;
		const what = `${rule.what} (\`${path}: ${short(is?.text ?? "gone")}\`)`;
		yield { path: file.path, what, severity, ...(is === undefined ? {} : { line: is.line }) };
	}
}

function isMuchLonger(before: Property | undefined, after: Property | undefined): boolean {
	if (after === undefined || before?.text === after.text) return false;
	const is = Number(after.value);
	const was = before === undefined ? usualMs : Number(before.value);
	return Number.isNaN(is) || is === 0 || is >= was * 10;
}

const usualMs = 5_000;

function isLongerList(before: Property | undefined, after: Property | undefined): boolean {
	if (after === undefined) return false;
	const was = before?.items ?? [];
	return (after.items ?? [after.text]).some((item) => !was.includes(item) && item !== before?.text && !isOutput(item));
}

function isOutput(item: string): boolean {
	return /(^|["'*/])(dist|build|out|coverage|node_modules|\.[\w-]+)\b/.test(item) && !/src|test|spec/.test(item);
}

function isShorterList(before: Property | undefined, after: Property | undefined): boolean {
	if (before === undefined) return false;
	const is = after?.items ?? (after === undefined ? [] : [after.text]);
	return after !== undefined && (before.items ?? [before.text]).some((item) => !is.includes(item));
}

function isLower(before: Property | undefined, after: Property | undefined): boolean {
	if (before === undefined) return false;
	if (after === undefined) return true;
	if (typeof before.value === "boolean") return before.value && after.value !== true;
	return !(Number(after.value) >= Number(before.value));
}

/** Formats without a tree, line by line. */
function* ofText(file: ChangedFile): Generator<Found> {
	for (const { line, text } of addedLines(file)) {
		const key = /^\s*["']?(?:--)?([\w-]+)["']?\s*[:= ]/.exec(text)?.[1] ?? "";
		const rule = watched.find(({ name }) => name.test(key));
		if (rule === undefined) continue;
		yield { path: file.path, line, what: `${rule.what} (\`${short(text.trim())}\`)` };
	}
}

function short(text: string): string {
	return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
