/**
 * Where a program lies, as it was installed: by the system, by npm for all or for one project, by an installer that puts
 * a link into a folder full of other things. Of such a folder only the program itself is seen.
 */
import { closeSync, lstatSync, openSync, readSync, realpathSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname } from "node:path";
import { isWithin, type Mount, systemMounts } from "@shopfloor/core/io";

export function programMounts(program: string): Mount[] {
	const real = realpathSync(program);
	const place = placeOf(real);
	return [
		...(isOfSystem(place) ? [] : [{ kind: "read-only" as const, from: place, to: place }]),
		...(isOfSystem(program) || isWithin(program, place) ? [] : [standIn(program, real)]),
	];
}

/** What has to be there for it to run. */
function placeOf(real: string): string {
	// A package finds the others it needs beside it, in the outermost of these.
	const packages = /^(.*?\/node_modules)(\/|$)/.exec(real)?.[1];
	if (packages !== undefined) return packages;
	if (statSync(real).isDirectory()) return real;
	// A native program is whole; what lies beside it may be anything, as in a folder of downloads.
	if (isNative(real)) return real;
	const folder = dirname(real);
	return basename(folder) === "bin" || folder === homedir() || dirname(folder) === "/" ? real : folder;
}

function isNative(path: string): boolean {
	const fd = openSync(path, "r");
	try {
		const magic = Buffer.alloc(4);
		return readSync(fd, magic, 0, 4, 0) === 4 && magic.toString("latin1") === "\u007fELF";
	} finally {
		closeSync(fd);
	}
}

/** Under the name that it is called by. */
function standIn(program: string, real: string): Mount {
	return lstatSync(program).isSymbolicLink()
		? { kind: "link", target: real, to: program }
		: { kind: "read-only", from: real, to: program };
}

/** Among what every sandbox has, by a link like /bin or without. */
function isOfSystem(path: string): boolean {
	return systemMounts({ network: false }).some(({ to }) => isWithin(path, to));
}
