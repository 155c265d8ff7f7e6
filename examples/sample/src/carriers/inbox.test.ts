import { expect, test } from "vitest";
import { eventFrom } from "./inbox.js";

/** As they arrive from Nordpost. */
const inTransit = '{"parcel":"p-77","state":"In Transit","place":"Aldby","recieved":"2026-03-02T07:40:00Z"}';
const odd = '{"parcel":"p-77","state":"Eaten By Bear","recieved":"2026-03-02T07:40:00Z"}';

test("a message becomes an event, with the time at which the depot had the parcel", () => {
	expect(eventFrom(inTransit)).toEqual({
		parcel: "p-77",
		status: "in-transit",
		place: "Aldby",
		at: "2026-03-02T07:40:00Z",
	});
});

test("a state that nobody knows is not guessed", () => {
	expect(() => eventFrom(odd)).toThrow(/Eaten By Bear/);
});
