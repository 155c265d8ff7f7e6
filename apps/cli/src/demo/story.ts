/** What happened since the factory began to work, as the first run tells it. Pure. */
import { type Entry, type FactoryState, fold } from "@shopfloor/core";

export interface Story {
	readonly state: FactoryState;
	/** Of the first measured base, and of the newest. */
	readonly errors: readonly [first: number, now: number] | undefined;
	readonly failing: readonly [first: number, now: number] | undefined;
	readonly pushed: number;
	readonly landed: number;
	readonly discarded: number;
	readonly rejected: number;
	/** Newest last. */
	readonly news: readonly News[];
	/** By change. */
	readonly titles: Readonly<Record<string, string>>;
}

export interface News {
	readonly at: string;
	readonly kind: "pushed" | "landed" | "discarded" | "rejected" | "trouble";
	readonly title: string;
	/** Empty where nothing needs a reason. */
	readonly why: string;
}

export function beginning(state: FactoryState): Story {
	const none = { pushed: 0, landed: 0, discarded: 0, rejected: 0 };
	return { state, errors: undefined, failing: undefined, ...none, news: [], titles: {} };
}

export function told(story: Story, entry: Entry): Story {
	const next = { ...story, state: fold(story.state, entry) };
	switch (entry.type) {
		case "ralph_cycle":
			return afterCycle(next, entry);
		case "change_landed":
			return more(next, "landed", entry, titleOf(next, entry.data.change), "");
		case "change_rejected":
			return more(next, "rejected", entry, titleOf(next, entry.data.change), entry.data.reasons.join("; "));
		case "alert":
			return entry.data.severity === "error" ? withNews(next, "trouble", entry, entry.data.message, "") : next;
		default:
			return next;
	}
}

function afterCycle(story: Story, entry: Extract<Entry, { type: "ralph_cycle" }>): Story {
	const { outcome, title = "", reason, before, change } = entry.data;
	const measured = before === undefined ? story : { ...story, ...since(story, before) };
	const titles = change === undefined ? measured.titles : { ...measured.titles, [change]: title };
	const next = { ...measured, titles };
	if (outcome === "pushed") return more(next, "pushed", entry, title, "");
	if (outcome === "discarded") return more(next, "discarded", entry, title, reason);
	return outcome === "failed" ? withNews(next, "trouble", entry, title, reason) : next;
}

/** Two cycles may end in another order than they began; what is mended does not come back. */
function since(story: Story, before: { readonly errors: number; readonly failingTests: number }): Partial<Story> {
	const [firstErrors = before.errors, errors = before.errors] = story.errors ?? [];
	const [firstFailing = before.failingTests, failing = before.failingTests] = story.failing ?? [];
	return {
		errors: [firstErrors, Math.min(errors, before.errors)],
		failing: [firstFailing, Math.min(failing, before.failingTests)],
	};
}

function more(story: Story, kind: Exclude<News["kind"], "trouble">, entry: Entry, title: string, why: string): Story {
	return withNews({ ...story, [kind]: story[kind] + 1 }, kind, entry, title, why);
}

function withNews(story: Story, kind: News["kind"], { ts }: Entry, title: string, why: string): Story {
	return { ...story, news: [...story.news, { at: ts, kind, title, why }].slice(-newsKept) };
}

/** More than a screen shows. */
const newsKept = 40;

function titleOf({ titles }: Story, change: string): string {
	return titles[change] ?? change;
}

/** What a first run is to show; then the person has seen it. */
export function isTold({ landed, discarded, rejected }: Story): boolean {
	return landed >= 5 && discarded >= 1 && rejected >= 1;
}
