import { readFileSync } from "node:fs";
import { join } from "node:path";
import { check, fail, pass } from "../check.ts";
import { isAtLeast, versionIn } from "../version.ts";

export const node = check({
	name: "node",
	look({ places }) {
		const manifest = JSON.parse(readFileSync(join(places.root, "package.json"), "utf8"));
		return { found: process.versions.node, wanted: versionIn(manifest.engines.node) ?? "0" };
	},
	judge({ found, wanted }) {
		if (isAtLeast(found, wanted)) return pass(`${found} (needs ${wanted})`);
		return fail(`${found} is too old; ${wanted} or newer is needed`, "get it from https://nodejs.org");
	},
});
