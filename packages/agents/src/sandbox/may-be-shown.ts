/** What a person may show an agent besides what it needs. Their own files are theirs to show; the factory's are not. */
import { realpathSync } from "node:fs";
import { errnoOf, isWithin } from "@shopfloor/core/io";

/** Why one of them cannot be shown; undefined where all can. */
export function whyNotShown(paths: readonly string[], stateDir: string): string | undefined {
	const hidden = [...powers, realpathSync(stateDir)];
	for (const path of paths) {
		const real = realPath(path);
		if (real === undefined) return `it is to see ${path}, which is not there`;
		const found = hidden.find((folder) => isWithin(real, folder) || isWithin(folder, real));
		if (found !== undefined) return `it cannot be shown ${path}: what is in ${found} is no agent's to see`;
	}
	return undefined;
}

/** Other processes, devices and sockets: read-only does not keep anybody from what they can do. */
const powers = ["/proc", "/sys", "/dev", "/run"];

function realPath(path: string): string | undefined {
	try {
		return realpathSync(path);
	} catch (error) {
		if (["ENOENT", "ENOTDIR", "EACCES", "ELOOP"].includes(errnoOf(error) ?? "")) return undefined;
		throw error;
	}
}
