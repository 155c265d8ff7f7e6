/** What became of a question that was put to somebody. Pure. */
import { type Entry, toMs } from "@shopfloor/core";
import type { ChangeStory } from "@shopfloor/core/person";
import type { Shown } from "../memory.ts";

export type Fate =
	| { readonly kind: "open" }
	| {
			readonly kind: "approved" | "turned-away";
			readonly by: string;
			readonly at: string;
			readonly note: string | undefined;
	  }
	| { readonly kind: "landed"; readonly commit: string; readonly at: string; readonly by: string | undefined }
	| {
			readonly kind: "rejected";
			readonly reasons: readonly string[];
			readonly at: string;
			readonly by: string | undefined;
	  }
	| { readonly kind: "reverted"; readonly at: string }
	| { readonly kind: "expired" };

export function fateOf(
	{ approval }: Pick<Shown, "approval">,
	{ entries }: Pick<ChangeStory, "entries">,
	nowMs: number,
): Fate {
	const asked = entries.findLast((entry) => entry.type === "approval_asked" && entry.data.approval === approval);
	const after = entries.filter(({ seq }) => seq > (asked?.seq ?? 0));
	const given = after.find((entry) => entry.type === "approval_given" && entry.data.approval === approval);
	const ended = after.findLast(isEnd);
	const by = given?.by;
	switch (ended?.type) {
		case "change_landed":
			return { kind: "landed", commit: ended.data.commit, at: ended.ts, by };
		case "change_rejected":
			return { kind: "rejected", reasons: ended.data.reasons, at: ended.ts, by };
		case "change_reverted":
			return { kind: "reverted", at: ended.ts };
	}
	if (given?.type === "approval_given") {
		const { answer, note } = given.data;
		return { kind: answer === "approve" ? "approved" : "turned-away", by: given.by, at: given.ts, note };
	}
	const isClosed = after.some((entry) => entry.type === "approval_expired" && entry.data.approval === approval);
	const expires = asked?.type === "approval_asked" ? asked.data.expires : "";
	return isClosed || !(nowMs < toMs(expires)) ? { kind: "expired" } : { kind: "open" };
}

/** The entries are about one change. */
function isEnd({ type }: Entry): boolean {
	return type === "change_landed" || type === "change_rejected" || type === "change_reverted";
}

/** What may still become of it is looked at again. */
export function isFinal(kind: string): boolean {
	return kind === "rejected" || kind === "reverted" || kind === "expired";
}
