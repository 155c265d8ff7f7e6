import type { Entry } from "@shopfloor/core";
import { expect, test } from "vitest";
import { decide, paceKey, type Sight } from "./decide.ts";
import { type About, type News, newsOf } from "./news.ts";

const began = Date.UTC(2026, 0, 31, 8, 0, 0);
const ana = { chat: 4711, urgent: 0, prompt: 0, question: 0, digest: 0 };

function anEntry(type: string, data: object, { seq = 1, by = "cto-reviewer", atMs = began } = {}): Entry {
	return { seq, ts: new Date(atMs).toISOString(), type, by, data, prev: "" } as Entry;
}

const failed = { code: "process-parked", severity: "error", message: "it crashed" };
const landed = { change: "c-1", commit: "77aa", tree: "51bb", receipt: "r", task: null };
const asked = { approval: "a-1", change: "c-1", commit: "3f2a", question: "?", expires: "2026-02-01T08:00:00.000Z" };

function theNews(entry: Entry, about: About = {}): News {
	const news = newsOf(entry, about);
	if (news === undefined) throw new Error("no news");
	return news;
}

function told(patch: Partial<Sight>): string[] {
	const { tell, againMs } = decide({
		nowMs: began,
		isQuiet: false,
		digestMs: 3_600_000,
		news: [],
		told: [ana],
		lastMs: new Map(),
		busy: new Set(),
		...patch,
	});
	const said = tell.map(
		({ chat, stream, news, isSilent }) =>
			`${chat} ${stream} ${news.map(({ seq }) => seq)}${isSilent ? " silently" : ""}`,
	);
	return [...said, ...(againMs === undefined ? [] : [`again in ${(againMs - (patch.nowMs ?? began)) / 1_000} s`])];
}

test.each<[string, Entry, About, string | undefined]>([
	["an error", anEntry("alert", failed), {}, "urgent"],
	["a warning", anEntry("alert", { ...failed, severity: "warning" }), {}, "prompt"],
	["a note", anEntry("alert", { ...failed, severity: "note" }), {}, undefined],
	["what is wrong with the way here", anEntry("alert", { ...failed, code: "telegram-conflict" }), {}, undefined],
	["a question", anEntry("approval_asked", asked), {}, "question"],
	["a landing", anEntry("change_landed", landed), {}, "digest"],
	["a landing that was wished for", anEntry("change_landed", landed), { isWished: true }, "prompt"],
	[
		"the end of what ana asked for",
		anEntry("trigger_done", { trigger: 1, outcome: "done" }),
		{ asked: { by: "telegram:4711", what: "review" } },
		"prompt",
	],
	[
		"the end of what somebody else asked for",
		anEntry("trigger_done", { trigger: 1, outcome: "done" }),
		{ asked: { by: "cli:dev", what: "review" } },
		undefined,
	],
	["a task that is done", anEntry("task_settled", { task: "t-1", outcome: "done", reason: "" }), {}, undefined],
	[
		"a task that is set aside",
		anEntry("task_settled", { task: "t-1", outcome: "set-aside", reason: "" }),
		{},
		"digest",
	],
	["a budget that is spent", anEntry("budget_reached", { scope: "budget", capUsd: 1, spentUsd: 1 }), {}, "prompt"],
	["a heartbeat", anEntry("heartbeat", { pid: 1, doing: "", handled: 0 }), {}, undefined],
])("%s", (_what, entry, about, stream) => {
	expect(newsOf(entry, about)?.stream).toBe(stream);
});

test("what happens together is told together", () => {
	const news = [theNews(anEntry("alert", failed)), theNews(anEntry("alert", failed, { seq: 2, atMs: began + 500 }))];
	expect(told({ news })).toEqual(["again in 2 s"]);
	expect(told({ news, nowMs: began + 2_000 })).toEqual(["4711 urgent 1,2"]);
});

test("of one kind there is so much, and no more at once", () => {
	const news = [theNews(anEntry("alert", failed, { seq: 3, atMs: began + 5_000 }))];
	const lastMs = new Map([[paceKey(4711, "urgent"), began + 4_000]]);
	expect(told({ news, lastMs, nowMs: began + 8_000 })).toEqual(["again in 11 s"]);
	expect(told({ news, lastMs, nowMs: began + 19_000 })).toEqual(["4711 urgent 3"]);
});

test("landings wait for each other, and nobody is told of one twice", () => {
	const news = [theNews(anEntry("change_landed", landed))];
	expect(told({ news, nowMs: began + 60_000 })).toEqual(["again in 3540 s"]);
	expect(told({ news, nowMs: began + 3_600_000 })).toEqual(["4711 digest 1"]);
	expect(told({ news, nowMs: began + 3_600_000, told: [{ ...ana, digest: 1 }] })).toEqual([]);
});

test("in quiet hours only errors come, without a sound; the rest waits", () => {
	const news = [theNews(anEntry("approval_asked", asked)), theNews(anEntry("alert", failed, { seq: 2 }))];
	expect(told({ news, isQuiet: true, nowMs: began + 10_000 })).toEqual(["4711 urgent 2 silently", "again in 60 s"]);
});

test("one message at a time, the most urgent first; who is being told something is left alone", () => {
	const news = [theNews(anEntry("approval_asked", asked)), theNews(anEntry("alert", failed, { seq: 2 }))];
	const max = { ...ana, chat: 4712 };
	expect(told({ news, told: [ana, max], nowMs: began + 10_000 })).toEqual(["4711 urgent 2", "4712 urgent 2"]);
	expect(told({ news, told: [ana, max], nowMs: began + 10_000, busy: new Set([4711]) })).toEqual(["4712 urgent 2"]);
});

test("nobody is told what they said themselves, or what only concerns another", () => {
	const paused = theNews(anEntry("paused", { scope: "all", kind: "stop", reason: "x" }, { by: "telegram:4711" }));
	const done = theNews(anEntry("trigger_done", { trigger: 1, outcome: "done" }, { seq: 2 }), {
		asked: { by: "telegram:4711", what: "review" },
	});
	const both = { news: [paused, done], told: [ana, { ...ana, chat: 4712 }], nowMs: began + 10_000 };
	expect(told(both)).toEqual(["4711 prompt 2", "4712 prompt 1"]);
});

test("a clock that was set back keeps nobody waiting", () => {
	const news = [theNews(anEntry("alert", failed, { atMs: began + 86_400_000 }))];
	expect(told({ news })).toEqual(["4711 urgent 1"]);
});
