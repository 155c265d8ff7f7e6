// Writes the program of the app in whose folder it is run: `dist/main.js`, with only what is used of core and the
// libraries, and beside it a file for each part that is loaded when it is needed. ADR 7 and 13 have the figures.

import { build } from "rolldown";

await build({
	input: { main: "src/main.ts" },
	platform: "node",
	// Ten megabytes that are needed now and then, and that ask for the name of their file.
	external: ["typescript"],
	// Core's sources and not what the compiler made of them, so that the map leads to what people read.
	resolve: { conditionNames: ["source"] },
	plugins: [{ name: "ascii", generateBundle: (_, files) => Object.values(files).forEach(ascii) }],
	output: {
		dir: "dist",
		entryFileNames: "main.js",
		chunkFileNames: "[name].js",
		sourcemap: true,
		codeSplitting: true,
		comments: false,
		// A trace that nobody maps still names the functions, and lines that can be read.
		minify: "dce-only",
	},
});

/** A single character beyond Latin-1 would make V8 keep the whole source with two bytes for each. */
function ascii(file) {
	if (file.type === "chunk")
		file.code = file.code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
