/**
 * Which providers are in trouble, from how the calls of their agents ended. Calls that were under way when the trouble
 * came meet the same trouble and count as one with it, so that eight sessions do not wait eight times as long.
 */
import type { Entry, Seq } from "../entry.ts";
import { toMs } from "../instant.ts";
import { own } from "../own.ts";
import { newest } from "./newest.ts";

export interface Trouble {
	/** `login`: only a person can help. */
	readonly kind: "limited" | "overloaded" | "network" | "login";
	/** How often it came in a row, without a call that was answered in between. */
	readonly inARow: number;
	/** The first call that met it this time. */
	readonly at: string;
	readonly seq: Seq;
	/** When the pause for it ends; missing until somebody wrote that pause. */
	readonly until?: string;
}

/** By provider, which an agent is by itself unless another shares its key; those that answer are not in it. */
export type Providers = Readonly<Record<string, Trouble>>;

/** As many as can be configured. */
const providersKept = 32;

export function foldProviders(providers: Providers, entry: Entry): Providers {
	switch (entry.type) {
		case "agent_called":
			return called(providers, entry);
		case "paused": {
			const { scope, until } = entry.data;
			const trouble = own(providers, scope);
			return trouble === undefined || until === undefined
				? providers
				: { ...providers, [scope]: { ...trouble, until } };
		}
		case "resumed": {
			const trouble = own(providers, entry.data.scope);
			if (trouble === undefined) return providers;
			// At its end a pause is lifted by itself, and the first call afterwards is a trial. A person who lifts it
			// earlier, or lifts a stop, says that the trouble is over.
			const isOver = trouble.until !== undefined && toMs(entry.ts) >= toMs(trouble.until);
			return isOver && trouble.kind !== "login" ? providers : without(providers, entry.data.scope);
		}
		default:
			return providers;
	}
}

function called(providers: Providers, entry: Extract<Entry, { type: "agent_called" }>): Providers {
	const { agent, provider = agent, outcome, durationMs } = entry.data;
	const before = own(providers, provider);
	const wasUnderWay = before !== undefined && toMs(entry.ts) - durationMs <= toMs(before.at);
	if (answers.has(outcome)) return before === undefined || wasUnderWay ? providers : without(providers, provider);
	const kind = troubleOf(entry);
	if (kind === undefined || (wasUnderWay && !(kind === "login" && before.kind !== "login"))) return providers;
	const trouble = { kind, inARow: (before?.inARow ?? 0) + 1, at: entry.ts, seq: entry.seq };
	return newest({ ...providers, [provider]: trouble }, providersKept);
}

function without(providers: Providers, provider: string): Providers {
	const { [provider]: _gone, ...others } = providers;
	return others;
}

/** Only a provider that serves comes to one of these. The others can happen on this machine alone. */
const answers: ReadonlySet<string> = new Set(["done", "incomplete", "over-budget"]);

function troubleOf({ data }: Extract<Entry, { type: "agent_called" }>): Trouble["kind"] | undefined {
	if (data.outcome === "limited") return "limited";
	if (data.outcome !== "failed") return undefined;
	return (["login", "overloaded", "network"] as const).find((code) => code === data.code);
}
