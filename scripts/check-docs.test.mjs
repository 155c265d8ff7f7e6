import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { faultsIn } from "./check-docs.mjs";

const CLI = "apps/cli/bin/shopfloor.mjs";
const roots = [];

afterEach(() => {
	for (const root of roots.splice(0)) rmSync(root, { recursive: true });
});

test.each([
	["a path in inline code", "See `docs/none.md`.", "docs/none.md does not exist"],
	["a path with a line number", "See `apps/cli/src/none.ts:12`.", "apps/cli/src/none.ts does not exist"],
	["a path in a command", "```sh\ncat ./docs/none.md\n```", "docs/none.md does not exist"],
	["a root file", "Edit `biome.json`.", "biome.json does not exist"],
	["a glob", "Edit `apps/*/src/{none,nothing}.ts`.", "apps/*/src/{none,nothing}.ts matches no file"],
	["a link", "[there](none.md)", "link to none.md: docs/none.md does not exist"],
	["a reference", "[there][1]\n\n[1]: ../none.md", "link to ../none.md: none.md does not exist"],
	["an anchor here", "[there](#none)", "link to #none: docs/page.md has no heading for #none"],
	["an anchor there", "[there](../README.md#none)", "link to ../README.md#none: README.md has no heading for #none"],
	["a script", "`npm run bild`", 'npm run bild: package.json has no script "bild"'],
	["a script behind a flag", "```sh\nnpm -s run bild\n```", 'npm -s run bild: package.json has no script "bild"'],
	["a short form of a script", "`npm stop`", 'npm stop: package.json has no script "stop"'],
	["a command", "`shopfloor upp`", "there is no command shopfloor upp"],
	["a command by npx", "```console\n$ npx shopfloor upp\n```", "there is no command shopfloor upp"],
	["a command by its file", "`node apps/cli/bin/shopfloor.mjs upp`", "there is no command shopfloor upp"],
	["a second command", "```sh\ncd x && shopfloor upp\n```", "there is no command shopfloor upp"],
	["a subcommand", "`shopfloor log verfy`", "there is no command shopfloor log verfy"],
	["one of several", "`shopfloor log verify|sho`", "there is no command shopfloor log sho"],
	["a flag", "`shopfloor up --jason`", "shopfloor up has no flag --jason"],
	["a flag of another command", "`shopfloor log verify --wait`", "shopfloor log verify has no flag --wait"],
	["a flag on a continued line", "```sh\nshopfloor up \\\n  --jason\n```", "shopfloor up has no flag --jason"],
])("%s that does not exist is a fault", (_, text, message) => {
	expect(messagesFor(text)).toEqual([message]);
});

test("a fault is told with its file and line, in order", () => {
	const text =
		"# Title\n\n`docs/a.md` and\n[b](b.md)\n\n```sh\n# a comment\nnpm run c\n```\n\n`docs/d.md\ndocs/e.md`\n";
	expect(faultsFor(text).map(({ path, line }) => `${path}:${line}`)).toEqual([
		"docs/page.md:3",
		"docs/page.md:4",
		"docs/page.md:8",
		"docs/page.md:11",
		"docs/page.md:11",
	]);
});

test("a document that names only what exists has no fault", () => {
	const text = `# One *two* \`three\`, & [four](page.md)!

[up](#one-two-three--four), [down](#again-1), [out](https://example.com/none.md), [site](../README.md#shopfloor "title")

Run \`npm test -- docs\`, \`npm run test\`, \`npm install\`, \`npm run <script>\` or \`./scripts/run.mjs\`.
See \`apps/cli/src/main.ts:3\`, \`apps/*/src\`, \`packages/<name>/src/none.ts\`, \`state/none.json\`, \`docs/…\`.

\`shopfloor\` \`shopfloor --version\` \`shopfloor <verb>\` \`shopfloor up [--json] <session>\` \`shopfloor up --help\`
\`shopfloor --floor there log verify -n5 ralph-1\` \`shopfloor log verify|show\` \`shopfloor up -- --anything\`

| in a table | \`shopfloor log verify\\|show\` |

## Again
## Again

\`\`\`console
$ SHOPFLOOR_HOME=x npx -y shopfloor up --json | cat; npm test # and npm run none
docs/none.md is what it prints
\`\`\`

\`\`\`ts
import "docs/none.md"; // npm run none
\`\`\`
`;
	expect(faultsFor(text)).toEqual([]);
});

test("an example's document may name the example's own files", () => {
	const text = "See `tests/sum.test.ts` and `docs/page.md`, not `tests/none.ts`.";
	expect(messagesFor(text, "examples/sums/README.md")).toEqual(["tests/none.ts does not exist"]);
});

test("without an account of the commands, they are not looked at", () => {
	expect(messagesFor("`shopfloor upp`", "docs/page.md", { commands: undefined })).toEqual([]);
});

test("run on a repository, it asks the command line what there is and prints where each fault stands", () => {
	const cli = 'console.log(JSON.stringify([{ path: ["up"], flags: [] }]));';
	expect(runOn({ "a.md": "`shopfloor up` `npm test`", "b/c.md": "\n`shopfloor upp`", [CLI]: cli })).toEqual({
		status: 1,
		stderr: "b/c.md:2  there is no command shopfloor upp\n",
	});
	expect(runOn({ "a.md": "`shopfloor up` `npm test`", [CLI]: cli })).toEqual({ status: 0, stderr: "" });
});

test("a command line that cannot tell its commands is a fault, told in its words", () => {
	const { status, stderr } = runOn({ [CLI]: 'console.error("unknown command"); process.exit(1);' });
	expect(status).toBe(1);
	expect(stderr).toMatch(/cannot list its commands.*\nunknown command/);
});

function runOn(contents) {
	const root = rootWith({ "package.json": '{ "scripts": { "test": "true" } }', ...contents });
	execFileSync("git", ["init", "--quiet"], { cwd: root });
	const script = fileURLToPath(new URL("check-docs.mjs", import.meta.url));
	const { status, stderr } = spawnSync(process.execPath, [script], { cwd: root, encoding: "utf8" });
	return { status, stderr };
}

function messagesFor(...args) {
	return faultsFor(...args).map(({ message }) => message);
}

function faultsFor(text, path = "docs/page.md", changes = {}) {
	const contents = {
		"README.md": "# Shopfloor",
		[CLI]: "",
		"apps/cli/src/main.ts": "",
		"docs/page.md": "",
		"examples/sums/tests/sum.test.ts": "",
		"scripts/run.mjs": "",
		[path]: text,
	};
	const commands = [
		{ path: [], flags: ["--floor"] },
		{ path: ["up"], flags: ["--json", "--wait"] },
		{ path: ["log"], flags: [] },
		{ path: ["log", "verify"], flags: ["--json", "-n"] },
		{ path: ["log", "show"], flags: [] },
	];
	const files = Object.keys(contents);
	return faultsIn(path, { root: rootWith(contents), files, scripts: ["build", "test"], commands, ...changes });
}

function rootWith(contents) {
	const root = mkdtempSync(join(tmpdir(), "check-docs-"));
	roots.push(root);
	for (const [file, content] of Object.entries(contents)) {
		mkdirSync(dirname(join(root, file)), { recursive: true });
		writeFileSync(join(root, file), content);
	}
	return root;
}
