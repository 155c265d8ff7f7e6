/** What the program of an agent sees of this machine besides the system. All the rest is absent. */
import { lstatSync } from "node:fs";
import { join } from "node:path";
import type { Mount } from "@shopfloor/core/io";
import type { Access } from "../port/job.ts";
import { programMounts } from "./program-mounts.ts";

export interface AgentSees {
	/** Where it stands. */
	readonly tree: string;
	readonly access: Access;
	/**
	 * Of the tree, where it is a worktree: its own directory in the repository, and the repository's. They are taken from
	 * the factory and never from the tree, which could name any folder of this machine. Without them git does not work in
	 * there, and the rest does.
	 */
	readonly gitDir?: string;
	readonly commonGitDir?: string;
	/** Its own configuration directory: conversations, and credentials of this one agent. */
	readonly home: string;
	/** The program, or the folder that it lies in. */
	readonly program: string;
	/** What else a person shows it, read-only. */
	readonly more?: readonly string[];
}

export function agentMounts(sees: AgentSees): Mount[] {
	const { home, program, more = [] } = sees;
	return [
		// First: where it is shown its own tree, that is still its own.
		...more.map(readOnly),
		...treeMounts(sees),
		{ kind: "writable", from: home, to: home },
		...programMounts(program),
	];
}

function treeMounts({ tree, access, gitDir, commonGitDir }: AgentSees): Mount[] {
	// It stands somewhere, and there is nothing there.
	if (access === "none") return [{ kind: "empty", to: tree }];
	const git = [commonGitDir, gitDir].filter((dir) => dir !== undefined).map(readOnly);
	if (access === "read") return [readOnly(tree), ...git];
	return [{ kind: "writable", from: tree, to: tree }, ...pointerOf(tree), ...git];
}

/**
 * What says where the repository is, or the repository itself: hooks and settings in it would be obeyed by whoever
 * calls git there later, outside. Where there is none, or a link, nothing of the factory's follows it.
 */
function pointerOf(tree: string): Mount[] {
	const path = join(tree, ".git");
	const found = lstatSync(path, { throwIfNoEntry: false });
	return found === undefined || found.isSymbolicLink() ? [] : [readOnly(path)];
}

function readOnly(path: string): Mount {
	return { kind: "read-only", from: path, to: path };
}
