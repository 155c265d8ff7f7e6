import { expect, test } from "vitest";
import { commandOf } from "../checks/command.ts";
import { mirrored } from "../git/store.ts";
import { aRepository, type Files } from "../testing/a-repository.ts";
import { aStore } from "../testing/a-store.ts";
import { parseDefinition, readDefinition } from "./gate-definition.ts";

const typed = { "tsconfig.json": "{}" };

test.each<[string, Files, string[]]>([
	["no tests", { ...typed, "package.json": manifest({ uses: ["typescript"] }) }, ["tsc --noEmit"]],
	[
		"a script that says that there are none",
		{ ...typed, "package.json": manifest({ test: 'echo "Error: no test specified" && exit 1', uses: ["typescript"] }) },
		["tsc --noEmit"],
	],
	[
		"a runner behind another script",
		{ "package.json": `{"scripts":{"test":"npm run lint && npm run unit","lint":"x","unit":"vitest run"}}` },
		["vitest run"],
	],
	[
		"jest that can report",
		{ "package.json": manifest({ test: "jest", uses: ["jest", "jest-junit"] }) },
		["jest --ci --reporters=default --reporters=jest-junit"],
	],
])("what is known is complete: %s", async (_, files, runs) => {
	const { definition, incomplete } = await read(files);
	expect(definition.checks.map(({ run }) => run)).toEqual(runs);
	expect(incomplete).toBeUndefined();
});

test("jest's report is looked for where the package says", async () => {
	const there = `{"devDependencies":{"jest":"30","jest-junit":"16"},"jest-junit":{"outputDirectory":"./reports"}}`;
	const { definition } = await read({ "package.json": there });
	expect(definition.checks).toMatchObject([{ reports: "junit", report: "reports/junit.xml" }]);
});

test.each<[string, Files, RegExp, string[]]>([
	[
		"jest that cannot report",
		{ ...typed, "package.json": manifest({ test: "jest", uses: ["jest", "typescript"] }) },
		/script "test" of package\.json, "jest"\..*with jest-junit among/,
		["tsc --noEmit", "jest --ci"],
	],
	[
		"a script that leaves it to others",
		{ "package.json": manifest({ test: "turbo run test", uses: ["turbo"] }) },
		/"turbo run test"/,
		["turbo run test"],
	],
	[
		"the same where the runner is known",
		{ "package.json": manifest({ test: "npm-run-all lint test:*", uses: ["vitest"] }) },
		/"npm-run-all lint test:\*"/,
		["vitest run"],
	],
	[
		"a script that only a shell reads",
		{ "package.json": manifest({ test: "tsc && node dist/test.js" }) },
		/"tsc && node dist\/test\.js"/,
		["node --test --test-reporter=tap"],
	],
	[
		"node's own runner with more",
		{ "package.json": manifest({ test: "node --import tsx --test" }) },
		/--import tsx/,
		["node --import tsx --test --test-reporter=tap"],
	],
	[
		"tests without a script",
		{ "package.json": manifest({}), "src/a.test.ts": "", "test/b.js": "" },
		/there are tests \(src\/a\.test\.ts and 1 more\), and nothing says how/,
		["node --test --test-reporter=tap"],
	],
	[
		"tests beside a script for none",
		{ "package.json": manifest({ test: "exit 0" }), "spec/a.js": "" },
		/there are tests \(spec\/a\.js\)/,
		["node --test --test-reporter=tap"],
	],
])(
	"tests that nobody knows how to run leave nothing measured, and the words to write are said: %s",
	async (_, files, said, runs) => {
		const { definition, from, incomplete = "" } = await read(files);
		expect(definition.checks).toEqual([]);
		expect(from).toBe("detected");
		expect(incomplete).toMatch(said);
		const [, example = ""] = /for example (\{.*?\]\})/.exec(incomplete) ?? [];
		const { checks } = parseDefinition(example);
		expect(checks.map(({ run }) => run)).toEqual(runs);
		for (const { run } of checks) expect(commandOf(run).kind).toBe("words");
	},
);

test("whoever wants types alone says so", async () => {
	const only = '{"checks":[{"name":"types","run":"tsc --noEmit","reports":"tsc"}]}';
	const files = { ...typed, "package.json": manifest({ test: "jest", uses: ["typescript"] }) };
	const found = await read({ ...files, ".shopfloor/gate.json": only });
	expect(found).toMatchObject({ from: "file", definition: { checks: [{ name: "types" }] } });
	expect(found.incomplete).toBeUndefined();
});

async function read(files: Files) {
	const store = await aStore(aRepository(files).dir);
	return await readDefinition(store.git, mirrored("main"));
}

function manifest({ test: script, uses = [] }: { test?: string; uses?: string[] }): string {
	return JSON.stringify({
		...(script === undefined ? {} : { scripts: { test: script } }),
		devDependencies: Object.fromEntries(uses.map((name) => [name, "1"])),
	});
}
