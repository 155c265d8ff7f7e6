import { expect, test } from "vitest";
import { decide } from "./decide.ts";

test("nothing assigned, nothing done", () => {
	expect(decide({ session: "ralph-1", task: undefined })).toEqual([]);
});

test("a task that nobody here can work on goes back with the reason, once per attempt", () => {
	expect(decide({ session: "ralph-1", task: { id: "t-1", attempts: 2 } })).toMatchInlineSnapshot(`
		[
		  {
		    "attempt": 2,
		    "kind": "return",
		    "reason": "this session has no agent that could work on it",
		    "task": "t-1",
		  },
		]
	`);
});
