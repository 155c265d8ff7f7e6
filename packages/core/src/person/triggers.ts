/** Having a process take a turn now, and following what comes of it. */
import type { Floor } from "../io/index.ts";
import type { Entry, Seq } from "../model/entry.ts";
import { answererOf } from "./asking/answerer.ts";
import type { IdTaken, Person } from "./asking/person.ts";
import { type TriggerStory, triggerStory } from "./asking/trigger-story.ts";
import { say } from "./say.ts";

export interface Turn {
	/** `review`, `cycle`, … */
	readonly what: string;
	/** The session, where one is meant. */
	readonly subject?: string;
	readonly note?: string;
}

export type Triggered = { readonly kind: "asked"; readonly entry: Entry } | IdTaken;

/** One append, and no look at anything: whether somebody is there to do it is asked apart. */
export async function trigger(
	floor: Pick<Floor, "log">,
	person: Person,
	{ what, subject, note }: Turn,
): Promise<Triggered> {
	const said = await say(floor, person, "trigger", {
		what,
		source: person.source,
		...(subject && { subject }),
		...(note && { note }),
	});
	return said.kind === "said" ? { kind: "asked", entry: said.entry } : said;
}

/** Undefined where no trigger has this number. */
export async function readTrigger({ log }: Pick<Floor, "log">, seq: Seq): Promise<TriggerStory | undefined> {
	let story: ReturnType<typeof triggerStory> | undefined;
	let read = 0;
	for await (const entry of log.read(seq)) {
		if (story === undefined) {
			if (entry.seq !== seq || entry.type !== "trigger") return undefined;
			story = triggerStory(entry, answererOf(entry.data.what, entry.data.subject));
		} else if (!story.add(entry)) break;
		if (++read >= entriesMax) break;
	}
	return story?.told();
}

/** Days of a busy factory: what has no answer by then gets none. */
const entriesMax = 100_000;
