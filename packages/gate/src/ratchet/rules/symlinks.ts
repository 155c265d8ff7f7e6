import { posix } from "node:path";
import type { Rule } from "../rule.ts";

const link = (text: string) => ({ mode: "120000", text });

export const symlinks: Rule = {
	name: "symlinks",
	severity: "ask",
	reason: "Whoever writes or reads through a link does so in a place that the change chose.",
	*look({ diff }) {
		for (const { path, modeBefore, modeAfter, after, before } of diff.files) {
			if (modeAfter !== "120000" || (modeBefore === "120000" && before === after)) continue;
			if (after === null) yield { path, what: "is a link to a place that is no text", severity: "block" };
			else
				yield {
					path,
					what: `is a link to ${JSON.stringify(after)}`,
					severity: isOutside(path, after) ? "block" : "ask",
				};
		}
	},
	examples: {
		caught: [
			{ name: "to an absolute place", after: { "a/passwd": link("/etc/passwd") } },
			{ name: "out of the repository", after: { "a/b": link("../../secrets") } },
			{ name: "into git", after: { "a/hooks": link("../.git/hooks") } },
			{ name: "a file that was none", before: { "a.ts": "1;\n" }, after: { "a.ts": link("b.ts") } },
			{ name: "to another file", after: { "CLAUDE.md.txt": link("docs/a.md"), "docs/a.md": "a\n" } },
			{ name: "in the place of a folder", before: { "node_modules.txt": "" }, after: { node_modules: link("/tmp/x") } },
		],
		passed: [
			{ name: "it was one before", before: { a: link("b"), b: "1\n" }, after: { a: link("b"), b: "2\n" } },
			{ name: "it is a file again", before: { a: link("b") }, after: { a: "text\n" } },
		],
	},
};

function isOutside(path: string, target: string): boolean {
	if (target.startsWith("/") || target.startsWith("~") || target.includes("\\") || /^[a-z]:/i.test(target)) return true;
	const place = posix.normalize(posix.join(posix.dirname(path), target));
	return (
		place === ".." || place.startsWith("../") || place.split("/").some((part) => /^(\.git|node_modules)$/i.test(part))
	);
}
