import { appendFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { noteHead } from "@shopfloor/core/io";
import { aDraft } from "@shopfloor/core/testing";
import { expect, test } from "vitest";
import { aCli, type Cli } from "../testing/a-cli.ts";

async function aCliWithEntries(): Promise<Cli> {
	const cli = aCli();
	await cli.floor.log.append([aDraft("one"), aDraft("two"), aDraft("three")]);
	return cli;
}

function rewrite({ stateDir }: Cli, change: (text: string) => string): void {
	const path = join(stateDir, "experiment-log.jsonl");
	writeFileSync(path, change(readFileSync(path, "utf8")));
}

const headOf = ({ out }: { out: string }) => /^head (\S+)$/m.exec(out)?.[1] ?? "";

test("a whole log is told with its head, in the form that --head takes", async () => {
	const cli = await aCliWithEntries();
	await noteHead(cli.floor);
	const told = await cli.run("log", "verify");
	expect(told).toMatchInlineSnapshot(`
		{
		  "code": 0,
		  "err": "",
		  "out": "The log is as it was written: 3 entries, 1 to 3, in 1 segment.
		The head that the scheduler noted stands in it (3).

		head 3:61e727fb6740fba9c10b2220fd1b8516b8ad2a725c1f57ce60d4344cd9c0e528
		",
		}
	`);
	const head = headOf(told);
	expect(await cli.run("log", "verify", "--head", head)).toMatchObject({
		code: 0,
		out: expect.stringContaining("The given head stands in it (3)."),
	});
});

test("an empty log has nothing to verify", async () => {
	expect(await aCli().run("log", "verify")).toEqual({
		out: "The log is empty: there is nothing to verify.\n",
		err: "",
		code: 0,
	});
});

test("a changed entry is named, with exit code 1", async () => {
	const cli = await aCliWithEntries();
	rewrite(cli, (text) => text.replace("two", "TWO"));
	const { out, code } = await cli.run("log", "verify");
	expect(code).toBe(1);
	expect(out.replaceAll(cli.stateDir, "STATE")).toMatchInlineSnapshot(`
		"Entry 2 was changed: entry 3 was chained to a line with another hash.
		  found at STATE/experiment-log.jsonl:3
		Before it, 1 to 1, everything is as it was written.

		Nothing was changed by looking. Keep a copy of STATE before you mend anything.
		"
	`);
});

test("a cut tail shows against the head that was noted", async () => {
	const cli = await aCliWithEntries();
	await noteHead(cli.floor);
	rewrite(cli, (text) => `${text.split("\n").slice(0, 2).join("\n")}\n`);
	const { out, code } = await cli.run("log", "verify");
	expect(out).toContain("Entry 3 is missing: the log ends at 2, but entry 3 was noted.");
	expect(code).toBe(1);
});

test("a cut tail shows against a head that is given", async () => {
	const cli = await aCliWithEntries();
	const head = headOf(await cli.run("log", "verify"));
	rewrite(cli, (text) => `${text.split("\n").slice(0, 2).join("\n")}\n`);
	expect(await cli.run("log", "verify")).toMatchObject({ code: 0 });
	expect(await cli.run("log", "verify", "--head", head)).toMatchObject({ code: 1 });
});

test("a given head that contradicts the noted one is not outvoted by it", async () => {
	const cli = await aCliWithEntries();
	await noteHead(cli.floor);
	const wrong = `3:${"0".repeat(64)}`;
	expect(await cli.run("log", "verify", "--head", wrong)).toMatchObject({
		code: 1,
		err: expect.stringContaining("two different heads are noted for entry 3"),
	});
});

test("a head whose entry was moved away is not called good", async () => {
	const cli = aCli();
	await cli.floor.log.append([aDraft("one")]);
	const head = headOf(await cli.run("log", "verify"));
	await cli.floor.log.append([aDraft("two")]);
	await cli.floor.log.seal(0);
	for (const name of readdirSync(join(cli.stateDir, "sealed"))) rmSync(join(cli.stateDir, "sealed", name));
	const { out } = await cli.run("log", "verify", "--head", head);
	expect(out).toContain("The given head (1) could not be compared: its entry was moved away.");
	expect(out).toContain("What stood before 3 was moved away");
});

test("rubbish and a torn tail are mentioned, and break nothing", async () => {
	const cli = await aCliWithEntries();
	appendFileSync(join(cli.stateDir, "experiment-log.jsonl"), 'rub\u001bbish\n{"seq":4,');
	const { out, code } = await cli.run("log", "verify");
	expect(code).toBe(0);
	expect(out.replaceAll(cli.stateDir, "STATE").replace(/[0-9a-f]{64}/, "HASH")).toMatchInlineSnapshot(`
		"The log is as it was written: 3 entries, 1 to 3, in 1 segment.
		Nobody has noted a head yet, so a tail that was cut off would not show.
		Lines that are no entries, and that nobody of ours wrote:
		  STATE/experiment-log.jsonl:4: not JSON
		9 bytes of an unfinished line at the end: a write in progress, or one whose writer died. The next append moves them aside.

		head 3:HASH
		"
	`);
});

test("with --json the same is one document", async () => {
	const cli = await aCliWithEntries();
	const { out } = await cli.run("log", "verify", "--json");
	expect(JSON.parse(out)).toMatchObject({ ok: true, entries: 3, first: 1, head: { seq: 3 }, noted: null, given: [] });
	rewrite(cli, (text) => text.replace("one", "ONE"));
	const broken = await cli.run("log", "verify", "--json");
	expect(JSON.parse(broken.out)).toMatchObject({ ok: false, bad: { seq: 1 } });
	expect(broken.code).toBe(1);
});

test("what is no head is refused", async () => {
	expect(await aCli().run("log", "verify", "--head", "12")).toMatchObject({
		code: 2,
		err: expect.stringContaining('--head "12"'),
	});
});
