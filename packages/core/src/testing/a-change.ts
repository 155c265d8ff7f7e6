import type { Change } from "../model/review-queue.ts";

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
