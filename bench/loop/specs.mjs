/**
 * What the programs of apps/ hand to `runProcess`, for who wants to run their loops by hand: their sources, with a
 * `runProcess` that keeps what it is given. The packages that they stand on are those of this program.
 */
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "rolldown";
import { scratch } from "../measure.mjs";
import { root } from "./factory.mjs";

const kept = "shopfloor.bench.specs";

/** In the order of `names`. */
export async function specsOf(names) {
	const dir = scratch();
	const apps = [...new Set(names.map(appOf))];
	await build({
		input: Object.fromEntries(apps.map((app) => [app, join(root, "apps", app, "src/main.ts")])),
		platform: "node",
		plugins: [keeping],
		output: { dir, entryFileNames: "[name].mjs", chunkFileNames: "[name]-[hash].mjs" },
		logLevel: "silent",
	});
	const specs = [];
	globalThis[Symbol.for(kept)] = specs;
	const { argv } = process;
	for (const name of names) {
		process.argv = [...argv.slice(0, 2), name];
		// Under a name of its own each is read anew, as each process reads it.
		await import(`${pathToFileURL(join(dir, `${appOf(name)}.mjs`)).href}?${name}`);
	}
	process.argv = argv;
	return specs;
}

function appOf(name) {
	return name.startsWith("ralph-") ? "ralph-worker" : name;
}

const keeper = "\0keeper";

const keeping = {
	name: "keeping",
	resolveId(id, importer = "") {
		if (id === "@shopfloor/core/io" && importer.endsWith("/src/main.ts")) return keeper;
		// By where it lies, for what is built here lies elsewhere.
		if (id.startsWith("@shopfloor/"))
			return { id: pathToFileURL(createRequire(importer).resolve(id)).href, external: true };
		return id.startsWith("file:") ? { id, external: true } : null;
	},
	load: (id) =>
		id === keeper
			? `export * from ${JSON.stringify(import.meta.resolve("@shopfloor/core/io"))};
export const runProcess = async (spec) => globalThis[Symbol.for(${JSON.stringify(kept)})].push(spec);`
			: null,
};
