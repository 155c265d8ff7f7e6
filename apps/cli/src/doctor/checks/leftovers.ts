import { leftovers as leftIn, sweep } from "@shopfloor/core/io";
import { invocation } from "../../examples.ts";
import { fitState } from "../../fit-state.ts";
import { check, pass, warn } from "../check.ts";

/** Temporary files and locks of processes that are gone. They stop nobody; they only pile up. */
export const leftovers = check<readonly string[]>({
	name: "leftovers",
	look: ({ places }) => leftIn(fitState(places)),
	judge(paths) {
		if (paths.length === 0) return pass("none");
		return warn(`${count(paths.length)} of processes that are gone`, `${invocation} doctor --fix`);
	},
	repair(paths) {
		const removed = sweep(paths);
		return removed === 0 ? undefined : `removed ${count(removed)} of processes that are gone`;
	},
});

function count(files: number): string {
	return `${files} ${files === 1 ? "file or lock" : "files or locks"}`;
}
