/** What a result depends on besides the tree and the check. */
import { createHash, type Hash } from "node:crypto";
import { readFileSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { errnoOf } from "@shopfloor/core/io";
import { commandOf, locate } from "../checks/command.ts";
import { programPath } from "../checks/environment.ts";
import type { Runner } from "../checks/runner.ts";
import type { GateDefinition } from "../definition/gate-definition.ts";
import type { Installation } from "../dependencies/install.ts";
import type { Target } from "../git/target.ts";
import type { Environment } from "../receipts/receipt.ts";

export interface Surroundings {
	readonly runner: Runner;
	readonly installation: Installation | undefined;
	readonly definition: Pick<GateDefinition, "checks" | "copy">;
	readonly target: Target;
}

export function environmentOf({ runner, installation, definition, target }: Surroundings): Environment {
	return {
		node: process.version,
		platform: `${process.platform}-${process.arch}`,
		dependencies: installation?.key ?? null,
		tools: toolsOf(definition, installation),
		lent: target.kind === "local" ? lentBy(target.address, definition.copy) : null,
		sandbox: runner.name === "bubblewrap",
	};
}

/** A compiler or interpreter of the machine, told by its file: a new version is another file. */
function toolsOf({ checks }: Surroundings["definition"], installation: Installation | undefined): string | null {
	const folders = (installation?.folders ?? []).map((folder) => join(installation?.dir ?? "", folder));
	const hash = createHash("sha256");
	let some = false;
	for (const { run } of checks) {
		const command = commandOf(run);
		const [name = ""] = command.kind === "words" ? command.words : [];
		// A path is of the tree, and part of it.
		if (name === "" || name === "node" || name.includes("/")) continue;
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
	for (const path of paths) hash.update(`${path}\0`).update(contentOf(join(checkout, path)));
	return short(hash);
}

function contentOf(path: string): Buffer | string {
	try {
		return readFileSync(path);
	} catch (error) {
		// Not there, or no file: copying it says so where that matters.
		if (["ENOENT", "ENOTDIR", "EISDIR"].includes(errnoOf(error) ?? "")) return "";
		throw error;
	}
}

function short(hash: Hash): string {
	return hash.digest("hex").slice(0, 16);
}
