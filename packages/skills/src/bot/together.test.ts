import { expect, test } from "vitest";
import { aBotSkill } from "../testing/a-skill.ts";
import { skillsMax, together } from "./together.ts";
import { understand } from "./understand.ts";

test("SKL-07: of two that contradict each other the newer one has the words, and it is told", () => {
	const first = aBotSkill({ name: "learned-a", origin: "learned", adopted: "2026-01-01T00:00:00.000Z", action: "log" });
	const second = aBotSkill({
		name: "learned-b",
		origin: "learned",
		adopted: "2026-01-02T00:00:00.000Z",
		action: "queue",
	});
	for (const skills of [
		[first, second],
		[second, first],
	]) {
		const { set, troubles } = together(skills);
		expect(understand("how much did we spend", set)).toMatchObject({ kind: "act", action: "queue" });
		expect(troubles.map(({ skill, what }) => `${skill} ${what}`)).toMatchInlineSnapshot(`
			[
			  "learned-a takes "how much did we spend" to log, and learned-b, which is newer, takes it to queue",
			  "learned-a is left out: others have all of its examples",
			]
		`);
	}
});

test("SKL-07: what is shipped is newer than what was learned", () => {
	const learned = aBotSkill({
		name: "learned-a",
		origin: "learned",
		adopted: "2030-01-01T00:00:00.000Z",
		action: "log",
	});
	const { set, troubles } = together([learned, aBotSkill()]);
	expect(understand("how much did we spend", set)).toMatchObject({ action: "cost" });
	expect(troubles).not.toEqual([]);
});

test("SKL-07: the same for the same action is kept once, without a word about it", () => {
	const again = aBotSkill({ name: "learned-a", origin: "learned", examples: ["How much did we spend?", "burn rate"] });
	const { set, troubles } = together([aBotSkill(), again]);
	expect(troubles).toEqual([]);
	expect(set.skills.map(({ name, examples }) => [name, examples])).toEqual([
		["cost", ["how much did we spend"]],
		["learned-a", ["burn rate"]],
	]);
});

test("SKL-05: of a thousand the shipped and the newest are kept", () => {
	const many = Array.from({ length: 1_000 }, (_, at) =>
		aBotSkill({
			name: `learned-${at}`,
			origin: "learned",
			adopted: new Date(at).toISOString(),
			examples: [`word${"abcdefghij"[at % 10]}${at}`],
		}),
	);
	const { set, troubles } = together([...many, aBotSkill()]);
	expect(set.skills).toHaveLength(skillsMax);
	expect(set.skills.map(({ name }) => name)).toEqual(expect.arrayContaining(["cost", "learned-999"]));
	expect(troubles).toHaveLength(1_001 - skillsMax);
});
