import { accessSync, constants, statSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";

export type Program =
	| { readonly kind: "found"; readonly path: string }
	| { readonly kind: "missing"; readonly why: string };

/** A program by its absolute path, or by its name on a PATH that is given: the own one plays no part. */
export function findProgram(name: string, path: string | undefined): Program {
	if (isAbsolute(name)) return look(name);
	if (name.includes("/")) return missing(`${name} is a relative path; give an absolute one, or a name`);
	const found = (path ?? "")
		.split(delimiter)
		.filter(isAbsolute)
		.map((folder) => look(join(folder, name)));
	return (
		found.find(({ kind }) => kind === "found") ??
		missing(`there is no program ${name} on the PATH ${path ?? "(empty)"}`)
	);
}

function look(path: string): Program {
	try {
		if (!statSync(path).isFile()) return missing(`${path} is not a file`);
	} catch {
		return missing(`there is no program ${path}`);
	}
	try {
		accessSync(path, constants.X_OK);
	} catch {
		return missing(`${path} is not executable`);
	}
	return { kind: "found", path };
}

function missing(why: string): Program {
	return { kind: "missing", why };
}
