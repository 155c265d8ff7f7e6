import type { Draft, Entry } from "@shopfloor/core";
import { changeStory, type KnownChange, knownChanges } from "@shopfloor/core/person";
import { draftOf, fakeClock, memoryFloor } from "@shopfloor/core/testing";
import { expect, test } from "vitest";
import { paintIf } from "../paint.ts";
import { aChange, landed, pushed } from "../testing/a-change.ts";
import { timesFor } from "../times.ts";
import type { Seen } from "./git.ts";
import { listLines, nothingListed } from "./list-view.ts";
import { answered, whyNotOpen } from "./messages.ts";
import { type ChangeSight, changeLines, type Look } from "./view.ts";

const look: Look = { paint: paintIf(false), timeZone: "UTC", width: 80, nowMs: Date.UTC(2026, 0, 31, 8, 30) };
const times = timesFor(look.nowMs, "UTC");
const { id, commit } = aChange();
const expires = "2026-01-31T09:00:00.000Z";
const asks = draftOf(
	"approval_asked",
	{ approval: "a-1", change: id, commit, question: "May it land?", expires },
	"cto-reviewer",
);
const cycle = draftOf(
	"ralph_cycle",
	{
		session: "ralph-1",
		cycle: 12,
		task: "t-4",
		outcome: "pushed",
		reason: "the errors went down",
		before: { errors: 12, failingTests: 1 },
		after: { errors: 11, failingTests: 1 },
		change: id,
		usd: 0.12,
		durationMs: 93_000,
		steps: { plan: 4_000, hack: 61_000, evaluate: 28_000 },
	},
	"ralph-1",
);
const review = draftOf(
	"cto_review",
	{
		change: id,
		commit,
		decision: "asked",
		criteria: [
			{ name: "introduces-no-bugs", met: true, reason: "an empty list gives 0, as the callers expect" },
			{ name: "focused", met: false, reason: "it also renames an option" },
		],
		reason: "good but for the renamed option",
	},
	"cto-reviewer",
);

test("a change as whoever decides about it wants to see it", async () => {
	const sight = await sightOf([pushed(), cycle, review, asks], {
		checks: [
			{ name: "types", errors: 11, passed: 0, failed: 0, skipped: 0 },
			{ name: "tests", errors: 0, passed: 40, failed: 1, skipped: 0 },
		],
		receipt: "5f0c",
	});
	expect(`\n${changeLines(sight, look).join("\n")}\n`).toMatchInlineSnapshot(`
		"
		c-9c1d0a2b3c4d  pending for 30m, by ralph-1 on t-4
		guard the average against an empty list
		brl/ralph-1/20260131-080000 at 9c1d0a2b3c4d, on 123412341234
		1 file, +3 -1, $0.12, pushed 08:00 (30m)
		verdict  errors 12 → 11, failing tests 1 → 1
		steps    plan 4s, hack 1m, evaluate 28s
		receipt  5f0c; types 11 errors; tests 40 passed, 1 failed

		A person is asked, until 09:00, about commit 9c1d0a2b3c4d:
		  May it land?
		  npx shopfloor approve c-9c1d0a2b3c4d
		  npx shopfloor reject c-9c1d0a2b3c4d --note "why"

		review   asked at 9c1d0a2b3c4d: good but for the renamed option
		  yes  introduces-no-bugs  an empty list gives 0, as the callers expect
		  no   focused             it also renames an option

		rules
		  note  size  src/a.ts  it is small

		01-31 08:00:00  ralph-1       pushed c-9c1d0a2b3c4d, brl/ralph-1/20260131-080000
		                              at 9c1d0a2b3c
		01-31 08:00:00  ralph-1       cycle 12 on t-4: pushed: the errors went down,
		                              $0.12 in 1m
		01-31 08:00:00  cto-reviewer  asked c-9c1d0a2b3c4d at 9c1d0a2b3c: good but for
		                              the renamed option
		01-31 08:00:00  cto-reviewer  asks about 9c1d0a2b3c until
		                              2026-01-31T09:00:00.000Z: May it land?

		diff --git a/src/a.ts b/src/a.ts
		--- a/src/a.ts
		+++ b/src/a.ts
		@@ -1 +1 @@
		-old
		+new
		"
	`);
});

test("what git does not show is said in its place, and a question may be over", async () => {
	const late: Look = { ...look, nowMs: Date.UTC(2026, 0, 31, 9) };
	const git: Seen = { kind: "unseen", why: "its commit is not in the factory's store any more" };
	const expired = await sightOf([pushed(), asks], { git }, late.nowMs);
	expect(changeLines(expired, late).slice(4)).toMatchInlineSnapshot(`
		[
		  "",
		  "A person was asked until 09:00, and nobody answered:",
		  "  May it land?",
		  "  asked anew with: npx shopfloor review c-9c1d0a2b3c4d",
		  "",
		  "01-31 08:00:00  ralph-1       pushed c-9c1d0a2b3c4d, brl/ralph-1/20260131-080000",
		  "                              at 9c1d0a2b3c",
		  "01-31 08:00:00  cto-reviewer  asks about 9c1d0a2b3c until",
		  "                              2026-01-31T09:00:00.000Z: May it land?",
		  "",
		  "no diff  its commit is not in the factory's store any more",
		]
	`);
	const given = draftOf("approval_given", { approval: "a-1", commit, answer: "reject", note: "not now" }, "cli:bo");
	const over = await sightOf([pushed(), asks, given], { git });
	expect(changeLines(over, look).join("\n")).toMatch(
		/cli:bo said reject \(30m ago\):\n {2}May it land\?\n {2}note: not now/,
	);
});

test("a long diff is cut, and what rules could not read is said", async () => {
	const git: Seen = { ...seen, diff: "+x\n".repeat(1_000), unread: "it has too many files" };
	const lines = changeLines(await sightOf([], { git }), look);
	expect(lines.at(-1)).toBe("and 401 more lines; --json has all of them");
	expect(lines).toContain("rules    they could not read it: it has too many files");
});

test("nothing that a stranger wrote reaches the terminal as a command", async () => {
	const nasty = "\u001b]0;pwned\u0007\u009b31m\r\nsecond \u202edesrever";
	const drafts = [
		pushed(),
		draftOf("approval_asked", { approval: "a-1", change: id, commit, question: nasty, expires }),
		draftOf("cto_review", {
			change: id,
			commit,
			decision: "asked",
			criteria: [{ name: "x", met: true, reason: nasty }],
			reason: nasty,
		}),
	];
	const change = { ...knownOf(aChange({ title: nasty, reasons: [nasty] })) };
	const sight = await sightOf(drafts, { change, git: { ...seen, diff: nasty } });
	const lines = [...changeLines(sight, look), ...listLines([change], look), whyNotOpen(change, null, times)];
	expect(lines.join("")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});

test("what was asked and answered about another change is none of its story", async () => {
	const about = { approval: "a-2", change: "c-another", commit, question: "And this?", expires };
	const { entries, question } = await storyOf([
		pushed(),
		asks,
		draftOf("approval_asked", about),
		draftOf("approval_given", { approval: "a-2", commit, answer: "approve" }),
		landed({ change: "c-another" }),
	]);
	expect(entries.map(({ type }) => type)).toEqual(["change_pushed", "approval_asked"]);
	expect(question).toMatchObject({ approval: "a-1", state: "open" });
});

test("changes as rows", () => {
	const known = [knownOf(aChange({ task: "t-4" })), knownOf(aChange({ id: "c-0f0f0f0f0f0f", status: "asked" }))];
	expect(`\n${listLines(known, look).join("\n")}\n`).toMatchInlineSnapshot(`
		"
		change          status   for  session  task
		c-9c1d0a2b3c4d  pending  30m  ralph-1  t-4   guard the average against an empty…
		c-0f0f0f0f0f0f  asked    30m  ralph-1  -     guard the average against an empty…
		"
	`);
	expect(nothingListed(0)).toMatch(/^No change yet/);
	expect(nothingListed(2)).toBe("No change is in review; 2 have been decided: npx shopfloor change ls --all");
});

test("where nothing is asked it says why, and what to do", async () => {
	const question = async (...drafts: Draft[]) => (await storyOf([asks, ...drafts])).question;
	const known = (status: KnownChange["status"], reasons: string[] = []) => ({ ...knownOf(aChange()), status, reasons });
	const given = draftOf("approval_given", { approval: "a-1", commit, answer: "approve" }, "cli:bo");
	const expired = draftOf("approval_expired", { approval: "a-1" });
	expect([
		whyNotOpen({ ...known("landed"), landed: { ...landedData, commit: "77aa77aa77aa77aa" } }, null, times),
		whyNotOpen(known("rejected", ["two things"]), null, times),
		whyNotOpen(known("reverted", ["red"]), null, times),
		whyNotOpen(known("missing"), null, times),
		whyNotOpen(known("pending"), null, times),
		whyNotOpen(known("asked"), await question(given), times),
		whyNotOpen(known("asked"), await question(expired), times),
	]).toMatchInlineSnapshot(`
		[
		  "c-9c1d0a2b3c4d has landed already, as 77aa77aa77aa; nothing is asked about it. To take it back: npx shopfloor revert c-9c1d0a2b3c4d",
		  "c-9c1d0a2b3c4d was rejected: two things. Nothing is asked about it any more.",
		  "c-9c1d0a2b3c4d landed and was taken back: red. Nothing is asked about it any more.",
		  "c-9c1d0a2b3c4d is missing: its branch or commit is gone, so it cannot land.",
		  "no question is open about c-9c1d0a2b3c4d; it is pending. To have it reviewed now: npx shopfloor review c-9c1d0a2b3c4d",
		  "the question about c-9c1d0a2b3c4d was answered already: approve, by cli:bo 30m ago. The reviewer goes on from there.",
		  "the question about c-9c1d0a2b3c4d expired at 09:00. To have it looked at and asked anew: npx shopfloor review c-9c1d0a2b3c4d",
		]
	`);
});

test("an answer is told with what it is bound to and what comes of it", async () => {
	const { question } = await storyOf([asks]);
	if (question === null) throw new Error("it was asked");
	const [landing] = await written([landed({ change: id, commit: "77aa77aa77aa77aa" })]);
	const [sentBack] = await written([draftOf("change_rejected", { change: id, reasons: ["ana: not now"] })]);
	const change = knownOf(aChange());
	expect([
		answered("approve", change, question, undefined),
		answered("reject", change, question, undefined),
		answered("approve", change, question, landing),
		answered("reject", change, question, sentBack),
	]).toMatchInlineSnapshot(`
		[
		  [
		    "c-9c1d0a2b3c4d is approved, bound to commit 9c1d0a2b3c4d. It lands when its check together with the others passes.",
		    "What becomes of it: npx shopfloor change show c-9c1d0a2b3c4d",
		  ],
		  [
		    "c-9c1d0a2b3c4d is rejected, bound to commit 9c1d0a2b3c4d; its author's next plan sees why.",
		  ],
		  [
		    "c-9c1d0a2b3c4d is approved, bound to commit 9c1d0a2b3c4d, and landed as 77aa77aa77aa.",
		  ],
		  [
		    "c-9c1d0a2b3c4d is rejected, bound to commit 9c1d0a2b3c4d:",
		    "  ana: not now",
		  ],
		]
	`);
});

const landedData = { change: id, commit: "77aa", tree: "51bb", receipt: "r", task: null };

const seen: Extract<Seen, { kind: "seen" }> = {
	kind: "seen",
	from: "1234123412341234",
	to: commit,
	diff: "diff --git a/src/a.ts b/src/a.ts\n--- a/src/a.ts\n+++ b/src/a.ts\n@@ -1 +1 @@\n-old\n+new",
	findings: [{ rule: "size", severity: "note", path: "src/a.ts", what: "it is small" }],
	unread: undefined,
};

async function sightOf(
	drafts: readonly Draft[],
	patch: Partial<ChangeSight> = {},
	nowMs = look.nowMs,
): Promise<ChangeSight> {
	const { entries, ...story } = await storyOf(drafts, nowMs);
	const change = knownOf(aChange({ task: "t-4", size: { added: 3, removed: 1 }, usd: 0.12, files: ["src/a.ts"] }));
	return { change, ...story, checks: null, git: seen, story: entries, ...patch };
}

async function storyOf(drafts: readonly Draft[], nowMs = look.nowMs) {
	return changeStory(id, await written(drafts), nowMs);
}

async function written(drafts: readonly Draft[]): Promise<readonly Entry[]> {
	return await memoryFloor(fakeClock()).log.append(drafts);
}

function knownOf(change: ReturnType<typeof aChange>): KnownChange {
	const [known] = knownChanges({ queue: [change], entries: [] });
	if (known === undefined) throw new Error("it stands in the queue");
	return known;
}
