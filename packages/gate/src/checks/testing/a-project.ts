/** Small projects whose checks really run, with the tools of this repository as their dependencies. */

import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { processGroupRunner } from "@shopfloor/core/io";
import { tempDir } from "@shopfloor/core/testing";
import type { Installation } from "../../dependencies/install.ts";
import { CheckDefinition, type CheckOutcome } from "../check.ts";
import { type CheckJob, runCheck } from "../run-check.ts";

/** As it is for a tree in a sandbox: an empty place for the dependencies. */
export function aTree(files: Readonly<Record<string, string>>): string {
	const tree = tempDir();
	mkdirSync(join(tree, "node_modules"));
	return write(tree, files);
}

/** As it is for a tree without one. */
export function aProject(files: Readonly<Record<string, string>>): string {
	const tree = tempDir();
	symlinkSync(join(workspace, "node_modules"), join(tree, "node_modules"));
	return write(tree, files);
}

export function write(tree: string, files: Readonly<Record<string, string>>): string {
	for (const [path, text] of Object.entries(files)) {
		mkdirSync(dirname(join(tree, path)), { recursive: true });
		writeFileSync(join(tree, path), text);
	}
	return tree;
}

function aCheck(check: Partial<CheckDefinition> & Pick<CheckDefinition, "run" | "reports">): CheckDefinition {
	return CheckDefinition.parse({ name: "tests", ...check });
}

export function checked(
	tree: string,
	check: Partial<CheckDefinition> & Pick<CheckDefinition, "run" | "reports">,
	job: Partial<CheckJob> = {},
): Promise<CheckOutcome> {
	return runCheck({
		definition: aCheck(check),
		tree,
		installation,
		runner: processGroupRunner,
		cacheDir: tempDir(),
		...job,
	});
}

const workspace = fileURLToPath(new URL("../../../../../", import.meta.url)).replace(/\/$/, "");

const installation: Installation = { key: "k", dir: workspace, folders: ["node_modules"], linked: false };
