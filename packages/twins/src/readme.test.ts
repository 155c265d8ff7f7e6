import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import {
	misbehaving,
	misbehaviours,
	parseScript,
	realPrograms,
	startAnthropic,
	startOpenai,
	startTelegram,
} from "./index.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const examples = [...readme.matchAll(/```json\n([\s\S]*?)```/g)].map(([, text]) => JSON.parse(text ?? "") as unknown);

test("each script of the README is one", () => {
	expect(examples).toHaveLength(3);
	for (const example of examples) expect(parseScript(example)).toMatchObject({ kind: "script" });
});

test("each kind of trouble stands in the README", () => {
	const kinds = new Set(readme.match(/"kind": "([a-z-]+)"/g));
	expect(kinds.size).toBe(5);
});

test("what the README names is exported", () => {
	const [, rows = ""] = /\| --- \| --- \|\n([\s\S]*?)\n\n/.exec(readme) ?? [];
	const named = rows.split("\n").map((row) => /^\| `(\w+)/.exec(row)?.[1]);
	const exported = { startAnthropic, startOpenai, startTelegram, parseScript, misbehaving, realPrograms };
	expect(named).toEqual(Object.keys(exported));
	expect(misbehaviours.length).toBeGreaterThan(20);
});
