import { delimiter } from "node:path";
import { findProgram, type Program } from "./program.ts";

/**
 * A program of ours, not of the run: never looked for on the run's PATH, in front of which may stand folders that the
 * run itself, or one before it, has written to.
 */
export function systemTool(name: string): Program {
	return findProgram(name, [process.env["PATH"] ?? "", ...systemFolders].join(delimiter));
}

/** A user's PATH often lacks those of the administrator. */
const systemFolders = ["/usr/sbin", "/usr/bin", "/sbin", "/bin"];
