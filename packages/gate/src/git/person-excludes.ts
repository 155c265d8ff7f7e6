/**
 * What a person never commits, and says outside of the repository's files: in `.git/info/exclude` and in the file that
 * `core.excludesFile` names. Git's own reading of their configuration would bring hooks and filters along; these files
 * hold patterns, and a pattern can only leave something out.
 */
import { readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { errnoOf } from "@shopfloor/core/io";
import { gitIn, type LocalTarget } from "./target.ts";

/** As one text; what counts more stands later, as git has it. */
export async function personExcludes({ address }: LocalTarget): Promise<string> {
	const git = await gitIn(address);
	// Says nothing where there is no such setting.
	const named = (await git.raw(["config", "--type=path", "--get", "core.excludesFile"])).trim();
	const own = (await git.revparse(["--git-path", "info/exclude"])).trim();
	const files = [named === "" ? usual() : resolve(address, named), resolve(address, own)];
	return files.map(patternsIn).join("\n");
}

/** Where git looks when nothing is named. */
function usual(): string {
	return join(process.env["XDG_CONFIG_HOME"] || join(homedir(), ".config"), "git", "ignore");
}

function patternsIn(path: string): string {
	try {
		const stat = statSync(path);
		return stat.isFile() && stat.size <= bytesMax ? readFileSync(path, "utf8") : "";
	} catch (error) {
		// Git itself passes over what is not there or not for it to read.
		if (["ENOENT", "ENOTDIR", "EACCES"].includes(errnoOf(error) ?? "")) return "";
		throw error;
	}
}

/** Written by hand. */
const bytesMax = 1024 * 1024;
