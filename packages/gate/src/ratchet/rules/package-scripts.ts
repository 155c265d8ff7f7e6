import { propertiesOf } from "../reading/properties.ts";
import type { Found, Rule } from "../rule.ts";

const scripts = (text: string) => ({ "package.json": `{ "name": "a", "scripts": { ${text} } }\n` });

export const packageScripts: Rule = {
	name: "package-scripts",
	severity: "ask",
	reason: "A script runs with the rights of whoever installs, tests or releases.",
	*look({ diff }) {
		for (const file of diff.files) {
			if (!/(^|\/)package\.json$/.test(file.path)) continue;
			const before = propertiesOf(file, "before");
			const after = propertiesOf(file, "after");
			if (file.after !== null && after === null) yield { path: file.path, what: "cannot be parsed", severity: "block" };
			if (after === null) continue;
			for (const path of new Set([...(before?.keys() ?? []), ...after.keys()])) {
				const is = after.get(path);
				// A package that is new has nobody yet who relies on what kind of package it is.
				if (file.status === "added" && !path.includes(".")) continue;
				if (!isScript(path) || before?.get(path)?.text === is?.text) continue;
				yield {
					path: file.path,
					...script(path, typeof is?.value === "string" ? is.value : is?.text),
					...(is === undefined ? {} : { line: is.line }),
				};
			}
		}
	},
	examples: {
		caught: [
			{
				name: "tests that cannot fail",
				before: scripts('"test": "vitest run"'),
				after: scripts('"test": "vitest run || true"'),
			},
			{ name: "an echo", before: scripts('"test": "vitest run"'), after: scripts('"test": "echo ok"') },
			{
				name: "code at installation",
				before: scripts('"test": "vitest run"'),
				after: scripts('"test": "vitest run", "postinstall": "node x.js"'),
			},
			{
				name: "before the tests",
				before: scripts('"test": "vitest run"'),
				after: scripts('"test": "vitest run", "pretest": "node x.js"'),
			},
			{
				name: "no tests are fine",
				before: scripts('"test": "vitest run"'),
				after: scripts('"test": "vitest run --passWithNoTests"'),
			},
			{
				name: "a new script",
				before: scripts('"test": "vitest run"'),
				after: scripts('"test": "vitest run", "lint": "eslint ."'),
			},
			{
				name: "hooks of git",
				before: { "package.json": "{}" },
				after: { "package.json": '{ "simple-git-hooks": { "pre-commit": "x" } }' },
			},
		],
		passed: [
			{
				name: "another version",
				before: { "package.json": '{ "version": "1.0.0", "scripts": { "test": "vitest" } }' },
				after: { "package.json": '{ "version": "1.0.1", "scripts": { "test": "vitest" } }' },
			},
			{
				name: "other spaces",
				before: scripts('"test": "vitest run"'),
				after: scripts('\n\t\t"test": "vitest run"\n\t'),
			},
		],
	},
};

function isScript(path: string): boolean {
	return (
		/^(scripts|simple-git-hooks|husky|lint-staged|gitHooks|pre-commit|wireit|config)\./.test(path) ||
		/^(packageManager|engines\.\w+|volta\.\w+|devEngines\.\w+|workspaces|bin|type)$/.test(path)
	);
}

function script(path: string, text: string | undefined): Pick<Found, "what" | "severity"> {
	const name = path.split(".").at(-1) ?? path;
	if (/^(packageManager|workspaces|bin|type)$|^engines|^volta|^devEngines/.test(path))
		return { what: `changes \`${path}\``, severity: path === "bin" ? "note" : "ask" };
	if (text === undefined)
		return { what: `takes away the script \`${name}\``, severity: isOfTests(name) ? "block" : "ask" };
	const what = `changes the script \`${name}\` to \`${text.slice(0, 100)}\``;
	if (/^(pre|post)?(install|prepare|publish|pack|uninstall|prepublishOnly|dependencies)$/.test(name))
		return { what: `${what}, which runs by itself`, severity: "block" };
	const hides =
		/\|\|\s*(true|:|exit 0|echo)|;\s*(exit 0|true)\b|--passWithNoTests|--pass-with-no-tests|--updateSnapshot|--update\b|\s-u\b|--no-verify|^\s*(echo|true|:|exit 0)\b|--forceExit|\|\s*tee\b|--exclude\b|--testPathIgnorePatterns|--noCheck|--skipLibCheck|--max-warnings/;
	return { what, severity: isOfTests(name) && hides.test(text) ? "block" : "ask" };
}

function isOfTests(name: string): boolean {
	return /test|check|lint|type|build|verify|ci\b|coverage|tsc/i.test(name);
}
