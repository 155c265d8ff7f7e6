import { aTask } from "@shopfloor/core/testing";
import { expect, test } from "vitest";
import { aChange } from "../testing/a-change.ts";
import { aCli } from "../testing/a-cli.ts";

const verbs = [
	...["task", "task add", "task ls", "task show", "task retry", "task cancel", "queue"],
	...["change", "change ls", "change show", "approve", "reject", "review"],
	...["sessions", "sessions scale", "run", "report"],
];

test("what the help of a command shows as an example makes sense as it stands", { timeout: 60_000 }, async () => {
	const cli = aCli({ piped: "more about it" });
	await cli.floor.records.update("task-queue", () => ({ tasks: [aTask({ id: "t-12", status: "set-aside" })] }));
	await cli.floor.records.update("review-queue", () => ({ changes: [aChange()] }));
	for (const verb of verbs) {
		const examples = examplesIn((await cli.run(...verb.split(" "), "--help")).out);
		expect(examples, verb).not.toEqual([]);
		for (const example of examples.filter((line) => !line.startsWith("attach"))) {
			const { code, err } = await cli.run(...wordsOf(example));
			// 2 is for what makes no sense, whatever there is on the floor.
			expect([0, 1, 3], `${example}: ${err}`).toContain(code);
		}
	}
});

/** Up to the shell's part. */
function examplesIn(help: string): string[] {
	const [, list = ""] = help.split("\nExamples:\n");
	return list.split("\n").flatMap((line) => /^ {2}npx shopfloor (.+?)(?: {3,}.*| [|<].*)?$/.exec(line)?.[1] ?? []);
}

function wordsOf(line: string): string[] {
	return [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");
}
