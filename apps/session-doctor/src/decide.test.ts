import { type DataOf, type Entry, emptyState, fold, toMs } from "@shopfloor/core";
import { expect, test } from "vitest";
import { decide, judgeLog, type Pulse, type Snapshot, type Verification } from "./decide.ts";

const now = "2026-01-31T10:00:00.000Z";
const minute = 60_000;

test("SUP-03: who hangs is told and ended", () => {
	expect(decide(aSnapshot({ pulses: [aPulse({ sign: "hung", identity: "41-9-b-n-1" })] }))).toMatchInlineSnapshot(`
		[
		  {
		    "alert": {
		      "code": "process-hung",
		      "message": "ralph-1 has hung for 17m: neither its loop nor its timer moves. Process 41 is ended; PM2 starts a new one.",
		      "severity": "error",
		      "subject": "ralph-1",
		    },
		    "identity": "41-9-b-n-1",
		    "kind": "end",
		  },
		]
	`);
});

test("SUP-09: who is slow but alive is told of and never ended", () => {
	expect(decide(aSnapshot({ pulses: [aPulse({ sign: "slow" })] })).map(({ kind }) => kind)).toEqual(["alert"]);
});

test("the same silence is told once, the next one again", () => {
	const told = (atMs: number) => {
		const data = { code: "process-slow", severity: "warning", message: "ralph-1 lives, but …" } as const;
		return fold(emptyState, {
			seq: 1,
			ts: new Date(atMs).toISOString(),
			type: "alert",
			by: "session-doctor",
			data,
			prev: "",
		} as Entry);
	};
	const slow = [aPulse({ sign: "slow", silentForMs: 20 * minute })];
	expect(decide(aSnapshot({ pulses: slow, state: told(toMs(now) - 5 * minute) }))).toEqual([]);
	expect(decide(aSnapshot({ pulses: slow, state: told(toMs(now) - 30 * minute) }))).toHaveLength(1);
});

test("who is gone is told, with where to learn what to do", () => {
	const [action] = decide(aSnapshot({ pulses: [aPulse({ sign: "gone" })] }));
	expect(action?.kind === "alert" && action.alert.message).toMatch(/^ralph-1 ended .* npx shopfloor status$/);
});

test("a damaged log is told with the first bad entry, a good one only noted", () => {
	expect(judgeLog(undefined)).toEqual([]);
	expect(judgeLog({}).map(({ kind }) => kind)).toEqual(["note-verified"]);
	expect(alertsOf({ bad: { seq: 5, where: "log:5", what: "was changed" } })).toMatchInlineSnapshot(`
		[
		  {
		    "code": "log-damaged",
		    "message": "the log did not pass its verification: entry 5 was changed (log:5). Keep a copy of the state directory, then see npx shopfloor log verify.",
		    "severity": "error",
		  },
		]
	`);
});

test("a log that cannot be read is told with the file, and noted, so that it is told once a day", () => {
	const unread = { where: "/state/anchors/log-head.json", what: "EIO: i/o error, read" };
	expect(alertsOf({ unread })).toMatchInlineSnapshot(`
		[
		  {
		    "code": "log-damaged",
		    "message": "the log could not be verified, because /state/anchors/log-head.json cannot be read (EIO: i/o error, read). Make it readable, or put it back from a backup; then see npx shopfloor log verify.",
		    "severity": "error",
		  },
		]
	`);
	expect(judgeLog({ unread }).map(({ kind }) => kind)).toEqual(["alert", "note-verified"]);
});

function alertsOf(verification: Verification): DataOf<"alert">[] {
	return judgeLog(verification).flatMap((action) => (action.kind === "alert" ? [action.alert] : []));
}

function aSnapshot(patch: Partial<Snapshot>): Snapshot {
	return { state: emptyState, nowMs: toMs(now), pulses: [], ...patch };
}

function aPulse(patch: Partial<Pulse>): Pulse {
	return { name: "ralph-1", pid: 41, silentForMs: 17 * minute, sign: "slow", identity: undefined, ...patch };
}
