import { expect, test } from "vitest";
import { factsBlock, factsIn } from "./facts.ts";

test("what a block is made of is what is read from it, whatever stands around and in it", () => {
	const facts = { message: "one\n```\ntwo ```facts\n{}\n```", held: ["a.ts"] };
	expect(factsIn(`Do this.\n\n${factsBlock(facts)}\n\nThanks.\n`)).toEqual({ kind: "facts", facts });
});

test("what is not known is kept out of the way and does no harm", () => {
	expect(factsIn('```facts\n{ "weather": "fine" }\n```')).toMatchObject({ kind: "facts" });
});

test("no block is no fact", () => {
	expect(factsIn("Do ```facts this.")).toEqual({ kind: "none" });
	expect(factsIn("```json\n{}\n```")).toEqual({ kind: "none" });
});
