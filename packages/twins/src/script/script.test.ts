import { expect, test } from "vitest";
import { choosingFrom, type Wanted } from "./matching.ts";
import { parseScript } from "./script.ts";
import type { Turn } from "./turn.ts";

test("every fault is told at once, each with its place", () => {
	const turns = [
		{},
		{ text: 1 },
		{ text: "a", other: 1 },
		{ text: "a", when: { user: "/(/" } },
		{ trouble: { kind: "status", status: 200 } },
		{ calls: [{ name: "", input: {} }] },
	];
	expect(parseScript(turns)).toMatchInlineSnapshot(`
		{
		  "faults": [
		    "turns.0: says nothing: give one of text, calls, answer, stop or trouble",
		    "turns.1.text: Invalid input: expected string, received number",
		    "turns.2: Unrecognized key: "other"",
		    "turns.3.when.user: is no regular expression",
		    "turns.4.trouble.status: Too small: expected number to be >=400",
		    "turns.5.calls.0.name: Too small: expected string to have >=1 characters",
		  ],
		  "kind": "faulty",
		}
	`);
});

test("a list and an object that names what is answered otherwise", () => {
	expect(parseScript([{ text: "a" }])).toEqual({ kind: "script", turns: [{ text: "a" }], otherwise: undefined });
	const both = { turns: [{ text: "a" }], otherwise: { text: "b" } };
	expect(parseScript(both)).toEqual({ kind: "script", ...both });
	expect(parseScript("text")).toMatchObject({ kind: "faulty" });
});

test("turns are taken in order, each once or as often as it says; then the other one", () => {
	const choose = choosingFrom([{ text: "a" }, { text: "b", times: 2 }], { text: "other" });
	expect(textsOf(choose, [{}, {}, {}, {}, {}])).toEqual(["a", "b", "b", "other", "other"]);
});

test("without another turn there is none", () => {
	expect(textsOf(choosingFrom([{ text: "a" }]), [{}, {}])).toEqual(["a", undefined]);
});

test("a turn that says when takes none from the others, and serves any number", () => {
	const choose = choosingFrom([{ text: "a" }, { text: "title", when: { system: "title" } }, { text: "b" }]);
	const side = { system: "Write a title." };
	expect(textsOf(choose, [side, {}, side, {}, side])).toEqual(["title", "a", "title", "b", "title"]);
});

test("a turn that says when and how often makes room for the next", () => {
	const choose = choosingFrom([
		{ text: "a", when: { user: "x" }, times: 1 },
		{ text: "b", when: { user: "x" } },
	]);
	expect(textsOf(choose, [{ user: "x" }, { user: "x" }, { user: "y" }])).toEqual(["a", "b", undefined]);
});

test.each<[Turn["when"], Partial<Wanted>, boolean]>([
	[{ model: "haiku" }, { model: "claude-haiku-4-5" }, true],
	[{ model: "haiku" }, { model: "claude-opus-4-6" }, false],
	[{ user: "/^hello$/i" }, { user: "Hello" }, true],
	[{ user: "/^hello$/" }, { user: "Hello" }, false],
	[{ user: "/" }, { user: "a/b" }, true],
	[{ toolResult: "ok" }, { toolResult: "all ok" }, true],
	[{ toolResult: "ok" }, {}, false],
	[{ toolResult: true }, { toolResult: "" }, true],
	[{ toolResult: true }, {}, false],
	[{ toolResult: false }, {}, true],
	[{ toolResult: false }, { toolResult: "" }, false],
	[{ tool: "Bash" }, { tools: ["Read", "Bash"] }, true],
	[{ tool: "Ba" }, { tools: ["Bash"] }, false],
	[{ maxTokens: 1 }, { maxTokens: 1 }, true],
	[{ maxTokens: 1 }, { maxTokens: 2 }, false],
	[{ form: true }, { form: true }, true],
	[{ form: false }, { form: true }, false],
	[{ user: "a", model: "b" }, { user: "a", model: "c" }, false],
	[{}, {}, true],
])("%o fits %o: %s", (when, wanted, fits) => {
	expect(textsOf(choosingFrom([{ text: "a", when }]), [wanted])).toEqual([fits ? "a" : undefined]);
});

function textsOf(choose: (wanted: Wanted) => Turn | undefined, requests: readonly Partial<Wanted>[]) {
	return requests.map((request) => choose({ ...wanted, ...request })?.text);
}

const wanted: Wanted = {
	model: "a-model",
	system: "",
	user: "",
	toolResult: undefined,
	tools: [],
	maxTokens: undefined,
	form: false,
	number: 0,
	body: undefined,
};
