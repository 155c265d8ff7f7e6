// Writes the program of the app in whose folder it is run: one file, with only what is used of core and the libraries.
// ADR 7 has the figures.

import { build } from "rolldown";

await build({
	input: "src/main.ts",
	platform: "node",
	// Ten megabytes that are needed now and then, and that ask for the name of their file.
	external: ["typescript"],
	// Core's sources and not what the compiler made of them, so that the map leads to what people read.
	resolve: { conditionNames: ["source", "import", "default"] },
	plugins: [{ name: "ascii", generateBundle: (_, { "main.js": main }) => ascii(main) }],
	output: {
		file: "dist/main.js",
		sourcemap: true,
		codeSplitting: false,
		comments: false,
		// A trace that nobody maps still names the functions, and lines that can be read.
		minify: "dce-only",
	},
});

/** A single character beyond Latin-1 would make V8 keep the whole source with two bytes for each. */
function ascii(main) {
	main.code = main.code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
