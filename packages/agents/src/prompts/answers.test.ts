import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { fits } from "../answer/fits.ts";
import type { JsonSchema } from "../port/job.ts";
import {
	coderAnswer,
	planAnswer,
	readBot,
	readBotSkills,
	readCoder,
	readPlan,
	readRefutation,
	readReview,
	refuteAnswer,
	reviewAnswer,
} from "./answers.ts";

const task = { title: "guard the average", detail: "It is NaN for [].", files: ["src/average.ts"] };

describe("the forms of answers", () => {
	test.each<[string, JsonSchema]>([
		["plan", planAnswer],
		["coder", coderAnswer],
		["review", reviewAnswer],
		["refutation", refuteAnswer],
	])("that of a %s is one that strict programs take", (_name, schema) => {
		expect(schema["type"]).toBe("object");
		for (const part of parts(schema)) {
			expect(Object.keys(part).filter((key) => !known.has(key))).toEqual([]);
			if (part["type"] !== "object") continue;
			expect(part["additionalProperties"]).toBe(false);
			expect(part["required"]).toEqual(Object.keys(part["properties"] as object));
		}
	});

	test.each<[string, JsonSchema, unknown, boolean]>([
		["a task", planAnswer, { task, why: "it is there" }, true],
		["no task", planAnswer, { task: null, why: "all is well" }, true],
		["a plan without a reason", planAnswer, { task }, false],
		["a task with more than was asked for", planAnswer, { task: { ...task, priority: 0 }, why: "" }, false],
		["a summary", coderAnswer, { summary: "done" }, true],
		["a review", reviewAnswer, { criteria: [{ name: "a", met: "met", reason: "b" }], summary: "c" }, true],
		[
			"a review in other words",
			reviewAnswer,
			{ criteria: [{ name: "a", met: "yes", reason: "b" }], summary: "c" },
			false,
		],
		["a refutation", refuteAnswer, { refuted: true, reasons: [{ reason: "a", failure: null }] }, true],
		["a refutation that is not sure", refuteAnswer, { refuted: "maybe", reasons: [] }, false],
	])("%s", (_what, schema, answer, fit) => {
		expect(fits(answer, schema).kind).toBe(fit ? "fits" : "unfit");
	});
});

describe("a plan", () => {
	test("is a task with its reason, or none with the reason why", () => {
		expect(readPlan({ task, why: "It is there." })).toEqual({ kind: "task", ...task, why: "It is there." });
		expect(readPlan({ task: null, why: "All is well." })).toEqual({ kind: "nothing", why: "All is well." });
	});

	test.each([undefined, null, "a text", { task }, { task: { ...task, title: " \n " }, why: "" }])(
		"that is %j is unfit",
		(data) => {
			expect(readPlan(data)).toMatchObject({ kind: "unfit", detail: expect.stringMatching(/./) });
		},
	);

	test("names files of the repository only, each once", () => {
		const files = [
			"./src/a.ts",
			"src/a.ts",
			"/etc/passwd",
			"../b.ts",
			"a/../../b.ts",
			"",
			"C:\\x",
			"~/x",
			"a\u202eb",
			"x\ny",
		];
		expect(readPlan({ task: { ...task, files }, why: "" })).toMatchObject({ files: ["src/a.ts"] });
	});

	test("has a title of one line, and no more text than the log takes", () => {
		const long = "😀".repeat(5_000);
		const files = Array.from({ length: 100 }, (_, at) => `${at}.ts`);
		const read = readPlan({ task: { title: `a\n b${long}`, detail: long, files }, why: long });
		if (read.kind !== "task") throw new Error(read.kind);
		expect(read.title).toMatch(/^a b😀+…$/u);
		expect([read.title.length, read.detail.length, read.files.length, read.why.length]).toEqual([120, 3_999, 50, 999]);
	});

	test("has nothing in it that is not seen", () => {
		expect(readPlan({ task: { ...task, title: "a\u001b[2Kb", detail: "c\u202ed" }, why: "e\u0000" })).toMatchObject({
			title: "a\\e[2Kb",
			detail: "c\\u{202e}d",
			why: "e\\u{0}",
		});
	});
});

test("a coder's answer is its summary", () => {
	expect(readCoder({ summary: " Done. \n" })).toEqual({ kind: "summary", summary: "Done." });
	expect(readCoder({ text: "Done." }).kind).toBe("unfit");
});

describe("a review", () => {
	const asked = [{ name: "introduces no bugs" }, { name: "is focused on one thing" }];

	test("has each criterion that was asked for once, in that order", () => {
		const criteria = [
			{ name: "is beautiful", met: "unmet", reason: "Taste." },
			{ name: "is focused on one thing", met: "met", reason: "Two lines." },
			{ name: " Introduces no bugs", met: "met", reason: "I read it." },
		];
		expect(readReview({ criteria, summary: "Good." }, asked)).toEqual({
			kind: "review",
			criteria: [
				{ name: "introduces no bugs", met: "met", reason: "I read it." },
				{ name: "is focused on one thing", met: "met", reason: "Two lines." },
			],
			summary: "Good.",
		});
	});

	test.each(["introduces-no-bugs", "**Introduces no bugs**", "introduces_no_bugs:", "`introduces  no bugs`"])(
		"names its criteria as models write them: %s",
		(name) => {
			const criteria = [{ name, met: "unmet", reason: "It divides by zero." }];
			expect(readReview({ criteria, summary: "" }, asked)).toMatchObject({
				criteria: [{ name: "introduces no bugs", met: "unmet" }, { met: "unknown" }],
			});
		},
	);

	test("that is silent about a criterion does not know it, and of two answers the worse counts", () => {
		const answer = (met: string) => ({ name: "introduces no bugs", met, reason: met });
		expect(readReview({ criteria: ["met", "unmet", "unknown"].map(answer), summary: "" }, asked)).toMatchObject({
			criteria: [
				{ met: "unmet", reason: "unmet" },
				{ name: "is focused on one thing", met: "unknown", reason: "Nothing was said about it." },
			],
		});
		expect(readReview({ criteria: ["met", "unknown"].map(answer), summary: "" }, asked)).toMatchObject({
			criteria: [{ met: "unknown" }, { met: "unknown" }],
		});
	});

	test("of another form is unfit", () => {
		expect(readReview({ verdict: "approve" }).kind).toBe("unfit");
	});
});

test("a refutation has its reasons, and says where no failure was named", () => {
	const reasons = [
		{ reason: "src/a.ts:3 divides by the length.", failure: "[] gives NaN, and should give 0." },
		{ reason: "It is long.", failure: " " },
		...Array.from({ length: 9 }, () => ({ reason: "And more.", failure: null })),
	];
	const read = readRefutation({ refuted: true, reasons });
	expect(read).toMatchObject({
		kind: "refutation",
		refuted: true,
		reasons: [reasons[0], { reason: "It is long.", failure: null }, {}, {}, {}],
	});
	expect(readRefutation({ refuted: false, reasons: [] })).toEqual({ kind: "refutation", refuted: false, reasons: [] });
	expect(readRefutation(undefined).kind).toBe("unfit");
});

describe("the bot's agent", () => {
	test("chooses a command, whatever it says besides; what it takes is for others to judge", () => {
		const args = [{ name: "scope", value: "ralph-1\u202e" }];
		expect(readBot({ command: " /stop\n", arguments: args, reply: "I stopped it." })).toEqual({
			kind: "command",
			command: "/stop",
			args: [{ name: "scope", value: "ralph-1\\u{202e}" }],
		});
	});

	test("or answers, or says nothing that could be used", () => {
		const none = { command: null, arguments: [] };
		expect(readBot({ ...none, reply: "Two sessions work.\u001b[2J" })).toEqual({
			kind: "reply",
			text: "Two sessions work.\\e[2J",
		});
		for (const said of [{ ...none, reply: " " }, { reply: "hello" }, { ...none, reply: "a", run: "rm" }, undefined])
			expect(readBot(said).kind).toBe("unfit");
	});

	test("proposes examples, as many as are tried", () => {
		const examples = [" are we\nburning  money ", "are we burning money", "", "x".repeat(201)];
		const read = readBotSkills({ skills: Array.from({ length: 20 }, () => ({ command: "cost", examples })) });
		expect(read.kind === "skills" && read.skills).toHaveLength(10);
		expect(read).toMatchObject({
			skills: Array.from({ length: 10 }, () => ({ command: "cost", examples: ["are we burning money"] })),
		});
		expect(readBotSkills({ skills: [{ command: "cost" }] }).kind).toBe("unfit");
	});
});

test("the examples in docs/formats/prompts.md are read as they are meant", () => {
	const text = readFileSync(new URL("../../../../docs/formats/prompts.md", import.meta.url), "utf8");
	const examples = [...text.matchAll(/^```json (\S+)\n([\s\S]*?)\n```$/gm)];
	const readers = {
		plan: readPlan,
		summary: readCoder,
		review: readReview,
		refutation: readRefutation,
		command: readBot,
		skills: readBotSkills,
	};
	expect(examples.map(([, kind]) => kind)).toEqual(Object.keys(readers));
	for (const [, kind, json = ""] of examples)
		expect(readers[kind as keyof typeof readers](JSON.parse(json)).kind).toBe(kind === "plan" ? "task" : kind);
});

/** What both strict forms know; lengths and patterns they do not. */
const known = new Set(["type", "properties", "required", "additionalProperties", "items", "anyOf", "enum"]);

/** The schema and all schemas in it. */
function parts(schema: JsonSchema): JsonSchema[] {
	const { properties, items, anyOf } = schema as {
		properties?: Record<string, JsonSchema>;
		items?: JsonSchema;
		anyOf?: JsonSchema[];
	};
	const inner = [...Object.values(properties ?? {}), ...(items ? [items] : []), ...(anyOf ?? [])];
	return [schema, ...inner.flatMap(parts)];
}
