/** The examples in docs/formats are the contract between processes; here they are held to the schemas. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { draftFaults, entryTypes, isEntryType } from "./entry.ts";
import { LeaseRecord } from "./lease-record.ts";
import { parseLine } from "./line.ts";
import { Change, changeTransitions } from "./review-queue.ts";
import { Task, taskTransitions } from "./task-queue.ts";

const examples = examplesIn("log.md");

describe("docs/formats/log.md", () => {
	test("shows every type of entry", () => {
		expect([...new Set(examples.map(({ kind }) => kind).filter(isEntryType))].sort()).toEqual([...entryTypes].sort());
	});

	test.each(examples.filter(({ kind }) => kind !== ""))("the example of $kind may be written", ({ kind, text }) => {
		expect(draftFaults({ type: kind, by: "tester", data: JSON.parse(text) })).toEqual([]);
	});

	test.each(examples.filter(({ kind }) => kind === ""))("the example of a whole line is one", ({ text }) => {
		expect(parseLine(text).kind).toBe("entry");
	});
});

describe("docs/formats/records.md", () => {
	const schemas = { task: Task, change: Change, lease: LeaseRecord };

	test.each(Object.keys(schemas) as (keyof typeof schemas)[])("the example of a %s is one", (kind) => {
		const texts = examplesIn("records.md").filter((example) => example.kind === kind);
		expect(texts).toHaveLength(1);
		for (const { text } of texts) expect(schemas[kind].safeParse(JSON.parse(text)).error).toBeUndefined();
	});

	test("tells the lawful moves as they are", () => {
		const text = readFileSync(new URL("../../../../docs/formats/records.md", import.meta.url), "utf8");
		for (const [from, to] of [...Object.entries(taskTransitions), ...Object.entries(changeTransitions)])
			if (to.length > 0) expect(text).toContain(`\`${from}\` → ${to.map((status) => `\`${status}\``).join(", ")}`);
	});
});

/** Code blocks marked `json`, with the word behind it. */
function examplesIn(file: string): { kind: string; text: string }[] {
	const text = readFileSync(new URL(`../../../../docs/formats/${file}`, import.meta.url), "utf8");
	return [...text.matchAll(/^```json ?(\S*)\n([\s\S]*?)\n```$/gm)].map(([, kind = "", body = ""]) => ({
		kind,
		text: body,
	}));
}
