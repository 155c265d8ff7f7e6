/** What a result depends on besides the tree and the check. */
import { createHash, type Hash } from "node:crypto";
import { readFileSync, realpathSync, statSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { errnoOf, type Runner } from "@shopfloor/core/io";
import { z } from "zod";
import { commandOf, locate } from "../checks/command.ts";
import { programPath } from "../checks/environment.ts";
import type { GateDefinition } from "../definition/gate-definition.ts";
import type { Installation } from "../dependencies/install.ts";
import type { Target } from "../git/target.ts";
import type { Environment } from "../receipts/receipt.ts";

/** What lies outside of the tree and decides along with it, by name: enough to look whether it is as it was. */
export const Outside = z.strictObject({
	/** Programs that checks call, and the folders in which dependencies bring some. */
	programs: z.array(z.string()),
	folders: z.array(z.string()),
	/** Files that the person's checkout lends. */
	lent: z.array(z.string()),
});
export type Outside = z.infer<typeof Outside>;

export function outsideOf({ checks, copy }: GateDefinition, installation: Installation | undefined): Outside {
	const words = checks
		.map(({ run }) => commandOf(run))
		.map((command) => (command.kind === "words" ? command.words : []));
	return {
		programs: words.flatMap(([name = ""]) => (isOfTree(name) || name === "" || name === "node" ? [] : [name])),
		folders: (installation?.folders ?? []).map((folder) => join(installation?.dir ?? "", folder)),
		lent: copy,
	};
}

/** A path in the tree is part of it. */
function isOfTree(name: string): boolean {
	return name.includes("/") && !isAbsolute(name);
}

export interface Surroundings {
	readonly runner: Runner;
	/** Of the installed dependencies. */
	readonly dependencies: string | null;
	readonly outside: Outside;
	readonly target: Target;
}

/** As it is now. Starts no process: a proof is looked at this way each time that it is to answer. */
export function environmentOf({ runner, dependencies, outside, target }: Surroundings): Environment {
	return {
		node: process.version,
		platform: `${process.platform}-${process.arch}`,
		dependencies,
		tools: toolsOf(outside),
		lent: target.kind === "local" ? lentBy(target.address, outside.lent) : null,
		sandbox: runner.name === "bubblewrap",
	};
}

/** A compiler or interpreter of the machine, told by its file: a new version is another file. */
function toolsOf({ programs, folders }: Outside): string | null {
	const hash = createHash("sha256");
	let some = false;
	for (const name of programs) {
		const program = locate(
			name,
			"/",
			folders.map((from) => ({ from, to: from })),
			programPath,
		);
		if (program.kind === "missing" || folders.some((folder) => program.path.startsWith(`${folder}/`))) continue;
		const { size, mtimeMs } = statSync(program.path);
		hash.update(`${name} ${realpathSync(program.path)} ${size} ${mtimeMs}\n`);
		some = true;
	}
	return some ? short(hash) : null;
}

function lentBy(checkout: string, paths: readonly string[]): string | null {
	if (paths.length === 0) return null;
	const hash = createHash("sha256");
	for (const path of paths) {
		const content = contentOf(join(checkout, path));
		hash.update(JSON.stringify([path, content && createHash("sha256").update(content).digest("hex")]));
	}
	return short(hash);
}

/** Undefined where there is none, which is something else than an empty one. */
function contentOf(path: string): Buffer | undefined {
	try {
		return readFileSync(path);
	} catch (error) {
		// Not there, or no file: copying it says so where that matters.
		if (["ENOENT", "ENOTDIR", "EISDIR"].includes(errnoOf(error) ?? "")) return undefined;
		throw error;
	}
}

function short(hash: Hash): string {
	return hash.digest("hex").slice(0, 16);
}
