/** Asks an installed program something, without a terminal and with a time limit. */
import { execa } from "execa";

export type Answer =
	| { readonly kind: "missing" }
	| { readonly kind: "hung" }
	| { readonly kind: "answered"; readonly ok: boolean; readonly text: string };

export async function askTool(command: string, ...args: readonly string[]): Promise<Answer> {
	const { code, exitCode, timedOut, all } = await execa(command, args, {
		all: true,
		reject: false,
		stdin: "ignore",
		timeout: waitMs,
	});
	if (code === "ENOENT") return { kind: "missing" };
	if (timedOut) return { kind: "hung" };
	return { kind: "answered", ok: exitCode === 0, text: all.trim() };
}

/** These programs answer in milliseconds, also on a busy machine. */
const waitMs = 10_000;
