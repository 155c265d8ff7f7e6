import type { Rule } from "../rule.ts";

const runnable = (text: string) => ({ mode: "100755", text });

export const executables: Rule = {
	name: "executables",
	severity: "ask",
	reason: "A file that can be run will be.",
	*look({ diff }) {
		for (const { path, modeBefore, modeAfter, after } of diff.files) {
			if (modeAfter !== "100755" || modeBefore === "100755") continue;
			const isScript = after?.startsWith("#!") ?? false;
			yield {
				path,
				what: "can be run",
				severity: isScript && /(^|\/)(scripts|bin)\/|\.sh$/.test(path) ? "note" : "ask",
			};
		}
	},
	examples: {
		caught: [
			{ name: "a new one", after: { "src/a": runnable("x\n") } },
			{ name: "one that was not", before: { "src/a.ts": "1;\n" }, after: { "src/a.ts": runnable("1;\n") } },
		],
		passed: [
			{ name: "a script among scripts", after: { "scripts/build.sh": runnable("#!/bin/sh\n") } },
			{ name: "no longer", before: { "a.sh": runnable("x\n") }, after: { "a.sh": "x\n" } },
		],
	},
};
