import { describe, expect, test } from "vitest";
import { readSkillFile, type Skill, skillBytesMax, skillNameFault, writeSkillFile } from "./skill-file.ts";

const aSkill: Skill = {
	name: "guard-division",
	description: "Guards divisions against zero. Use before dividing: always.",
	license: "MIT",
	compatibility: "needs 'tsc' and #2 of \"these\"",
	allowedTools: "Read Grep",
	metadata: { origin: "learned", version: "1", quoted: 'it says "no"', odd: "null", path: "a\\b" },
	body: "# Guard\n\nLook at the divisor first.",
};

test("a skill that was written is read as the same", () => {
	expect(readSkillFile(writeSkillFile(aSkill), "guard-division")).toEqual({ kind: "skill", skill: aSkill });
});

test("one as people write it is read", () => {
	const text = `---\r\nname: a-b\r\ndescription: 'What it''s for: this'\r\nmetadata:\r\n  author: "ana"\r\n---\r\n# A b\r\n`;
	expect(readSkillFile(text, "a-b")).toEqual({
		kind: "skill",
		skill: { name: "a-b", description: "What it's for: this", metadata: { author: "ana" }, body: "# A b" },
	});
});

test("every fault is told at once, with its place", () => {
	const text = [
		"---",
		"name: Guard",
		"descripton: a",
		"license: [MIT]",
		"license: MIT",
		"metadata:",
		"  a: 1",
		"  a: 2",
		"    deep: x",
		"  __proto__: x",
		"compatibility: >-",
		"  folded",
		"# a comment",
		"---",
		"",
	].join("\n");
	const read = readSkillFile(text, "guard");
	expect(read.kind === "faults" && read.faults.map(({ at, message }) => `${at}: ${message}`)).toMatchInlineSnapshot(`
		[
		  "line 3: descripton is no key of a skill; those are name, description, license, compatibility, allowed-tools, metadata",
		  "line 4: has to stand in quotes, on one line",
		  "line 8: a stands there twice",
		  "line 10: __proto__ is no key",
		  "line 11: has to stand in quotes, on one line",
		  "line 12: is no \`key: text\`",
		  "line 13: is no \`key: text\`",
		  "name: has to be 1 to 64 lower-case letters, digits and single '-', which neither begin nor end it",
		  "description: is missing",
		  "body: is empty",
		]
	`);
});

describe("SKL-01", () => {
	test.each([
		"../../hooks/x",
		"/etc/passwd",
		".hidden",
		"..",
		"",
		"a--b",
		"-a",
		"a-",
		"A",
		"a b",
		"a\nb",
		"ä",
		"a".repeat(65),
		"a".repeat(300),
		"nul",
		"com1",
		"claude-helper",
	])("a skill cannot be called %j", (name) => {
		expect(skillNameFault(name)).toBeTypeOf("string");
		expect(readSkillFile(writeSkillFile({ ...aSkill, name }), name).kind).toBe("faults");
	});

	test.each(["a", "a-b-2", "com10", "claudette", "a".repeat(64)])("but %j", (name) => {
		expect(skillNameFault(name)).toBeUndefined();
	});

	test("its name is that of its folder", () => {
		expect(readSkillFile(writeSkillFile(aSkill), "other")).toMatchObject({ faults: [{ at: "name" }] });
	});
});

describe("SKL-05", () => {
	test.each([
		["of a megabyte", { body: "x".repeat(1024 * 1024) }, "file"],
		["of two-byte characters", { body: "ä".repeat(skillBytesMax / 2) }, "file"],
		["of a thousand lines", { body: "x\n".repeat(1000) }, "body"],
		["without text", { body: " \n " }, "body"],
		["with a description of pages", { description: "x".repeat(1025) }, "description"],
		[
			"with a hundred keys",
			{ metadata: Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`k${at}`, "x"])) },
			"metadata",
		],
	])("a skill %s is refused", (_what, patch, at) => {
		const { name } = aSkill;
		expect(readSkillFile(writeSkillFile({ ...aSkill, ...patch }), name)).toMatchObject({ faults: [{ at }] });
	});
});

test.each(["", "---", "---\n---", "# only text\n", "\ufeff---\nname: a\n---\nx", "---\nname: a\n"])(
	"%j is no skill",
	(text) => {
		expect(readSkillFile(text, "a").kind).toBe("faults");
	},
);
