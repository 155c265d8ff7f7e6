import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { aDraft, draftOf } from "@shopfloor/core/testing";
import { expect, test } from "vitest";
import { aCli } from "../testing/a-cli.ts";
import { eventually } from "../testing/eventually.ts";

const hourMs = 3_600_000;

async function aCliWithEntries() {
	const cli = aCli();
	await cli.floor.log.append([
		aDraft("one", "scheduler"),
		draftOf("task_queued", { task: "t-1", title: "repair" }, "scheduler"),
		aDraft("three", "ralph-1"),
	]);
	return cli;
}

test("the newest entries, oldest first", async () => {
	const cli = await aCliWithEntries();
	expect(await cli.run("log")).toMatchInlineSnapshot(`
		{
		  "code": 0,
		  "err": "",
		  "out": "01-31 08:00:00       1  scheduler       note: one
		01-31 08:00:00       2  scheduler       queued t-1: repair
		01-31 08:00:00       3  ralph-1         note: three
		",
		}
	`);
	expect((await cli.run("log", "-n", "1")).out).toContain("three");
	expect((await cli.run("log", "-n", "1")).out).not.toContain("repair");
});

test("by type, by writer, since", async () => {
	const cli = await aCliWithEntries();
	cli.clock.stall(3_600_000);
	await cli.floor.log.append([aDraft("four", "ralph-1")]);
	expect((await cli.run("log", "--type", "alert", "--by", "ralph-1")).out.match(/three|four|one/g)).toEqual([
		"three",
		"four",
	]);
	expect((await cli.run("log", "--type", "task_queued,task_assigned")).out).toContain("repair");
	expect((await cli.run("log", "-t", "task_queued", "-t", "alert")).out.split("\n")).toHaveLength(5);
	expect((await cli.run("log", "--since", "30m")).out.match(/three|four/g)).toEqual(["four"]);
});

test("an entry that a wrong clock dated too early hides nothing behind it", async () => {
	const cli = await aCliWithEntries();
	cli.clock.jump(-1_000 * hourMs);
	await cli.floor.log.append(Array.from({ length: 100 }, () => aDraft("wrong")));
	cli.clock.jump(1_000 * hourMs);
	await cli.floor.log.append([aDraft("four")]);
	const shown = (await cli.run("log", "--since", "1h")).out.match(/one|repair|three|four|wrong/g);
	expect(shown).toEqual(["one", "repair", "three", "four"]);
	expect((await cli.run("log", "--since", "1h", "-n", "2")).out.match(/three|four|one/g)).toEqual(["three", "four"]);
});

test("what is older than a long run of older entries is not looked for", async () => {
	const cli = aCli();
	cli.clock.jump(10 * hourMs);
	await cli.floor.log.append([aDraft("young")]);
	cli.clock.jump(-10 * hourMs);
	await cli.floor.log.append(Array.from({ length: 4_000 }, () => aDraft("old")));
	cli.clock.jump(2 * hourMs);
	await cli.floor.log.append([aDraft("four")]);
	expect((await cli.run("log", "--since", "1h")).out.match(/young|old|four/g)).toEqual(["four"]);
});

test("who follows since a moment sees what comes, whatever the clock says", async () => {
	const cli = await aCliWithEntries();
	const running = cli.start("log", "--follow", "--since", "1h");
	await eventually(() => expect(running.out()).toContain("three"));
	cli.clock.jump(-1_000 * hourMs);
	await cli.floor.log.append([aDraft("four")]);
	await eventually(() => expect(running.out()).toContain("four"));
	await running.interrupt();
});

test("with --json each line is the entry as it was written", async () => {
	const cli = await aCliWithEntries();
	const { out } = await cli.run("log", "--json");
	const entries = out
		.trimEnd()
		.split("\n")
		.map((line) => JSON.parse(line));
	expect(entries).toEqual(await cli.floor.log.last(50));
});

test("an empty answer says why it is empty, and not on standard output", async () => {
	const empty = await aCli().run("log");
	expect(empty).toEqual({ out: "", err: expect.stringContaining("the log is empty"), code: 0 });
	const cli = await aCliWithEntries();
	expect((await cli.run("log", "--by", "ralph-9")).err).toBe(
		'no entries by "ralph-9". Lately these have written: scheduler, ralph-1\n',
	);
	expect((await cli.run("log", "--by", "ralph-1", "--type", "health")).err).toBe("no entries match\n");
	expect(await cli.run("log", "-n", "0")).toEqual({ out: "", err: "", code: 0 });
});

test("more than fits into --since is announced", async () => {
	const cli = aCli();
	await cli.floor.log.append(Array.from({ length: 1_001 }, (_, index) => aDraft(`no ${index}`)));
	const { out, err } = await cli.run("log", "--since", "1h");
	expect(out.split("\n")).toHaveLength(1_001);
	expect(err).toContain("the newest 1000");
});

test("an unknown type is refused with what was meant, and exit code 2", async () => {
	expect(await aCli().run("log", "--type", "alrt")).toEqual({
		out: "",
		err: 'shopfloor: "alrt" is not a type of entry. Did you mean "alert"?\n',
		code: 2,
	});
	expect(await aCli().run("log", "verfy")).toMatchObject({ code: 2, err: expect.stringContaining('"verify"') });
});

test("following shows what comes, filtered, until it is interrupted", async () => {
	const cli = await aCliWithEntries();
	const running = cli.start("log", "--follow", "-n", "1", "--type", "alert");
	await eventually(() => expect(running.out()).toContain("three"));
	await cli.floor.log.append([aDraft("four"), draftOf("heartbeat", { pid: 1, doing: "beating", handled: 0 })]);
	await cli.floor.log.append([aDraft("five")]);
	await eventually(() => expect(running.out()).toContain("five"));
	const { out, code } = await running.interrupt();
	expect(out.match(/one|three|four|five|beating/g)).toEqual(["three", "four", "five"]);
	expect(code).toBe(130);
});

test("lines that are no entries, and types of another version, are passed over", async () => {
	const cli = await aCliWithEntries();
	appendFileSync(join(cli.stateDir, "experiment-log.jsonl"), "rubbish\n");
	expect((await cli.run("log")).out.trimEnd().split("\n")).toHaveLength(3);
});
