import type { DataOf, Draft } from "@shopfloor/core";
import { aChange, draftOf } from "@shopfloor/core/testing";

export { aChange };

export function pushed(patch: Partial<DataOf<"change_pushed">> = {}): Draft {
	const { id, session, task, branch, commit, base } = aChange();
	return draftOf("change_pushed", { change: id, session, task, branch, commit, base, ...patch }, session);
}

export function landed(patch: Partial<DataOf<"change_landed">> = {}): Draft {
	const data = { change: aChange().id, commit: "77aa", tree: "51bb", receipt: "r-51bb", task: null, ...patch };
	return draftOf("change_landed", data, "cto-reviewer");
}
