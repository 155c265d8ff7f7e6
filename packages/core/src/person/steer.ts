/** Pausing, stopping, resuming: an entry in the log, which holds whether or not a process is there to read it. */
import { endLeftRuns, type FileFloor, type Floor, isShopfloorError } from "../io/index.ts";
import type { FactoryConfig } from "../model/config.ts";
import type { Entry } from "../model/entry.ts";
import { own } from "../model/own.ts";
import type { Pause } from "../model/state/steering.ts";
import type { IdTaken, Person } from "./asking/person.ts";
import { momentOf, say } from "./say.ts";
import { type Hold, isEnough, othersStanding, type StandingPause } from "./steering/holding.ts";
import { scopesOf } from "./steering/scopes.ts";

export type Held =
	| ({ readonly kind: "held"; readonly entry: Entry } & Ended)
	/** Nothing was written. */
	| ({ readonly kind: "already"; readonly standing: Pause } & Ended)
	| UnknownScope
	| IdTaken;

interface Ended {
	/** What of dead processes' work could not be ended, and what to do; null where nothing is left. */
	readonly unended: string | null;
}

export type Resumed =
	/** `left`: what still holds. */
	| {
			readonly kind: "resumed";
			readonly entry: Entry;
			readonly lifted: Pause;
			readonly left: readonly StandingPause[];
	  }
	/** Nothing was written. */
	| { readonly kind: "not-held"; readonly left: readonly StandingPause[] }
	| UnknownScope
	| IdTaken;

export interface UnknownScope {
	readonly kind: "unknown-scope";
	readonly known: readonly string[];
}

type Configured = FactoryConfig | undefined;

/**
 * Decided by the log as it is at this moment: by an older state, a pause that was just lifted would be taken to hold. A
 * stop also ends what dead processes left running: the scheduler, which does that otherwise, may be held by this very stop.
 */
export async function hold(
	floor: Pick<Floor, "log"> & Pick<FileFloor, "stateDir">,
	person: Person,
	wish: Hold,
	config: Configured,
): Promise<Held> {
	const { scope, kind, reason, until } = wish;
	const { state, before } = await momentOf(floor, person);
	const known = scopesOf(state, config);
	const standing = own(state.steering.pauses, scope);
	if (before === undefined && !known.includes(scope)) return { kind: "unknown-scope", known };
	if (before === undefined && standing !== undefined && isEnough(standing, wish))
		return { kind: "already", standing, unended: await endLeft(floor, wish) };
	const said = await say(floor, person, "paused", { scope, kind, reason, ...(until !== undefined && { until }) });
	return said.kind === "said" ? { kind: "held", entry: said.entry, unended: await endLeft(floor, wish) } : said;
}

async function endLeft({ stateDir }: Pick<FileFloor, "stateDir">, { kind }: Hold): Promise<string | null> {
	if (kind === "pause") return null;
	try {
		await endLeftRuns(stateDir);
		return null;
	} catch (error) {
		if (!isShopfloorError(error, "process-left")) throw error;
		return error.message;
	}
}

export async function resume(
	floor: Pick<Floor, "log">,
	person: Person,
	{ scope, reason }: { readonly scope: string; readonly reason?: string },
	config: Configured,
): Promise<Resumed> {
	const { state, before } = await momentOf(floor, person);
	const known = scopesOf(state, config);
	const { pauses } = state.steering;
	const left = othersStanding(pauses, scope);
	const lifted = own(pauses, scope);
	if (before === undefined && !known.includes(scope)) return { kind: "unknown-scope", known };
	if (before === undefined && lifted === undefined) return { kind: "not-held", left };
	const said = await say(floor, person, "resumed", { scope, ...(reason !== undefined && { reason }) });
	if (said.kind === "id-taken") return said;
	return lifted === undefined ? { kind: "not-held", left } : { kind: "resumed", entry: said.entry, lifted, left };
}
