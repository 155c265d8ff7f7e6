/** From what was typed to what is asked for; everything wrong with it is said at once. Pure. */
import type { DataOf } from "@shopfloor/core";
import { taskRequestOf } from "@shopfloor/core/person";
import { taskFault } from "./messages.ts";
import type { AddOptions } from "./options.ts";

export type Typed =
	| { readonly kind: "request"; readonly request: DataOf<"task_requested"> }
	| { readonly kind: "faults"; readonly faults: readonly string[] };

/** `detail` is its text, wherever it came from. */
export function requestOf(title: string, options: AddOptions, detail: string | undefined): Typed {
	const { files, after, priority, key } = options;
	const wish = { title, detail, files: listOf(files), priority, after: listOf(after), key };
	const found = taskRequestOf(wish, "cli");
	return found.kind === "request" ? found : { kind: "faults", faults: found.faults.map(taskFault) };
}

function listOf(text: string | undefined): string[] {
	return (text ?? "")
		.split(",")
		.map((part) => part.trim())
		.filter((part) => part !== "");
}
