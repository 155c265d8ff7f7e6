import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { unconfigured } from "@shopfloor/core";
import { ecosystem } from "../../factory/ecosystem.ts";
import { check, fail, pass, warn } from "../check.ts";

export interface InstallationSight {
	readonly installed: boolean;
	/** What a build leaves behind and is not there. */
	readonly unbuilt: readonly string[];
	readonly npmLockfile: boolean;
}

export const installation = check<InstallationSight>({
	name: "installation",
	look({ places, environment }) {
		const { root } = places;
		const scripts = new Set(ecosystem(unconfigured(), places, environment).map(({ script }) => script));
		return {
			installed: existsSync(join(root, "node_modules", ".modules.yaml")),
			unbuilt: [...scripts].filter((script) => !existsSync(script)).map((script) => relative(root, script)),
			npmLockfile: existsSync(join(root, "package-lock.json")),
		};
	},
	judge({ installed, unbuilt, npmLockfile }) {
		if (!installed) return fail("not installed by the pinned pnpm", "npm run bootstrap");
		if (unbuilt.length > 0) return fail(`not built: ${unbuilt.join(", ")}`, "npm run bootstrap");
		if (npmLockfile)
			return warn(
				"package-lock.json lies at the root, left by npm install; pnpm-lock.yaml is the one that counts",
				"rm package-lock.json",
			);
		return pass("installed and built");
	},
});
