import { expect, test } from "vitest";
import { requestOf } from "./request.ts";

test("what was typed becomes what the log takes", () => {
	const options = { files: "./src/a.ts, src//b.ts,src/a.ts", priority: "0", after: "12,t-13", key: "k" };
	expect(requestOf("  mend the parser ", options, "it fails")).toEqual({
		kind: "request",
		request: {
			title: "mend the parser",
			detail: "it fails",
			files: ["src/a.ts", "src/b.ts"],
			priority: 0,
			source: "cli",
			key: "k",
			after: ["t-12", "t-13"],
		},
	});
});

test("nothing is asked for that was not said", () => {
	expect(requestOf("mend the parser", {}, undefined)).toEqual({
		kind: "request",
		request: { title: "mend the parser", source: "cli" },
	});
});

test("everything wrong is said at once, with what to do", () => {
	const options = { files: "/etc/passwd,../x", priority: "10", after: "soon", key: "" };
	expect(requestOf(" ", options, "x".repeat(20_001))).toMatchInlineSnapshot(`
		{
		  "faults": [
		    "the title is empty. Say in a line what is to be done.",
		    "--detail is 20001 characters long; the log takes 20000.",
		    "--files "/etc/passwd" is no path in the repository. Give it from the repository's top, as src/parser.ts.",
		    "--files "../x" is no path in the repository. Give it from the repository's top, as src/parser.ts.",
		    "--priority "10" is none. Give a number from 0, the most urgent, to 9.",
		    "--after "soon" is no task. Give ids such as t-12, with commas between.",
		    "--key is empty. Leave it out, or give a word that stands for this very task.",
		  ],
		  "kind": "faults",
		}
	`);
	expect(requestOf("one\ntwo", {}, undefined)).toMatchObject({ faults: [expect.stringMatching(/--detail/)] });
	expect(requestOf("x".repeat(301), {}, undefined)).toMatchObject({ faults: [expect.stringMatching(/takes 300/)] });
});
