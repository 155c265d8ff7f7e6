/** Pauses and stops: what is asked for, and whether it holds already. */
import type { Pause } from "../../model/state/steering.ts";

/** A pause lets running work finish, a stop ends it. Only a pause may have an end. */
export type Hold = { readonly scope: string; readonly reason: string } & (
	| { readonly kind: "pause"; readonly until?: string }
	| { readonly kind: "stop"; readonly until?: never }
);

export interface StandingPause {
	readonly scope: string;
	readonly kind: Pause["kind"];
}

/** The same again, or a pause where a stop stands. */
export function isEnough(standing: Pause, { kind, until }: Hold): boolean {
	return kind === "pause" && standing.kind === "stop" ? true : standing.kind === kind && standing.until === until;
}

/** All but the one of this scope. */
export function othersStanding(pauses: Readonly<Record<string, Pause>>, scope: string): StandingPause[] {
	return Object.entries(pauses).flatMap(([name, { kind }]) => (name === scope ? [] : [{ scope: name, kind }]));
}
