import { rmSync } from "node:fs";
import { leftovers as leftIn } from "@shopfloor/core/io";
import { invocation } from "../../examples.ts";
import { fitState } from "../../fit-state.ts";
import { check, pass, warn } from "../check.ts";

/** Temporary files and locks of processes that are gone. They stop nobody; they only pile up. */
export const leftovers = check<readonly string[]>({
	name: "leftovers",
	look: ({ places }) => leftIn(fitState(places)),
	judge(paths) {
		if (paths.length === 0) return pass("none");
		return warn(`${count(paths)} of processes that are gone`, `${invocation} doctor --fix`);
	},
	repair(paths) {
		// A lock that somebody took meanwhile is missed by its holder, who does its work again.
		for (const path of paths) rmSync(path, { recursive: true, force: true });
		return paths.length === 0 ? undefined : `removed ${count(paths)} of processes that are gone`;
	},
});

function count(paths: readonly string[]): string {
	return `${paths.length} ${paths.length === 1 ? "file or lock" : "files or locks"}`;
}
