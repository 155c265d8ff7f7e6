/** Puts the configuration in its place: whole, never a faulty one, and never over another without being told to. */
import { constants, copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { errnoOf, readConfig, replaceFile, ShopfloorError, showFaults, uniqueName } from "@shopfloor/core/io";

export type Written =
	| { readonly kind: "written" /** Where the one before is kept. */; readonly kept: string | undefined }
	/** It says that already. */
	| { readonly kind: "same" }
	/** Something else stands there. */
	| { readonly kind: "refused" };

export async function writeConfig(path: string, text: string, { force }: { force: boolean }): Promise<Written> {
	const before = textAt(path);
	if (before === text) return { kind: "same" };
	if (before !== undefined && !force) return { kind: "refused" };
	mkdirSync(dirname(path), { recursive: true });
	const kept = before === undefined ? undefined : keep(path);
	const temporary = `${path}.${uniqueName()}.tmp`;
	await replaceFile(path, text, { temporary, mode: 0o644, beforeRename: () => refuseFaulty(temporary) });
	return { kind: "written", kept };
}

function textAt(path: string): string | undefined {
	try {
		return readFileSync(path, "utf8");
	} catch (error) {
		if (errnoOf(error) === "ENOENT") return undefined;
		throw error;
	}
}

/** Beside it, over none that was kept before. */
function keep(path: string): string {
	for (let number = 1; number <= keptMax; number++) {
		const kept = number === 1 ? `${path}.bak` : `${path}.bak-${number}`;
		try {
			copyFileSync(path, kept, constants.COPYFILE_EXCL);
			return kept;
		} catch (error) {
			if (errnoOf(error) !== "EEXIST") throw error;
		}
	}
	throw new ShopfloorError(
		"bad-config",
		`${path} was kept ${keptMax} times already; remove those of ${path}.bak* that nobody needs. Nothing was written.`,
	);
}

const keptMax = 20;

/** It lies beside the place that it is for, so paths in it mean the same. */
function refuseFaulty(path: string): void {
	const found = readConfig(path);
	if ("faults" in found)
		throw new ShopfloorError("bad-config", `nothing was written: ${showFaults(path, found.faults)}`);
}
