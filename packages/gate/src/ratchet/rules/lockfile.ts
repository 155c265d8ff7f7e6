import { addedLines } from "../lines.ts";
import type { Rule } from "../rule.ts";

const lock = (resolved: string) => ({
	"package-lock.json": `{\n\t"packages": {\n\t\t"node_modules/a": {\n\t\t\t"resolved": "${resolved}"\n\t\t}\n\t}\n}\n`,
});

export const lockfile: Rule = {
	name: "lockfile",
	severity: "ask",
	reason: "The lockfile decides which code is installed, whatever package.json says.",
	*look({ diff }) {
		for (const file of diff.files) {
			if (![file.path, file.from ?? file.path].some(isLockfile)) continue;
			const foreign = addedLines(file).find(({ text }) => hosts(text).some((host) => !registries.includes(host)));
			if (foreign !== undefined)
				yield {
					path: file.path,
					line: foreign.line,
					what: `takes a package from ${hosts(foreign.text).join(", ")}`,
					severity: "block",
				};
			else
				yield {
					path: file.path,
					what: file.after === null && file.modeAfter === null ? "takes the lockfile away" : "changes the lockfile",
				};
		}
	},
	examples: {
		caught: [
			{
				name: "another version",
				before: lock("https://registry.npmjs.org/a/-/a-1.0.0.tgz"),
				after: lock("https://registry.npmjs.org/a/-/a-1.0.1.tgz"),
			},
			{
				name: "from somewhere else",
				before: lock("https://registry.npmjs.org/a/-/a-1.0.0.tgz"),
				after: lock("https://packages.example.com/a-1.0.0.tgz"),
			},
			{
				name: "of pnpm",
				before: { "pnpm-lock.yaml": "a: 1\n" },
				after: { "pnpm-lock.yaml": "a: 1\nb: {tarball: 'https://codeload.github.com/a/b/tar.gz/1'}\n" },
			},
			{ name: "in a folder", after: { "packages/a/yarn.lock": "a@1:\n" } },
			{ name: "it is gone", before: lock("https://registry.npmjs.org/a/-/a-1.0.0.tgz") },
		],
		passed: [{ name: "another file", before: { "a.lock": "1\n" }, after: { "a.lock": "2\n" } }],
	},
};

export function isLockfile(path: string): boolean {
	return form.test(path);
}

const form = /(^|\/)(package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|yarn\.lock|bun\.lockb?|deno\.lock)$/i;
const registries = ["registry.npmjs.org", "registry.yarnpkg.com", "npm.jsr.io"];

function hosts(text: string): string[] {
	if (!/resolved|tarball|resolution|repo:|git\+|codeload/i.test(text)) return [];
	return [...text.matchAll(/(?:git\+)?(?:https?|ssh|git):\/\/(?:[^@/\s"']*@)?([^/\s"':]+)/g)].map(
		(match) => match[1] ?? "",
	);
}
