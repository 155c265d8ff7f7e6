/** Which entries of the log are told without being asked for, how soon, and to whom. Pure. */
import { type Entry, toMs } from "@shopfloor/core";

/** `urgent` comes also in quiet hours, `prompt` soon, `digest` together; a `question` each by itself, with buttons. */
export type Stream = "urgent" | "prompt" | "question" | "digest";

export interface News {
	readonly seq: number;
	readonly atMs: number;
	readonly stream: Stream;
	readonly entry: Entry;
	/** Whose request this is about; missing where it is for everybody. */
	readonly only?: string;
	/** Who said it themselves. */
	readonly except?: string;
}

/** What the entry alone does not tell. */
export interface About {
	/** Who asked for the trigger that is answered, and for what. */
	readonly asked?: { readonly by: string; readonly what: string } | undefined;
	/** The task of it was asked for on Telegram. */
	readonly isWished?: boolean | undefined;
}

export function newsOf(entry: Entry, { asked, isWished }: About = {}): News | undefined {
	const news = (stream: Stream, whom: Pick<News, "only" | "except"> = {}): News => ({
		seq: entry.seq,
		atMs: toMs(entry.ts),
		stream,
		entry,
		...whom,
	});
	switch (entry.type) {
		case "alert":
			// Of its own way here it need not tell on that way, and of who was let in it greets.
			if (entry.data.code.startsWith("telegram-")) return undefined;
			if (entry.data.severity === "note") return undefined;
			return news(entry.data.severity === "error" ? "urgent" : "prompt");
		case "approval_asked":
			return news("question");
		case "paused":
		case "resumed":
			return news("prompt", { except: entry.by });
		case "trigger_done":
			return asked?.by.startsWith("telegram:") ? news("prompt", { only: asked.by }) : undefined;
		case "task_settled":
			return ofTask(entry.data.outcome, isWished ?? false, news);
		case "change_landed":
			return news(isWished ? "prompt" : "digest");
		case "change_rejected":
		case "change_reverted":
		case "self_improved":
			return news("digest");
		case "budget_reached":
		case "team_standup":
		case "ticket_settled":
			return news("prompt");
		default:
			return undefined;
	}
}

/** One that is done has landed, and that is told. */
function ofTask(
	outcome: Extract<Entry, { type: "task_settled" }>["data"]["outcome"],
	isWished: boolean,
	news: (stream: Stream) => News,
): News | undefined {
	if (outcome === "done" || outcome === "returned" || outcome === "cancelled") return undefined;
	return news(isWished ? "prompt" : "digest");
}
