/** Whether somebody is there to do what is asked. Looked up at most once in a while: it takes a file for each process. */
import { type Answerer, type Presence, presenceOf, type Seats, takenSeats } from "@shopfloor/core/person";
import type { Site } from "./route.ts";

const seen = new WeakMap<Site, { readonly seats: Seats; readonly at: number }>();

export async function presence(site: Site, answerer: Answerer | undefined): Promise<Presence> {
	if (answerer === undefined) return { kind: "away" };
	const { clock } = site.world;
	return presenceOf(answerer, site.live.state, await seatsOf(site), clock.now());
}

async function seatsOf(site: Site): Promise<Seats> {
	const { clock, floor } = site.world;
	const known = seen.get(site);
	if (known !== undefined && clock.watch() - known.at < freshMs) return known.seats;
	const seats = await takenSeats(floor);
	seen.set(site, { seats, at: clock.watch() });
	return seats;
}

const freshMs = 1_000;
