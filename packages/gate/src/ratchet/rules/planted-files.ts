import type { ChangedFile, Found, Rule } from "../rule.ts";

export const plantedFiles: Rule = {
	name: "planted-files",
	severity: "block",
	reason: "What is installed or built is found before what is written, and nobody looks at it.",
	*look({ diff }) {
		for (const file of diff.files) {
			const what =
				planted(file) ??
				(hidesSource(file, diff.files)
					? { what: "is found before the source beside it", severity: "ask" as const }
					: null);
			if (what !== null) yield { path: file.path, ...what };
		}
	},
	examples: {
		caught: [
			{ name: "a module", after: { "node_modules/vitest/index.js": "x\n" } },
			{ name: "a program on the path", after: { "packages/a/node_modules/.bin/tsc": "x\n" } },
			{ name: "in other letters", after: { "Node_Modules/a/index.js": "x\n" } },
			{ name: "build output", after: { "dist/index.js": "x\n" } },
			{ name: "the compiler's memory", after: { "tsconfig.tsbuildinfo": "{}\n" } },
			{
				name: "code beside its source",
				before: { "src/add.ts": "export const add = 1;\n" },
				after: { "src/add.ts": "export const add = 2;\n", "src/add.js": "export const add = 3;\n" },
			},
		],
		passed: [
			{
				name: "output that is kept in the repository",
				before: { "dist/index.js": "x\n" },
				after: { "dist/index.js": "y\n" },
			},
			{ name: "a folder of that name in a word", after: { "src/distance/index.ts": "export const a = 1;\n" } },
			{ name: "it is gone", before: { "node_modules/a/index.js": "x\n" } },
		],
	},
};

function planted({ path, status, modeAfter }: ChangedFile): Pick<Found, "what" | "severity"> | null {
	if (modeAfter === null) return null;
	if (/(^|\/)node_modules(\/|$)/i.test(path)) return { what: "lies where dependencies are installed" };
	if (status === "modified") return null;
	if (/\.tsbuildinfo$|(^|\/)(\.turbo|\.vite|\.vitest|\.cache|\.eslintcache|\.nyc_output)(\/|$)/i.test(path))
		return { what: "is the memory of a tool" };
	if (
		/^(?:.*\/)?(dist|build|out|\.next|\.output|coverage)\//i.test(path) &&
		!/(^|\/)(src|docs|test|tests|scripts|fixtures|__fixtures__)\//.test(path)
	)
		return { what: "lies where output is built", severity: "ask" };
	return null;
}

/** `a.js` beside `a.ts`. Of files that the change does not touch, nothing is known here. */
function hidesSource({ path, status }: ChangedFile, files: readonly ChangedFile[]): boolean {
	if (status !== "added" || !/\.[cm]?jsx?$/.test(path)) return false;
	const plain = path.replace(/\.[cm]?jsx?$/, "");
	return files.some(
		(other) =>
			other.modeAfter !== null && [`${plain}.ts`, `${plain}.tsx`, `${plain}.mts`, `${plain}.cts`].includes(other.path),
	);
}
