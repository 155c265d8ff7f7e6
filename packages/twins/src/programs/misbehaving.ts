/** Agent programs that go wrong in one way each, to be given to an adapter in place of the real program. */
import { fileURLToPath } from "node:url";

export const misbehaviours = [
	"waits-on-stdin",
	"never-says-anything",
	"stops-mid-run",
	"ignores-signals",
	"leaves-grandchildren",
	"writes-a-gigabyte",
	"writes-a-long-line",
	"writes-invalid-utf8",
	"writes-partial-json",
	"errs-with-exit-0",
	"calls-an-error-success",
	"is-limited-until",
	"is-limited",
	"is-overloaded",
	"is-logged-out",
	"changes-nothing",
	"changes-whitespace",
	"writes-outside",
	"reads-a-decoy",
	"connects-out",
	"tells-its-environment",
	"crashes",
	"exits-1-after-success",
	"ends-without-a-word",
] as const;
export type Misbehaviour = (typeof misbehaviours)[number];

/**
 * The program's path. It takes any arguments; called with `exec` it speaks as Codex does, else as Claude Code. It loads
 * a file beside it and runs on `node` from the PATH, so a sandbox must show both.
 */
export function misbehaving(name: Misbehaviour): string {
	return fileURLToPath(new URL(`../../fixtures/agents/${name}.mjs`, import.meta.url));
}
