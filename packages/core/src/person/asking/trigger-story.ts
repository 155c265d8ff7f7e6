/** What came of a trigger so far. */
import type { Entry } from "../../model/entry.ts";
import type { Answerer } from "./answerer.ts";

export interface TriggerStory {
	readonly seq: number;
	readonly what: string;
	readonly subject: string | null;
	readonly note: string | null;
	readonly by: string;
	readonly source: string;
	readonly at: string;
	/** `running` once its process was seen at work since; how it ended, once it says so. */
	readonly state: "accepted" | "running" | "done" | "refused" | "failed";
	/** What its process says that it does. */
	readonly doing: string | null;
	readonly detail: string | null;
	readonly ended: string | null;
	/** What its process wrote meanwhile, oldest first: the newest so many. */
	readonly happened: readonly Entry[];
}

interface TriggerStoryteller {
	/** In the log's order. False when nothing more is to be told. */
	add(entry: Entry): boolean;
	told(): TriggerStory;
}

/** `answerer`: undefined where nobody answers such a trigger. */
export function triggerStory(
	{ seq, ts: at, by, data }: Extract<Entry, { type: "trigger" }>,
	answerer: Answerer | undefined,
): TriggerStoryteller {
	const { what, source, subject = null, note = null } = data;
	const happened: Entry[] = [];
	let state: TriggerStory["state"] = "accepted";
	let doing: string | null = null;
	let detail: string | null = null;
	let ended: string | null = null;
	return {
		add(entry) {
			if (entry.type === "trigger_done" && entry.data.trigger === seq) {
				state = entry.data.outcome;
				detail = entry.data.detail ?? null;
				doing = null;
				ended = entry.ts;
				return false;
			}
			if (entry.by === answerer?.name) hear(entry);
			return true;
		},
		told: () => ({ seq, what, subject, note, by, source, at, state, doing, detail, ended, happened: [...happened] }),
	};

	function hear(entry: Entry): void {
		switch (entry.type) {
			case "heartbeat":
				doing = entry.data.doing;
				if (!isResting(doing)) state = "running";
				break;
			// A new copy of it begins what the one before did not finish.
			case "process_started":
			case "process_stopped":
			case "process_parked":
				doing = null;
				state = "accepted";
				break;
			case "trigger_done":
				break;
			default:
				state = "running";
				happened.push(entry);
				if (happened.length > happenedMax) happened.shift();
		}
	}
}

/** As the work loop says that it takes no turn. */
function isResting(doing: string): boolean {
	return doing === "waiting" || doing.startsWith("paused:") || doing.startsWith("stopped:");
}

/** More than a batch of changes has to tell. */
const happenedMax = 500;
