import { chmodSync, existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fitState } from "../../fit-state.ts";
import { check, pass, warn } from "../check.ts";

export interface SecretsSight {
	readonly count: number;
	/** Paths that other accounts can read. */
	readonly open: readonly string[];
}

export const secrets = check<SecretsSight>({
	name: "secrets",
	look({ places }) {
		const folder = join(fitState(places), "secrets");
		const names = existsSync(folder) ? readdirSync(folder) : [];
		const paths = names.map((name) => join(folder, name));
		// What has a dot in its name is on its way in, or was left there.
		return {
			count: names.filter((name) => !name.includes(".")).length,
			open: paths.filter((path) => (statSync(path).mode & 0o077) !== 0),
		};
	},
	judge({ count, open }) {
		if (open.length > 0)
			return warn(`other accounts can read ${open.length} of ${count}`, `chmod 600 ${open.join(" ")}`);
		return pass(count === 0 ? "none stored" : `${count} stored, all private`);
	},
	repair({ open }) {
		for (const path of open) chmodSync(path, 0o600);
		return open.length === 0 ? undefined : `closed ${open.join(", ")} to other accounts (mode 600)`;
	},
});
