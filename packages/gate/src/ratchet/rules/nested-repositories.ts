import { addedLines } from "../lines.ts";
import type { Rule } from "../rule.ts";

const commit = { mode: "160000", text: "1".repeat(40) };
const modules = (url: string, path = "sub") => ({
	".gitmodules": `[submodule "sub"]\n\tpath = ${path}\n\turl = ${url}\n`,
});

export const nestedRepositories: Rule = {
	name: "nested-repositories",
	severity: "ask",
	reason: "What lies in another repository is in no diff, and is fetched from wherever the change says.",
	*look({ diff }) {
		const told = diff.files.some(({ path, modeAfter }) => path === ".gitmodules" && modeAfter !== null);
		for (const file of diff.files) {
			const { path, modeBefore, modeAfter } = file;
			if (modeAfter === "160000" && modeBefore === "160000")
				yield { path, what: "is another commit of another repository" };
			else if (modeAfter === "160000") yield { path, what: "is another repository", severity: told ? "ask" : "block" };
			else if (modeBefore === "160000") yield { path, what: "is no longer another repository", severity: "note" };
			if (path.toLowerCase() !== ".gitmodules") continue;
			const bad = addedLines(file).find(({ text }) => dangerous.test(text));
			if (bad !== undefined)
				yield {
					path,
					line: bad.line,
					what: "names another repository in a way that can run something",
					severity: "block",
				};
			else yield { path, what: "changes which other repositories are fetched" };
		}
	},
	examples: {
		caught: [
			{ name: "one that nobody declared", after: { sub: commit } },
			{ name: "one that is declared", after: { sub: commit, ...modules("https://example.com/a.git") } },
			{
				name: "another commit of it",
				before: { sub: commit },
				after: { sub: { mode: "160000", text: "2".repeat(40) } },
			},
			{ name: "a command", after: modules("ext::sh -c x") },
			{ name: "an option", after: modules("-u./x") },
			{ name: "out of the repository", after: modules("https://example.com/a.git", "../up") },
		],
		passed: [{ name: "it is gone", before: { sub: commit, a: "1\n" }, after: { a: "1\n" } }],
	},
};

const dangerous = /ext::|=\s*-|=\s*"-|\.\.\/|^\s*update\s*=\s*!|file:|\bpath\s*=\s*\.git/i;
