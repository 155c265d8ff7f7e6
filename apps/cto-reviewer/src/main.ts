/** The CTO's reviewer: decides about what was pushed, lands what is good, and watches the base afterwards. */
import { runProcess } from "@shopfloor/core/io";
import { takeTurn } from "./turn.ts";

await runProcess({
	name: "cto-reviewer",
	every: (config) => config.every.reviewer,
	scopes: ["reviewer"],
	wakes: (entry) =>
		entry.type === "change_pushed" ||
		entry.type === "approval_given" ||
		(entry.type === "task_settled" && entry.data.outcome === "cancelled") ||
		(entry.type === "trigger" && entry.data.what === "review"),
	tick: takeTurn,
});
