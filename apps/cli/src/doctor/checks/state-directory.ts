import { chmodSync, statSync } from "node:fs";
import { unfitStateDir } from "@shopfloor/core/io";
import { check, fail, pass, warn } from "../check.ts";

export interface StateDirectorySight {
	readonly path: string;
	/** Not there, not ours, not a directory, or on a file system where locks mean nothing. */
	readonly fault: string | undefined;
	readonly mode: number;
}

export const stateDirectory = check<StateDirectorySight>({
	name: "state",
	look({ places }) {
		const path = places.state;
		const fault = unfitStateDir(path);
		return { path, fault, mode: fault === undefined ? statSync(path).mode & 0o777 : 0 };
	},
	judge({ path, fault, mode }) {
		if (fault !== undefined) return fail(fault, "point SHOPFLOOR_STATE at a directory of yours on a local disk");
		if (!isPrivate(mode)) return warn(`${path} is open to other accounts (mode ${octal(mode)})`, `chmod 700 ${path}`);
		return pass(`${path}, local, writable, private`);
	},
	repair({ path, fault, mode }) {
		if (fault !== undefined || isPrivate(mode)) return undefined;
		chmodSync(path, 0o700);
		return `closed ${path} to other accounts (mode 700)`;
	},
});

function isPrivate(mode: number): boolean {
	return (mode & 0o077) === 0;
}

function octal(mode: number): string {
	return mode.toString(8).padStart(3, "0");
}
