import type { Change, DataOf, Draft } from "@shopfloor/core";
import { draftOf } from "@shopfloor/core/testing";

export function aChange(patch: Partial<Change> = {}): Change {
	return {
		id: "c-9c1d0a2b3c4d",
		status: "pending",
		session: "ralph-1",
		task: null,
		branch: "brl/ralph-1/20260131-080000",
		commit: "9c1d0a2b3c4d5e6f",
		base: "1234123412341234",
		title: "guard the average against an empty list",
		created: "2026-01-31T08:00:00.000Z",
		changed: "2026-01-31T08:00:00.000Z",
		attempts: 0,
		reasons: [],
		...patch,
	};
}

export function pushed(patch: Partial<DataOf<"change_pushed">> = {}): Draft {
	const { id, session, task, branch, commit, base } = aChange();
	return draftOf("change_pushed", { change: id, session, task, branch, commit, base, ...patch }, session);
}

export function landed(patch: Partial<DataOf<"change_landed">> = {}): Draft {
	const data = { change: aChange().id, commit: "77aa", tree: "51bb", receipt: "r-51bb", task: null, ...patch };
	return draftOf("change_landed", data, "cto-reviewer");
}
