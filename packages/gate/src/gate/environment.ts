/** What a result depends on besides the tree and the check. */
import type { Runner } from "../checks/runner.ts";
import type { Installation } from "../dependencies/install.ts";
import type { Environment } from "../receipts/receipt.ts";

export function environmentOf(runner: Runner, installation: Pick<Installation, "key"> | undefined): Environment {
	return {
		node: process.version,
		platform: `${process.platform}-${process.arch}`,
		dependencies: installation?.key ?? null,
		sandbox: runner.name === "bubblewrap",
	};
}
