import type { Change, Entry } from "@shopfloor/core";
import { processGroupRunner } from "@shopfloor/core/io";
import { draftOf } from "@shopfloor/core/testing";
import { findTarget, openGate } from "@shopfloor/gate";
import { expect, test } from "vitest";
import { aChange, landed, pushed } from "../testing/a-change.ts";
import { aCli, type Cli } from "../testing/a-cli.ts";
import { aProcess } from "../testing/a-process.ts";
import { aProject } from "../testing/a-project.ts";
import { eventually } from "../testing/eventually.ts";

const expires = "2026-01-31T09:00:00.000Z";

test("changes in review are listed, and shown with their diff wherever the person stands", {
	timeout: 60_000,
}, async () => {
	const project = aProject();
	project.branch("brl/ralph-1/20260131-080000", { "src/add.js": "export const add = (a, b) => a + b;\n" });
	const [commit, base] = [project.git("rev-parse", "brl/ralph-1/20260131-080000"), project.git("rev-parse", "main")];
	const cli = aCli();
	cli.configure({ repository: { path: project.dir } });
	expect((await cli.run("change", "ls")).out).toMatch(/^No change yet/);
	const id = `c-${commit.slice(0, 12)}`;
	await inReview(cli, aChange({ id, commit, base }));
	expect((await cli.run("change", "show", id)).out).toMatch(/^no diff {2}nothing was ever done for/m);
	const target = await findTarget(project.dir, "/");
	await openGate({ floor: cli.floor, target, runner: processGroupRunner, clock: cli.clock });
	expect((await cli.run("change", "ls")).out).toMatch(/^c-[0-9a-f]{12} {2}pending/m);
	const { out, code } = await cli.run("change", "show", commit.slice(0, 7));
	expect(code).toBe(0);
	expect(out).toMatch(/^-\treturn a \+ b;\n-}\n\+export const add/m);
	expect(out).toMatch(/^rules {4}none has anything to say$/m);
	expect(JSON.parse((await cli.run("change", "show", id, "--json")).out)).toMatchObject({
		change: { id, status: "pending" },
		git: { kind: "seen", from: base, to: commit, findings: [] },
	});
	await inReview(cli, aChange({ id, commit: "0".repeat(40), base, status: "rejected" }));
	expect((await cli.run("change", "show", id)).out).toMatch(/^no diff {2}its commit is not in the factory's store/m);
	expect((await cli.run("change", "ls")).out).toMatch(/^No change is in review; 1 has been decided/);
	expect((await cli.run("change", "ls", "--all")).out).toMatch(/ rejected /);
});

test("a change that nobody knows is refused with what there is", async () => {
	const cli = aCli();
	for (const command of ["change show", "approve", "review"])
		expect(await cli.run(...command.split(" "), "c-1234")).toMatchObject({
			code: 2,
			err: 'shopfloor: there is no change "c-1234". None is in review; npx shopfloor change ls --all shows those that were.\n',
		});
	expect(await cli.floor.log.last(1)).toEqual([]);
});

test("a yes is bound to the commit of the open question, and shows what it is given for", async () => {
	const cli = aCli();
	await asked(cli);
	expect(await cli.run("approve", "9c1d0a2b", "--note", "fine")).toMatchInlineSnapshot(`
		{
		  "code": 0,
		  "err": "",
		  "out": "c-9c1d0a2b3c4d  asked for 0s, by ralph-1
		guard the average against an empty list
		brl/ralph-1/20260131-080000 at 9c1d0a2b3c4d, on 123412341234
		+3 -1, pushed 08:00 (0s)

		c-9c1d0a2b3c4d is approved, bound to commit 9c1d0a2b3c4d. It lands when its check together with the others passes.
		What becomes of it: npx shopfloor change show c-9c1d0a2b3c4d
		cto-reviewer does not run. The request is written down, and done as soon as it runs: npm start
		",
		}
	`);
	expect(await answers(cli)).toEqual([
		{ by: "cli:ana", approval: "a-1", commit: aChange().commit, answer: "approve", note: "fine" },
	]);
	expect(await cli.run("reject", "9c1d0a2b", "--note", "no")).toMatchObject({
		code: 1,
		err: expect.stringMatching(/was answered already: approve, by cli:ana 0s ago/),
	});
	expect(await answers(cli)).toHaveLength(1);
});

test("what the reviewer makes of the answer is told where it comes soon", async () => {
	const cli = aCli();
	await asked(cli);
	await aProcess(cli, "cto-reviewer", (entry) => (entry.type === "approval_given" ? [verdictOn(entry)] : []));
	expect(await cli.run("reject", aChange().id, "--note", "not now")).toMatchObject({
		code: 0,
		out: expect.stringMatching(/is rejected, bound to commit 9c1d0a2b3c4d:\n {2}a person: not now\n$/),
	});
});

test("an approved change that lands at once is told with its commit, for programs too", async () => {
	const cli = aCli();
	await asked(cli);
	await aProcess(cli, "cto-reviewer", (entry) => (entry.type === "approval_given" ? [landed()] : []));
	expect(JSON.parse((await cli.run("approve", aChange().id, "--json")).out)).toEqual({
		change: aChange().id,
		approval: "a-1",
		commit: aChange().commit,
		answer: "approve",
		state: "landed",
		reviewer: "there",
	});
});

test("of two people who answer in the same moment the second is told what the first said", async () => {
	const cli = aCli();
	await asked(cli);
	const bo = aCli({ user: "bo", stateDir: cli.stateDir });
	const both = await Promise.all([cli.run("approve", aChange().id), bo.run("reject", aChange().id, "--note", "no")]);
	expect(both.map(({ code }) => code).sort()).toEqual([0, 1]);
	expect(await answers(cli)).toHaveLength(1);
	expect(both.find(({ code }) => code === 1)?.err).toMatch(/(was quicker, and said|was answered already)/);
});

test("where no question is open, or another one would be answered, nothing is written", async () => {
	const cli = aCli();
	const { id, commit } = aChange();
	await inReview(cli, aChange());
	expect((await cli.run("approve", id)).err).toMatch(/no question is open about .* it is pending/);
	await cli.floor.log.append([question("a-1", commit)]);
	expect((await cli.run("reject", id)).err).toMatch(/say why with --note/);
	await inReview(cli, aChange({ status: "asked", commit: "another", rebased: 1 }));
	expect((await cli.run("approve", id)).err).toMatch(/went on since the question was asked: it is at another, and/);
	await inReview(cli, aChange({ status: "asked" }));
	cli.clock.stall(3_600_000);
	expect(await cli.run("approve", id)).toMatchObject({
		code: 1,
		err: `shopfloor: the question about ${id} expired at 09:00. To have it looked at and asked anew: npx shopfloor review ${id}\n`,
	});
	expect(await answers(cli)).toEqual([]);
});

test("what was parked or given up is rejected without a question, and approved only with one", async () => {
	const cli = aCli();
	const { id, commit } = aChange();
	await cli.floor.log.append([question("a-1", commit)]);
	await inReview(cli, aChange({ status: "asked" }));
	cli.clock.stall(3_600_000);
	expect(await cli.run("approve", id)).toMatchObject({ code: 1 });
	expect(await cli.run("reject", id, "--note", "not now")).toMatchObject({ code: 0 });
	await inReview(cli, aChange({ status: "poisonous" }));
	expect(await cli.run("approve", id)).toMatchObject({ code: 1 });
	const bound = { by: "cli:ana", approval: "a-9c1d0a2b3c4d-0", commit, answer: "reject", note: "not now" };
	expect(await answers(cli)).toEqual([bound]);
});

test("a review is a trigger; waited for, it tells what came of it", async () => {
	const cli = aCli();
	expect((await cli.run("review")).out).toMatch(/^cto-reviewer does not run\. The request is written down/);
	expect(await cli.run("review", "--wait")).toMatchObject({ code: 3 });
	await aProcess(cli, "cto-reviewer", (entry) =>
		entry.type === "trigger" && entry.data.note !== undefined
			? [
					pushed({ change: "c-of-somebody-else" }),
					draftOf("change_rejected", { change: aChange().id, reasons: ["two things"] }, "cto-reviewer"),
					draftOf("trigger_done", { trigger: entry.seq, outcome: "done", detail: "1 rejected" }, "cto-reviewer"),
				]
			: [],
	);
	await inReview(cli, aChange());
	expect((await cli.run("review")).out).toMatch(/^The review is asked for \(entry 3\); cto-reviewer begins as soon/);
	expect(await cli.run("review", aChange().id, "--wait")).toMatchInlineSnapshot(`
		{
		  "code": 0,
		  "err": "",
		  "out": "01-31 08:00:00  cto-reviewer  rejected c-9c1d0a2b3c4d: two things
		The review of c-9c1d0a2b3c4d is done: 1 rejected.
		",
		}
	`);
	const [sent] = await cli.floor.log.last(1, { type: ["trigger"] });
	expect(sent?.data).toEqual({ what: "review", source: "cli", note: aChange().id });
});

test("Ctrl-C ends the waiting for a review, and not the review", async () => {
	const cli = aCli();
	await aProcess(cli, "cto-reviewer");
	const running = cli.start("review", "--wait");
	await eventually(async () => expect(await cli.floor.log.last(1)).toHaveLength(1));
	expect(await running.interrupt()).toMatchObject({ code: 130, out: expect.stringMatching(/has not answered yet/) });
});

test("a review that was refused ends with 1", async () => {
	const cli = aCli();
	await aProcess(cli, "cto-reviewer", (entry) =>
		entry.type === "trigger"
			? [draftOf("trigger_done", { trigger: entry.seq, outcome: "refused", detail: "parked" })]
			: [],
	);
	expect(await cli.run("review", "--wait")).toMatchObject({ code: 1, out: "The review is refused: parked.\n" });
	expect(JSON.parse((await cli.run("review", "--wait", "--json")).out)).toMatchObject({ done: { outcome: "refused" } });
});

async function asked(cli: Cli): Promise<void> {
	await inReview(cli, aChange({ status: "asked", approval: "a-1", size: { added: 3, removed: 1 } }));
	await cli.floor.log.append([pushed(), question("a-1", aChange().commit)]);
}

function question(approval: string, commit: string) {
	const data = { approval, change: aChange().id, commit, question: "May it land?", expires };
	return draftOf("approval_asked", data, "cto-reviewer");
}

function verdictOn({ data }: Extract<Entry, { type: "approval_given" }>) {
	return draftOf("change_rejected", { change: aChange().id, reasons: [`a person: ${data.note}`] }, "cto-reviewer");
}

async function answers(cli: Cli) {
	return (await cli.floor.log.last(10, { type: ["approval_given"] })).map(({ by, data }) => ({ by, ...data }));
}

async function inReview({ floor }: Cli, ...changes: readonly Change[]): Promise<void> {
	await floor.records.update("review-queue", () => ({ changes }));
}
