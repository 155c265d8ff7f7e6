import type { ChangedFile, Rule } from "../rule.ts";
import { stepOf } from "./big-files.ts";

export const size: Rule = {
	name: "size",
	severity: "note",
	reason: "The longer a change, the less of it is read.",
	*look({ diff, limits }) {
		const read = diff.files.filter((file) => !isMade(file));
		const lines = read.reduce((sum, file) => sum + linesOf(file), 0);
		const byLines = stepOf(lines, limits.lines);
		if (byLines !== null) yield { path: "", what: `changes ${lines} lines`, severity: byLines };
		const byFiles = stepOf(read.length, limits.files);
		if (byFiles !== null) yield { path: "", what: `changes ${read.length} files`, severity: byFiles };
		const packages = new Set(
			read.flatMap(({ path }) => /^(?:packages|apps|libs|services|modules)\/[^/]+/.exec(path)?.[0] ?? []),
		);
		if (packages.size > packagesMax)
			yield { path: "", what: `changes ${packages.size} packages at once`, severity: "note" };
	},
	examples: {
		caught: [
			{ name: "many lines", after: { "a.ts": "x();\n".repeat(2_001) } },
			{
				name: "many files",
				after: Object.fromEntries(Array.from({ length: 151 }, (_, index) => [`a${index}.ts`, "x();\n"])),
			},
		],
		passed: [
			{ name: "a lockfile", after: { "pnpm-lock.yaml": "x\n".repeat(2_001) } },
			{ name: "a few lines", after: { "a.ts": "x();\n" } },
		],
	},
};

const packagesMax = 3;

/** By a tool; its size says nothing about the change. */
function isMade({ path, after, hunks, status }: ChangedFile): boolean {
	if (
		/(^|\/)(package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|yarn\.lock|bun\.lockb?|deno\.lock)$|\.snap$|\.min\.(js|css)$|\.svg$/.test(
			path,
		)
	)
		return true;
	if (status === "renamed" && hunks.length === 0) return true;
	return /@generated|\bauto-?generated\b|do not edit/i.test((after ?? "").slice(0, 500));
}

function linesOf({ hunks }: ChangedFile): number {
	return hunks.reduce((sum, { removed, added }) => sum + removed.length + added.length, 0);
}
