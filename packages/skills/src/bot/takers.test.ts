import { expect, test } from "vitest";
import { findAll, takeWhole } from "./takers.ts";

test.each([
	["pause ralph-2 for 2 hours", ["session ralph-2", "duration 2h"]],
	["Ralph 03, worker #4 and session 5", ["session ralph-3", "session ralph-4", "session ralph-5"]],
	["for 1h30m", ["duration 1h30m"]],
	["for 1 hour and 30 minutes, please", ["duration 1h30m"]],
	["90 mins", ["duration 1h30m"]],
	["for half an hour", ["duration 30m"]],
	["for an hour or two hours", ["duration 1h", "duration 2h"]],
	["once a day", []],
	["1.5 days", ["duration 1d12h"]],
	["0 minutes", ["number 0"]],
	["approve C-3F2A, not t-12", ["id c-3f2a", "id t-12"]],
	["task 12 and task #7", ["id t-12", "id t-7"]],
	["the last 20 entries", ["number 20"]],
	["10 models, 5 sonnets", ["number 10", "number 5"]],
	["v1.2.3 of node-20", []],
	["http://c-1.example/t-2", ["id c-1", "id t-2"]],
])("%s", (text, found) => {
	expect(findAll(text).map(({ taker, value }) => `${taker} ${value}`)).toEqual(found);
});

test("a value that somebody hands over whole is taken in its form or not at all", () => {
	expect(takeWhole("duration", "two hours")).toBe("2h");
	expect(takeWhole("session", "Reviewer")).toBe("reviewer");
	expect(takeWhole("session", "ralph-1")).toBe("ralph-1");
	expect(takeWhole("id", "c-3f2a")).toBe("c-3f2a");
	expect(takeWhole("rest", " a title ")).toBe("a title");
	for (const [taker, text] of [
		["duration", "soon"],
		["session", "../../x"],
		["session", "ralph-1; stop"],
		["id", "c-1 --force"],
		["number", "many"],
		["rest", " "],
	] as const)
		expect(takeWhole(taker, text), text).toBeUndefined();
});
