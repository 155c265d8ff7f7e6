import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tempDir } from "@shopfloor/core/testing";
import { expect, test } from "vitest";
import { aCli } from "./testing/a-cli.ts";

test("no command at all is answered with what there is", async () => {
	const { out, err, code } = await aCli().run();
	expect(out).toContain("Usage: npx shopfloor");
	expect([err, code]).toEqual(["", 0]);
});

test("a group without a verb explains itself, and is a misuse", async () => {
	const { out, err, code } = await aCli().run("secret");
	expect(err).toContain("Usage: npx shopfloor secret");
	expect([out, code]).toEqual(["", 2]);
});

test.each([
	[["stats"], "shopfloor: unknown command 'stats'\n(Did you mean status?)"],
	[["status", "--jsn"], "shopfloor: unknown option '--jsn'\n(Did you mean --json?)"],
	[["secret", "set"], "shopfloor: missing required argument 'name'"],
	[["pause", "a", "b"], "shopfloor: too many arguments for 'pause'"],
	[["log", "--since"], "shopfloor: option '-s, --since <when>' argument missing"],
])("%j is refused with exit code 2", async (argv, message) => {
	const { out, err, code } = await aCli().run(...argv);
	expect(err).toContain(message);
	expect([out, code]).toEqual(["", 2]);
});

test("a state directory that cannot be used is told in a line, with exit code 2", async () => {
	const file = join(tempDir(), "file");
	writeFileSync(file, "");
	for (const argv of [["status"], ["log"], ["log", "verify"], ["pause"], ["secret", "list"]]) {
		const { out, err, code } = await aCli({ stateDir: file, config: `${file}.json` }).run(...argv);
		expect(err).toMatch(/^shopfloor: .*file cannot be (read|written) .*Point SHOPFLOOR_STATE at/);
		expect(err).not.toContain("    at ");
		expect([out, code]).toEqual(["", 2]);
	}
});

test("an error that nobody expected is a line, and a stack only for who asks", async () => {
	const cli = aCli();
	// A folder where a file should be.
	mkdirSync(join(cli.stateDir, "experiment-log.jsonl"));
	const short = await cli.run("log");
	expect(short.err).toMatch(/^shopfloor: EISDIR.*--trace shows where it comes from\)\n$/);
	expect(short.code).toBe(1);
	const long = await cli.run("log", "--trace");
	expect(long.err).toContain("    at ");
});
